"""Statements with a slot for one value: who does a thing, in which system it is kept, from where data come."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from intelligence_capture.graph.approvers import TITLE, ladder, same_people
from intelligence_capture.graph.claims import OWN, Said, claimed, clauses, elsewhere
from intelligence_capture.graph.opposites import with_words_in_common
from intelligence_capture.graph.people import Posts, posts_by_company, with_posts
from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.graph.scope import beginning, chain, same_statement, told, when
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

WHO, SYSTEM, SOURCE, PLACE, SUPPLIER = "who does it", "system", "source", "place", "supplier"
_THE = r"(?:el|la|los|las|un|una|unos|unas|nuestr[oa]s?|the|our|an?)"
_SOMEBODY = rf"(?P<who>{_THE} [a-z].*|(?:{TITLE})\b.*)$"
_SOMEBODY_FIRST = r"^\W*(?P<who>(?:el|la|los|las|un|una|nuestr[oa]s?|the|our) [a-z ]{3,40}?|[a-z]+)"
_WHAT = r"(?P<what>[a-z].{2,60}?)"
_OF = r"(?:del?|de la|de los|de las|of(?: the)?|for(?: the)?)"
_ACTIVE = re.compile(rf"^\W*(?P<who>(?:the|our) [a-z]+(?: [a-z]+){{0,2}}?) (?P<verb>[a-z]{{3,}}s) {_WHAT}$")
_WAYS = tuple(
    re.compile(way)
    for way in (
        rf"^\W*(?:(?:el|la|los|las|the) )?(?:responsables?|encargad[oa]s?|duen[oa]s?|owner|"
        rf"person (?:responsible|in charge)) "
        rf"{_OF} {_WHAT} (?:es|son|is|are) {_SOMEBODY}",
        rf"^\W*{_OF} {_WHAT} se (?:encarga|ocupa)n? {_SOMEBODY}",
        rf"^\W*{_WHAT} (?:esta|estan|queda|quedan|corre|corren|is|are) (?:a cargo|por cuenta|en manos|in the hands) "
        rf"{_OF} (?P<who>[a-z].*)$",
        rf"^\W*{_WHAT} (?:es|son) responsabilidad {_OF} {_SOMEBODY}",
        rf"{_SOMEBODY_FIRST} (?:se (?:encarga|ocupa)n? {_OF}|(?:is|are) (?:responsible for|in charge of)) {_WHAT}$",
        rf"{_SOMEBODY_FIRST} (?:es|son|is|are) (?:quien|quienes|(?:el|la|los|las) que|the one who|who) "
        rf"(?P<verb>[a-z]+) {_WHAT}$",
        rf"^\W*(?:quien|quienes|(?:el|la|los|las) que) (?P<verb>[a-z]+) {_WHAT} (?:es|son) {_SOMEBODY}",
        rf"^\W*{_WHAT},? (?:se |nos |les )?(?:lo|la|los|las) (?P<verb>[a-z]*[ae]n?) (?:\w+mente |siempre )?"
        rf"{_SOMEBODY}",
        rf"^\W*{_WHAT} (?:is|are|gets?|es|son) (?P<verb>[a-z]+) (?:by|por) {_SOMEBODY}",
    )
)
"""How people say who does what; in Spanish what is done often stands first: "las redes las maneja marketing"."""
_SOURCE = re.compile(
    r"^\W*(?P<what>.{3,60}?) (?:vienen?|provienen?|salen?|se (?:obtienen?|sacan?|toman?)|comes?|(?:is|are) taken) "
    r"(?:de|del|desde|from) (?P<who>.+)$"
)
_PLACE = re.compile(
    rf"^\W*(?P<what>{_THE} .{{3,50}}?) (?:esta|estan|queda|quedan|se encuentra|is|are)(?: ubicad[oa]s?| located)? "
    r"(?:en|in|on|at) (?P<who>(?:(?:el|la|los|las|the) )?(?:\w+ )?(?:piso|sotano|azotea|planta|local|sede|oficinas?|"
    r"almacen|bodega|avenida|calle|edificio|floor|basement|building|warehouse|offices?)\b.{0,30})$"
)
_IN_A_TOWN = re.compile(
    r"^\W*(?P<what>(?:el|la|los|las|the|our) .{3,50}?) (?:está|esta|están|estan|quedan?|se encuentran?|is|are)"
    r"(?: ubicad[oa]s?| located)? (?:en|in) (?P<who>(?-i:[A-ZÁÉÍÓÚÑ])\w+(?: (?-i:[A-ZÁÉÍÓÚÑ])\w+)*)\W*$",
    re.IGNORECASE,
)
_SUPPLIED = tuple(
    re.compile(way)
    for way in (
        rf"^\W*(?P<what>{_THE} .{{3,50}}?),? (?:se |nos |me )+(?:lo|la|los|las) "
        r"(?:vende|provee|suministra|abastece|trae|compramos a|compra a|alquila)n? (?P<who>[a-z].{2,40})$",
        rf"^\W*(?:(?:el|la|nuestro|our|the) )?(?:proveedora?|supplier) {_OF} {_WHAT} (?:es|is) "
        r"(?P<who>[a-z].{2,40})$",
        rf"^\W*{_WHAT} (?:is|are) (?:supplied|provided|sold to us) by (?P<who>[a-z].{{2,40}})$",
    )
)
_KEPT = re.compile(
    r"\b(?:(?:se |lo |la |los |las )?(?:registr|llev|control|guard|calcul|anot|archiv|sub[eio]|report|mand[ao]|"
    r"envi[ao]|carg[ao]|ingres[ao]|"
    r"llen[ao]|digit|consolid|recib|entra|esta)\w*|keep|kept|recorded|tracked|stored|logged|calculated|entered|uploaded|filled)\b"
)
_INTO = re.compile(
    r"\b(?:en|a|al|por|in|into|on|to|through) (?:(?:un|una|el|la|the|an|a|nuestr[oa]) )?(?P<name>\w+(?: \w+){0,2})"
)
_PAPER = re.compile(
    r"\b(?:en|in|on) (?:(?:un|una|el|la|a|the|mi|nuestro) )?(?P<name>cuadernos?|libretas?|papel|pizarra|hojas?|"
    r"paper|notebooks?|whiteboard)\b"
)
"""What is kept without a system is kept somewhere, too."""
_TAIL = re.compile(
    r" (?:cada|una vez|tod[oa]s los|a|en|por|con|desde|para|cuando|que|segun|every|once|in|at|on|with|since|when|"
    r"for|that|who) .*$"
)
_DENIED = re.compile(r"\b(?:no|not|nadie|nobody|nunca|never|tambien|also|solo|only)\b")
_NOBODY_KNOWN = re.compile(
    r"^(?:el(?: mismo)?|ella|ell[oa]s|es[oae]s?|est[oae]s?|alguien|cualquiera|quien(?:es)?|cada (?:uno|una|quien)|"
    r"(?:un|una|unos|unas) (?:persona|senora?|chic[oa]s?|tercero)s?|"
    r"he|she|they|it|this|that|someone|somebody|everyone|everybody|anyone|who)$"
)
"""Who is named elsewhere, or not at all."""
_APPROVE = re.compile(r"(?:aprue?b|autoriz|decid|defin|fij|firm|approv|authori|sign|set)")
_HANDLE = re.compile(r"(?:hac|llev|manej|ve$|ven$|administr|gestion|encarg|do|handl|manag|run)")
_ME = re.compile(r"\b(?:yo|i)\b")
_ACRONYM = re.compile(r" \([A-Z]{2,6}\)")
"""Another name of what stands before it, and no clause of its own: "su requerimiento (RQ)"."""
_ACTIVELY = "actively"


Slot = tuple[str, str, tuple[str, ...], frozenset[str], str]
"""The kind of slot, the words, what it is of, the value, and whether it is told actively."""


def slot_claims(talks: Iterable[Talk], resolver: Resolver) -> Iterator[Said]:
    """Each statement that fills a slot, in order; `chain` tells of what, `who` is the value."""
    talks = sorted(talks, key=lambda talk: talk.id)
    posts = posts_by_company(talks)
    for talk in talks:
        for index, answer in enumerate(talk.answers):
            for start, end in sentences(answer.answer):
                text = answer.answer[start:end]
                yield from _in_sentence(
                    talk, (index, start, end), text, posts.get(talk.company, {}), resolver
                )


def slot_pairs(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The statements of two people of one company that fill one slot with two values."""
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for claim in claims:
        groups[claim.company, claim.kind].append(claim)
    for key in sorted(groups):
        for a, b, _ in with_words_in_common(groups[key], _differ):
            if a.interview_id != b.interview_id and _one_slot(a, b):
                yield a, b


