"""Between whom information moves, and who decides: fields in which a wrong name is worse than none."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from intelligence_capture.offline.field_patterns import ROLE, TITLE
from intelligence_capture.offline.folding import compile_folded
from intelligence_capture.offline.surrounding import Surrounding


class _End(NamedTuple):
    """Something that information may come from or go to, at a place of the entity's own words."""

    start: int
    end: int
    name: str
    person: bool


_ARTICLE = r"(?:(?:el|la|los|las|un|una|mi|mis|su|sus|nuestro|the|an?|my|our|their)\s+)?"
_FROM = compile_folded(rf"\b(?:del?|desde|from|off|out of)\s+{_ARTICLE}$")
_FROM_SOMEBODY = compile_folded(
    rf"\b(?:desde|from|(?:recib\w+|vien\w+|lleg\w+|sal\w+|get|receive|come\w*)\s(?:\w+\s){{0,3}}del?)\s+{_ARTICLE}$"
)
_TO = compile_folded(rf"\b(?:al?|hacia|hasta|to|into|onto)\s+{_ARTICLE}$")
_INTO = compile_folded(rf"\b(?:en|in)\s+{_ARTICLE}(?:solo\s+|propio\s+)?$")
_FOR = compile_folded(rf"\b(?:para|for)\s+{_ARTICLE}$")
_SENDS = compile_folded(r"\b(?:mand|envi|remit|reenvi|escrib|llam|avis|dice|canto|send|mail|call|tell)")
"""Verbs of telling: what stands behind "en" or "in" is only the means then."""
_GIVES = compile_folded(
    r"\s+(?:(?:me|nos|le|les|lo|la|los|las|se)\s+)*(?:pasan?|mandan?|envian?|remiten?|entregan?|exporta|alimenta|"
    r"sends?|gives?|passes|pass|exports?|feeds?)\b"
)
_GIVES_ME = compile_folded(
    r"\b(?:me|nos)\s+(?:(?:lo|la|los|las)\s+)?(?:pasan?|mandan?|envian?|remiten?|llegan?|dejan?|entregan?)\b"
    r"|\b(?:sends?|gives?|passes|emails?)\s+(?:it |them )?(?:to )?(?:me|us)\b|\brecib(?:o|imos)\b"
    r"|\b(?:i|we) (?:get|receive)\b"
)
_TO_A_NAME = compile_folded(
    r"\b(?:a|to)\s+(?P<who>(?:(?:don|doña|señora?|mr|mrs|ms)\.? )?(?P<name>[a-z]{3,}))"
)
_CARRIERS = compile_folded(r"\b(?:papel(?:ito)?|cuaderno|libreta|pizarra|paper|notebook|whiteboard)\b")
_ITEM = compile_folded(
    r"\b(?P<item>reportes?|informes?|datos|informacion|facturas?|pedidos?|ordenes de \w+|"
    r"planillas?|listas?|archivos?|solicitudes|guias|boletas|ventas|stock|inventarios?|"
    r"fotos|planos|"
    r"resultados|reservas|asistencias?|horas|precios|gastos|comprobantes|contratos|"
    r"reports?|data|information|invoices?|orders|lists?|files?|requests|figures|sales|"
    r"results|bookings|"
    r"timesheets|samples|drafts?|notes|prices)(?: (?:de|del|of) (?:la |el |los )?[a-z]+)?\b"
)
_APPROVES = (
    r"(?:aprueb\w+|autoriz\w+|decid\w+|firm\w+|valid\w+|defin\w+|elig\w+|approv\w+|authori[sz]\w+|signs?)"
)
_APPROVES_MYSELF = compile_folded(
    r"\b(?:apruebo|autorizo|decido|firmo|libero|valido|defino|elijo|(?:aprueba|firma|decide)n? (?:uno|yo)|"
    r"i(?:'m the one who)? (?:(?:also|always|usually|just|can|then) )?"
    r"(?:approve|decide|sign|authori[sz]e|choose|pick|make the decisions))\b"
)
_APPROVER = compile_folded(
    rf"\b(?:(?P<before>{TITLE}|yo|i|we) (?:\w+ ){{0,3}}?(?:{_APPROVES}|has the final)"
    rf"|(?:{_APPROVES}|aprob\w+|approved|signed|decided|visto bueno|v°b°)(?: \w+){{0,3}}? (?:por |de |del |by |"
    rf"from )?(?P<after>{TITLE}))\b"
)
_APPROVE = r"(?:aprueb|aprob|autoriz|decid|decis|firm|valid|defin|eleg|elig|liber|approv|authori|sign|decid|choos|pick)"
_WHAT_BEFORE = compile_folded(
    r"^(?:cualquier\s+|todo\s+|toda\s+|any\s+|every\s+)?(?P<what>[^:;]{4,70}?),?\s+(?:lo|la|los|las|se|"
    rf"has to be|have to be|needs? to be|must be|is|are)\s+(?:(?:tiene|debe|puede)n?\s+(?:que\s+)?)?{_APPROVE}"
)
_WHAT_AFTER = compile_folded(
    rf"\b{_APPROVE}[a-z]*\s+(?:on\s+|sobre\s+)?(?P<what>(?:el|la|los|las|si|que|quien|cual|cuanto|como|the|what|which|who|"
    r"whether|how|all|any|every|cualquier|todo|toda)\s[^,.;:()]{3,60})"
)
_SOMEBODY = re.compile(rf"(?:(?:yo|i|we|nosotros|hasta|up to|{TITLE})\b|s/)")
_ABOVE = compile_folded(
    r"\b(?:de ahi|mas (?:arriba|alla|de (?:ahi|eso))|por encima|arriba de|pasad[oa]s?|para pasar|above|"
    rf"(?:more|over|beyond)(?: than)? that|superior(?:es)?|lo demas)\b[^.;]{{0,40}}?\b(?P<who>{TITLE})\b"
)


