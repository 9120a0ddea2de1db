"""Sentences that say how many people an area has, and how many of a thing there are in all."""

import re
from collections.abc import Iterable, Iterator

from intelligence_capture.graph.claims import OWN, Said, by_two_people, claimed, clause_at, elsewhere
from intelligence_capture.graph.quantities import NUMBER, Quantity, number_of, plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.scope import about_one, apart, chain, when
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

_AREA = (
    r"(?:el |la |the )?(?:area de |equipo de |departamento de )?(?P<area>\w{4,}(?: (?:de (?:la )?)?\w{4,})?)"
)
_SIZE = re.compile(
    rf"\b(?:en|in) {_AREA} (?:somos|son|trabajamos|hay|trabajan|we are) (?:unas? |unos )?(?P<count>{NUMBER})"
)
_SIZE_AFTER = re.compile(
    r"(?:(?:^|(?<!\d)[,;:(] ?|\by |\band )(?P<count>\d+)(?: personas| people)?|"
    r"\b(?:somos|son|trabajan|trabajamos|hay|we are) (?P<count2>\w+)(?: personas| people)?) (?:en|in) "
    rf"{_AREA}"
)
_SIZE_HAS = re.compile(
    rf"\b(?:el|la|the) (?P<area>\w{{4,}}(?: (?:de (?:la )?)?\w{{4,}})?) (?:tiene|cuenta con|has) (?P<count>{NUMBER}) "
    r"(?:personas|trabajadores|empleados|colaboradores|people|employees|workers)\b"
)
_ALL_OF = re.compile(rf"\b(?:los|las|the) (?P<count>{NUMBER}) (?P<area>\w{{4,}} (?:de|of) \w{{4,}})")
_TOTAL = re.compile(
    r"\b(?:tenemos|son|trabajan|laboran|manejamos|maneja|compramos a|atendemos a|atiende a|administramos|"
    r"trabajamos con|contamos con|cuentan? con|operamos con|opera con|disponemos de|dispone de|hay|"
    r"(?:es|consta|consiste|se compone) de|(?:lo|la) conforman|conformad[oa] por|tienen?|we have|we run|there are|"
    r"has|have|employs|consists of) (?:en total |un total de |in all |solo |only )?"
    rf"(?P<count>un[oa]? (?:sol[oa]|unic[oa])|only one|a single|{NUMBER})(?P<scale> mil)? "
    r"(?P<thing>[a-z]{4,})"
)
_ARE = re.compile(
    rf"\b(?:los|las|the) (?P<thing>[a-z]{{4,}}) (?:son|are|suman) (?P<count>{NUMBER})"
    r"(?! ?(?:%|por|al?\b|de\b|minut|hora|dia|soles))"
)
_HEADS = (
    r"(?:trabajadores|trabajadoras|colaboradores|empleados|personas|almas|employees|people|workers|staff|"
    r"headcount)\b(?! (?:a|por|al) )"
)
_COUNT = r"(?P<about>unas? |unos |casi |cerca de |aproximadamente |about |around |some |roughly )?(?P<count>\d[\d.,]*)"
_HEADCOUNT = tuple(
    re.compile(way)
    for way in (
        rf"\b(?:we (?:employ|have|are)|and employ) {_COUNT} {_HEADS}"
        r"(?! (?:in|at|on) (?!total|all|the (?:company|group|moment)|present))",
        rf"\b(?:el|la|the|este|esta|nuestra|our) (?P<whole>[a-z]+)(?: \w+){{0,3}}? "
        rf"(?:tiene|tenemos|cuenta con|emplea|employs|has|somos|son|da trabajo a) {_COUNT} {_HEADS}",
        rf"\b(?:somos|tenemos|hay|son|total de|suma(?:mos)?) {_COUNT} {_HEADS} (?:en|in) "
        r"(?:(?:la|el|toda la|todo el|the) )?(?P<whole>[a-z]+)",
        rf"\b(?:en total|en toda la empresa|en planilla|in total|overall)[ ,]*(?:somos|hay|tenemos|son|we are|we have) "
        rf"{_COUNT}(?: {_HEADS}|(?= ?(?:[.,;:]|$)))",
    )
)
_WHOLE = stems_of(
    "empresa compania company organizacion total planilla payroll grupo group firma negocio".split()
)
_VAGUE = stems_of(
    """problemas problema cosas cosa tipos tipo formas forma casos caso opciones opcion temas tema personas persona
    partes razones motivos gente clases grupos puntos maneras etapas pasos niveles preguntas errores reuniones
    people things kinds types ways cases options reasons problems steps soles dolares dollars minutos horas""".split()
)
_PART = re.compile(
    r"\b(?:esta semana|este mes|hoy|today|this (?:week|month)|parad[oa]s|malograd[oa]s|pendientes?|"
    r"libres?|vacantes?|de ell[oa]s|of them|"
    r"pending|broken|idle|mas|otr[oa]s|others?|more|nuev[oa]s|new)\b"
)
ROUGHLY = 0.1
"""How far a number of people may be off that is told as about so many."""
SHARED = 2
BRIEF = 3
"""Two clauses that tell no more words than this between them are about the same if they share the thing counted."""