def _differ(a: Said, b: Said) -> bool:
    return not (same_people(a.who, b.who) if a.kind == WHO else a.who & b.who)


def _one_slot(a: Said, b: Said) -> bool:
    if a.own_post == b.own_post == _ACTIVELY:
        return False  # two may do the same; "is done by" leaves no other
    if a.kind == WHO and (not _one_verb(a.text, b.text) or ladder(a) != ladder(b)):
        return False
    if not same_statement(a.chain, b.chain, thin=a.kind == SYSTEM):
        return False
    # A supplier or a place may be named after one: "Harinera del Norte".
    parted = a.kind not in (SUPPLIER, PLACE) and elsewhere(a, b)
    return when(plain(a.context)) == when(plain(b.context)) and not parted


def _one_verb(a: str, b: str) -> bool:
    """Whether two verbs say the same: approving, having in hand, or a word of their own."""
    one, other = a.split()[0], b.split()[0]
    return beginning(one) == beginning(other) or any(
        group.match(one) and group.match(other) for group in (_APPROVE, _HANDLE)
    )


def _in_sentence(
    talk: Talk, where: tuple[int, int, int], said: str, posts: Posts, resolver: Resolver
) -> Iterator[Said]:
    text = with_posts(_ACRONYM.sub("", said), posts)
    folded = plain(text)
    place = (talk.id, talk.company, talk.business_unit, *where)
    for first, last in clauses(folded):
        clause = folded[first:last].strip(' .,;:()!?"')
        if not clause or _DENIED.search(clause):
            continue
        if OWN.search(clause):
            # "El requerimiento lo lleno yo en Excel" tells where it is kept, "mi Excel" is the speaker's own.
            found = [] if OWN.search(_ME.sub(" ", clause)) else list(_systems(clause, talk, resolver))
        else:
            found = [*_slots(clause), *_systems(clause, talk, resolver)]
            town = _IN_A_TOWN.match(text[first:last])
            if town and (about := chain(plain(town["what"]))) and not _named(town["who"], talk, resolver):
                found.append((PLACE, town["who"], about, stems_of(fold(town["who"]).split()), ""))
        if not found or not claimed(text, folded, first, last):
            continue
        for kind, words_said, about, value, actively in found:
            words = dict.fromkeys(sorted(stems_of(clause.split())), 1.0)
            yield Said(
                *(*place, kind, words_said, words, frozenset(words), text),
                who=value,
                own_post=actively,
                chain=about,
            )


