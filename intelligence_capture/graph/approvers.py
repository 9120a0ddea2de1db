"""Sentences that say who approves or decides something."""

import re
from collections.abc import Iterable, Iterator

from intelligence_capture.graph.claims import Said, claimed, clause_at
from intelligence_capture.graph.people import Posts, posts_by_company, with_posts
from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.scope import chain
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

_VERB = (
    r"(?:(?:lo |la |los |las |se )?(?:aprueb[ao]n?|autoriz[ao]n?|firman?|liber[ao]n?|decid[eo]n?|defin[eo]n?|fij[ao]n?|"
    r"approves?|authori[sz]es?|decides?|sets|signs off(?: on)?))"
)
_DECIDES = re.compile(rf"\b{_VERB}\b")
_FIRST_PERSON = re.compile(
    r"\b(?:lo |la |los |las )?(?:apruebo|autorizo|libero|decido|defino)\b|\b(?:lo|la|los|las) fijo\b|"
    r"\bi (?:approve|authori[sz]e|decide|set|sign off)\b"
)
_PASSIVE = re.compile(
    r"\b(?:(?:es|son|esta|estan) )?(?:aprobad|autorizad|decidid|definid|fijad)[oa]s? por\b|"
    r"\b(?:is|are|gets?) (?:approved|authori[sz]ed|decided|set|signed off) by\b|"
    r"\b(?:visto bueno|aprobacion|autorizacion|conformidad|approval|sign off) (?:previa )?(?:del?|of)\b"
)
AREAS = stems_of(
    """finanzas finance operaciones operations compras purchasing contabilidad accounting logistica logistics sistemas
    ventas sales marketing produccion production calidad quality mantenimiento maintenance tesoreria treasury
    planeamiento planning almacen warehouse cobranzas creditos seguridad""".split()
)
"""What areas are of in any company."""
TITLE = (
    r"gerent[ea]|gerencia|jef[ea]|jefatura|direct[a-z]+|administrador[a-z]*|administracion|"
    r"coordinador[a-z]*|supervisor[a-z]*|"
    r"encargad[oa]|president[ea]|asistente|analista|chef|contador[a-z]*|tesorer[ao]|residente|comite|consejo|concejo|asamblea|rector[a-z]*|decan[oa]|alcalde[a-z]*|council|"
    r"junta|directorio|duen[oa]|"
    r"head|manager|owner|board|ceo|cfo|coo|cto|director|supervisor|"
    r"recursos humanos|rrhh|human resources|hr|marketing|finanzas|finance|operaciones|operations|compras|"
    r"purchasing|contabilidad|"
    r"accounting|logistica|logistics|sistemas|it|legal|ventas|sales|produccion|production|calidad|quality|"
    r"mantenimiento|"
    r"maintenance|tesoreria|treasury|planeamiento|planning|almacen|warehouse|cobranzas|creditos|comercial"
)
_WHO = (
    r"(?:(?:el|la|los|las|the|our|un|una) )?(?:area (?:de )?|departamento de |equipo de )?"
    rf"(?P<who>(?:[a-z]+ (?=manager|director|supervisor|head))?(?:{TITLE})\b"
    r"(?: (?:de (?:la |los |las |cada )?|del |of (?:the )?|general|comercial|corporativ[ao]|"
    r"financier[ao])(?:[a-z]+)?){0,2})"
)
_AFTER = re.compile(r"^(?: \w+mente| solo| siempre| directamente)?(?: (?:por|by))? " + _WHO)
_BEFORE = re.compile(_WHO + r"(?: (?:who|que|quien|es quien|is who))?(?: \w+){0,1} ?$")
_FRONT = re.compile(r"^\W*" + _WHO)
_WHO_IT_IS = re.compile(r"\b(?:quien|quienes|(?:el|la|los|las) que|who)\W*$")
_IS = re.compile(rf"\b(?:es|son|is|are) (?:{_WHO}|(?:el|la|los|las|the) (?P<whoever>[a-z]+))")
_NOBODY = re.compile(r"\b(?:no|not|nadie|nobody|never|nunca)\b")
_MORE = re.compile(
    r"\b(?:mas de|mayor(?:es)?|superior(?:es)?|por encima|desde|above|over|more than|exceed\w*)\b"
)
_AMOUNT = re.compile(r"\d[\d.,]*\d|\d")
TITLES = stems_of(
    """jefe jefa jefatura gerente gerencia director directora direccion coordinador coordinadora supervisor
    supervisora encargado encargada administrador administradora asistente analista manager head chief area
    departamento equipo team senior cada""".split()
)
"""Words of a post that don't say of what."""