def source_and_target(where: Surrounding) -> tuple[str, str]:
    """Where information comes from and where it goes, '' where the words do not tell."""
    own = where.own
    sources, targets, containers = [], [], []
    tells = _SENDS.search(own) is not None
    for end in _ends(where):
        before = own[: end.start]
        if _TO.search(before) or (end.person and tells and _FOR.search(before)):
            targets.append(end.name)
        elif (_FROM_SOMEBODY if end.person else _FROM).search(before) or _GIVES.match(own, end.end):
            sources.append(end.name)
        elif not (end.person or tells) and _INTO.search(before):
            containers.append(end.name)
    targets = targets or _names_told(where)
    if not targets and _GIVES_ME.search(own):
        targets = [where.role]
    target = [*containers, *targets][-1] if targets or containers else ""
    source = next((name for name in sources if name != target), "")
    return source, target


def data_moved(where: Surrounding) -> str:
    """What moves, as far as it is called by a usual name and is no end itself."""
    taken = [(end.start, end.end) for end in _ends(where)]
    for match in _ITEM.finditer(where.own):
        usual = where.text.raw[where.text.origin[where.start + match.start()]].islower() or not match.start()
        if usual and not any(start < match.end("item") and match.start("item") < end for start, end in taken):
            clear = not any(start < match.end() and match.start() < end for start, end in taken)
            return where.said_itself(match, 0 if clear else "item")
    return ""


def decision_maker(where: Surrounding) -> str:
    """Who approves or decides, the speaker by title; '' where nobody is named."""
    for text, said in ((where.own, where.said_itself), (where.sentence, where.said)):
        mine, other = _APPROVES_MYSELF.search(text), _APPROVER.search(text)
        if mine and (other is None or mine.start() <= other.start()):
            return where.role
        if other:
            who = _bare(said(other, "before") or said(other, "after"))
            return where.role if who.lower() in ("yo", "i", "we") else who
    return ""


def approver(where: Surrounding) -> str:
    """Whoever else is named as approving in the sentence."""
    match = _APPROVER.search(where.sentence)
    return _bare(where.said(match, "before") or where.said(match, "after"))


def next_in_line(where: Surrounding) -> str:
    """Who decides above the limit of the first one."""
    return _bare(where.said(_ABOVE.search(where.sentence), "who"))


def what_is_decided(where: Surrounding) -> str:
    """The matter of a decision; '' where it is not named beside the verb."""
    before, after = _WHAT_BEFORE.match(where.own), _WHAT_AFTER.search(where.own)
    if before and not _SOMEBODY.fullmatch(before["what"]):
        return where.said_itself(before, "what")
    if after and not _SOMEBODY.match(after["what"]):
        return where.said_itself(after, "what")
    return ""


def _ends(where: Surrounding) -> Iterator[_End]:
    """The systems, carriers, people and areas within the entity's words, in order."""
    own = where.own
    ends = [_End(s.start - where.start, s.end - where.start, s.label, False) for s in where.systems]
    for pattern, person in ((_CARRIERS, False), (ROLE, True)):
        for match in pattern.finditer(own):
            if not any(match.start() < other.end and other.start < match.end() for other in ends):
                ends.append(_End(match.start(), match.end(), _bare(where.said_itself(match)), person))
    yield from sorted(ends)


def _names_told(where: Surrounding) -> list[str]:
    """People by name to whom something goes."""
    return [
        where.said_itself(match, "who")
        for match in _TO_A_NAME.finditer(where.own)
        if where.text.raw[where.text.origin[where.start + match.start("name")]].isupper()
        and not any(
            s.start - where.start < match.end() and match.start() < s.end - where.start for s in where.systems
        )
    ]


def _bare(name: str) -> str:
    """The name without its article."""
    return re.sub(r"^(?:el|la|los|las|al|del|the) ", "", name, flags=re.IGNORECASE)