def _slots(clause: str) -> Iterator[Slot]:
    """What a clause fills: the kind of slot, the words, what it is of, the value, and whether told actively."""
    ways = (way.match(clause) for way in (*_WAYS, _ACTIVE))
    if match := next(filter(None, ways), None):
        who = _TAIL.sub("", match["who"])
        verb = match.groupdict().get("verb") or "encarga"
        about, value = (
            chain(match["what"]) or tuple(sorted(stems_of(match["what"].split()))),
            stems_of(who.split()),
        )
        if about and value and not _NOBODY_KNOWN.match(who):
            yield WHO, f"{verb} {who}", about, value, _ACTIVELY if match.re is _ACTIVE else ""
    for kind, ways_ in ((PLACE, (_PLACE,)), (SUPPLIER, _SUPPLIED)):
        if match := next(filter(None, (way.match(clause) for way in ways_)), None):
            who = _TAIL.sub("", match["who"])
            about, value = chain(match["what"]), stems_of(re.findall(r"\w+", who))
            if about and value:
                yield kind, who, about, value, ""
    match = _SOURCE.match(clause)
    if match and (about := chain(match["what"])) and (value := stems_of(match["who"].split())):
        yield SOURCE, match["who"], about, value, ""


def _systems(clause: str, talk: Talk, resolver: Resolver) -> Iterator[Slot]:
    """In which system a clause says that something is kept."""
    if not _KEPT.search(clause):
        return
    paper = _PAPER.search(clause)
    if paper and (about := told(_ME.sub(" ", _KEPT.sub(" ", clause[: paper.start()])))):
        yield SYSTEM, paper["name"], about, frozenset(["paper"]), ""
    named = _named(clause, talk, resolver)
    for match in _INTO.finditer(clause) if len(named) == 1 else ():
        if _named(match["name"], talk, resolver):
            if said := told(_ME.sub(" ", _KEPT.sub(" ", clause[: match.start()]))):
                yield SYSTEM, match["name"], said, frozenset(named), ""
            return


def _named(text: str, talk: Talk, resolver: Resolver) -> tuple[str, ...]:
    """The systems and the channels that are named in a text."""
    return tuple(
        dict.fromkeys(
            one
            for kind in ("systems", "communication_channels")
            for one in resolver.named_in(kind, text, company=talk.company)
        )
    )