def speaks_of_approval(folded: str) -> bool:
    """Whether a sentence, in lower case and without accents, says who decides."""
    return bool(_DECIDES.search(folded) or _FIRST_PERSON.search(folded) or _PASSIVE.search(folded))


def approver_claims(talks: Iterable[Talk]) -> Iterator[Said]:
    """Each claim on who approves something, in order."""
    talks = sorted(talks, key=lambda talk: talk.id)
    posts = posts_by_company(talks)
    for talk in talks:
        for index, answer in enumerate(talk.answers):
            for start, end in sentences(answer.answer):
                yield from _approvers(
                    talk, index, start, answer.answer[start:end], posts.get(talk.company, {})
                )


def same_people_or_step(a: Said, b: Said) -> bool:
    """Whether two claims name one post, or are two steps of a ladder of approvals."""
    return same_people(a.who, b.who) or ladder(a) != ladder(b)


def same_people(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two posts may be one: by what they are of, by their titles where one of them says no more."""
    of_a, of_b = a - TITLES, b - TITLES
    return bool(of_a & of_b if of_a and of_b else a & b)


def ladder(claim: Said) -> tuple[object, ...]:
    """The amounts from or up to which the claim holds."""
    folded = plain(claim.context)
    amounts = sorted(re.sub(r"[ .,]", "", number) for number in _AMOUNT.findall(folded))
    return (*amounts, bool(_MORE.search(folded))) if amounts else ()


def _approvers(talk: Talk, index: int, start: int, said: str, posts: Posts) -> Iterator[Said]:
    """Who approves what: a role beside the verb, or the speaker."""
    text = with_posts(said, posts)
    folded = plain(text)
    mine = _FIRST_PERSON.search(folded)
    verbs = (mine,) if mine else (*_PASSIVE.finditer(folded), *_DECIDES.finditer(folded))
    for match in verbs:
        first, last = clause_at(folded, match.start(), match.end())
        clause = folded[first:last]
        if not claimed(text, folded, first, last) or _NOBODY.search(clause):
            continue
        title = talk.role if mine else _title(folded[first : match.start()], folded[match.end() : last])
        who = stems_of(fold(title).split())
        if not who:
            continue
        if mine:
            who |= stems_of(folded[match.end() : last].split()[:8])  # "lo apruebo yo junto con marketing"
        words = stems_of(folded.split()) - who - stems_of(match.group().split())
        near = stems_of(clause.split()) & words
        yield Said(
            *(talk.id, talk.company, talk.business_unit, index, start, start + len(said)),
            *("approver", title, dict.fromkeys(sorted(words), 1.0), near, text),
            chain=tuple(stem for stem in chain(clause) if stem in near),
            who=who,
        )


def _title(before: str, after: str) -> str:
    """The post beside the verb: behind it, before it, or at the front of the clause."""
    asked = _WHO_IT_IS.search(before) and _IS.search(after)
    found = (
        asked
        or _AFTER.match(" " + after.strip())
        or _BEFORE.search(before.rstrip() + " ")
        or _FRONT.match(before)
    )
    return found["who"] or found["whoever"] if found is asked and found else found["who"] if found else ""