def size_claims(talks: Iterable[Talk]) -> Iterator[Said]:
    """Each claim on a size or a count, in order; `near` is the area, or the thing and the words beside it."""
    for talk in sorted(talks, key=lambda talk: talk.id):
        for index, answer in enumerate(talk.answers):
            for start, end in sentences(answer.answer):
                yield from _in_sentence(talk, index, start, answer.answer[start:end])


def size_pairs(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The claims of two people on the size of one area or the number of one thing that cannot both hold."""
    for a, b in by_two_people(claims):
        if a.quantity and b.quantity:
            if a.quantity.clashes(b.quantity):
                yield a, b
        elif not a.who & b.who and _same_thing(a, b):
            yield a, b


def _same_thing(a: Said, b: Said) -> bool:
    if not a.chain or not b.chain:
        shorter, longer = sorted((a.near, b.near), key=len)
        return bool(shorter) and shorter <= longer
    if not about_one(a.near, b.near):
        return False
    brief = len({*a.chain, *b.chain}) <= BRIEF
    if len(about_one(a.chain, b.chain)) < (1 if brief else SHARED):
        return False
    if when(plain(a.context)) != when(plain(b.context)):
        return False
    return not apart(a.chain, a.words, b.chain, b.words) and not elsewhere(a, b)


def _in_sentence(talk: Talk, index: int, start: int, text: str) -> Iterator[Said]:
    folded = plain(text)
    place = (talk.id, talk.company, talk.business_unit, index, start, start + len(text))
    for kind, said, about, count in _areas(folded):
        yield Said(*place, kind, said, dict.fromkeys(sorted(about), 1.0), about, text, who=count)
    for match in (found for way in _HEADCOUNT for found in way.finditer(folded)):
        first, last = clause_at(folded, match.start(), match.end())
        whole = stems_of([match.groupdict().get("whole") or "total"])
        if whole & (_WHOLE | stems_of(fold(talk.company).split())) and claimed(text, folded, first, last):
            yield _headcount(match, place, text)
    for match in (*_TOTAL.finditer(folded), *_ARE.finditer(folded)):
        groups = match.groupdict()
        single = bool(re.search(r"sol[oa]|unic|one|single", match["count"]))
        count_ = 1.0 if single else number_of(match["count"])
        thing = stems_of([match["thing"]])
        count_ = count_ * 1000 if count_ and groups.get("scale") else count_
        first, last = clause_at(folded, match.start(), match.end())
        clause = folded[first:last]
        total = claimed(text, folded, first, last) and not OWN.search(clause) and not _PART.search(clause)
        if count_ is not None and (count_ > 1 or single) and thing and not thing & _VAGUE and total:
            rest = f"{folded[first : match.start()]} {folded[match.start('thing') : last]}"
            words = dict.fromkeys(sorted(stems_of(rest.split())), 1.0)
            yield Said(
                *place,
                "total",
                match.group(),
                words,
                thing,
                text,
                who=frozenset([f"{count_:g}"]),
                chain=chain(rest),
            )


def _headcount(match: re.Match[str], place: tuple[str, str, str, int, int, int], text: str) -> Said:
    """How many people the whole company has: of what it speaks there is only one."""
    count = number_of(match["count"].rstrip(".,")) or 0.0
    room = ROUGHLY if match["about"] else 0.0
    amount = Quantity("people", count * (1 - room), count * (1 + room), match.start(), match.end())
    return Said(*place, "headcount", match.group(), {}, frozenset(["people"]), text, quantity=amount)


def _areas(folded: str) -> Iterator[tuple[str, str, frozenset[str], frozenset[str]]]:
    for match in (found for way in (_SIZE, _SIZE_AFTER, _SIZE_HAS) for found in way.finditer(folded)):
        count = number_of(match["count"] or match.groupdict().get("count2"))
        if count is not None and (about := stems_of(match["area"].split()) - _WHOLE):
            yield "team_size", match.group().strip(" ,;:("), about, frozenset([f"{count:g}"])
    for match in _ALL_OF.finditer(folded):
        about = stems_of(match["area"].split())
        count = number_of(match["count"])
        if count is not None and count > 1 and len(about) > 1:
            yield "count", match.group(), about, frozenset([f"{count:g}"])
