"""When something happens: days of the week, days of the month, and hours."""

import re
from collections.abc import Iterable, Iterator

from intelligence_capture.graph.claims import (
    LONGEST,
    OWN,
    Said,
    Weights,
    by_two_people,
    claimed,
    clause_at,
    elsewhere,
)
from intelligence_capture.graph.quantities import WEEKDAY, WEEKDAYS, number_of, plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.scope import (
    PARTS_OF_DAY,
    about_one,
    apart,
    chain,
    missing,
    same_statement,
    statement,
    telling,
    when,
)
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of

_DAYS = re.compile(rf"(?<!los )(?<!cada )\b{WEEKDAY}(?:, {WEEKDAY})*,? (?:y|and) {WEEKDAY}\b")
"""Two days and more, without an article: "las cirugías son martes y jueves"."""
_DAY = re.compile(
    r"\b(?:(?:el|los|al|los dias|el dia|on the|by the|due the) (?P<day>\d{1,2}|primero)(?:st|nd|rd|"
    r"th)?(?: de cada mes| del mes| of (?:each|every|the) month)|"
    r"(?:on|by) the (?P<day2>\d{1,2})(?:st|nd|rd|th)|el dia (?P<day3>\d{1,2})\b(?! de [a-z])|"
    r"hasta el (?P<day4>\d{1,2})\b(?! (?:de [a-z]|%|por))|"
    r"(?P<last>(?:el |al )?ultimo dia del mes|fin de mes|"
    r"the last day of the month))\b"
)
_HOUR = re.compile(
    r"\b(?:a las?|at|hasta las?|desde las?) (?P<hour>\d{1,2}|una|dos|tres|cuatro|cinco|seis|siete|ocho|"
    r"nueve|diez|once|doce)"
    r"(?:[:.](?P<minute>\d\d))?(?P<half> y media)?"
    r"(?: ?(?P<part>a\.? ?m\b|p\.? ?m\b|de la (?:manana|tarde|noche|madrugada)|del mediodia|del dia|"
    r"in the (?:morning|afternoon|evening)))?"
)
_MONTHS = {
    name: number
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
        "january february march april may june july august september october november december".split(),
    )
    for number, name in enumerate(names, start=1)
} | {"setiembre": 9}
_MONTH_NAMES = "|".join(_MONTHS)
_MONTH = re.compile(
    r"\b(?:en|para|(?:fines|mediados|inicios|principios) de|(?:primera|segunda|tercera|ultima) (?:semana|"
    r"quincena) de|in|for|to|by|late|early|mid|end of|beginning of)(?: late| early| mid)? "
    rf"(?P<month>{_MONTH_NAMES})\b(?! y | and | a | to |,? (?:{_MONTH_NAMES}))"
)
_SCHEDULED = re.compile(
    r"\b(?:previst[oa]s?|program(?:ad[oa]s?|amos|an|o)|planead[oa]s?|fijad[oa]s?|agendad[oa]s?|pospuest[oa]s?|"
    r"reprogramad[oa]s?|lanza\w*|inaugur\w*|abr(?:e|imos|iremos|ira)|empieza|arranca|inicia|termina|finaliza|vence|"
    r"toca|cae|salen?(?= (?:en|a|para)\b)|entra en vigencia|"
    r"(?:se|lo|la|los|las) (?:hace[nr]?|hacemos|realiza|muda|estrena|migra|paga|publica)|"
    r"scheduled|due|planned|set for|opens?|starts?|begins?|ends?|launch\w*|moved|postponed|expires?|go(?:es)? live)\b"
)
"""What is to happen, or happens each year; what somebody did in a month is no date of it."""
_LATE = re.compile(r"p|de la (?:tarde|noche)|in the (?:afternoon|evening)")
_ABOUT = re.compile(r"\b(?:tipo|a eso|mas o menos|aprox\w*|around|about|antes de|before|despues de|after)\b")
_BOUND = {
    " until": re.compile(r"\b(?:hasta|until|till) [\w ]{0,8}$"),
    " from": re.compile(r"\b(?:desde|a partir de|from) [\w ]{0,8}$"),
}
"""What is open until an hour and what is open from an hour are two claims."""
_FIRST_PERSON = re.compile(
    r"\b(?:lo|la|los|las|le|les) [a-z]{3,}o\b|\b(?:descanso|entro|salgo|llego|almuerzo|empiezo|termino)\b"
)
_DENIED = re.compile(r"\b(?:no|nunca|tampoco|not|never)\b")
MONTH = "month"
SHARED = 2
"""Words that two claims on a day or an hour share at least, the verb among them."""


def deadline_claims(talks: Iterable[Talk]) -> Iterator[Said]:
    """Each claim on the day or the hour of something, in order."""
    for talk in sorted(talks, key=lambda talk: talk.id):
        for index, answer in enumerate(talk.answers):
            for start, end in sentences(answer.answer):
                yield from _in_sentence(talk, index, start, answer.answer[start:end])


def deadline_pairs(claims: Iterable[Said], weights: Weights) -> Iterator[tuple[Said, Said]]:
    """The claims of two people on when one and the same thing happens."""
    for a, b in by_two_people(claims):
        if not a.who & b.who and (_one_event(a, b, weights) if a.kind == MONTH else _about_one_thing(a, b)):
            yield a, b


def _one_event(a: Said, b: Said, weights: Weights) -> bool:
    """Whether two sentences share a rare word, and no names that part them: few things have a month."""
    if same_statement(a.told, b.told):
        return not elsewhere(a, b)
    names = [one.names for one in (a, b)]
    if all(names) and not names[0] & names[1]:
        return False
    shared = telling(a.words.keys() & b.words.keys()) - names[0] - names[1]
    return weights.any_rare(shared) and not elsewhere(a, b)


def _about_one_thing(a: Said, b: Said) -> bool:
    days = [when(plain(one.context)) - PARTS_OF_DAY for one in (a, b)]
    if a.kind != "weekday" and days[0] != days[1]:
        return False
    if same_statement(a.told, b.told):
        return not elsewhere(a, b)
    if len(about_one(a.near, b.near)) < SHARED or (missing(a.chain, b.near) and missing(b.chain, a.near)):
        return False
    return not apart(a.chain, a.near, b.chain, b.near) and not elsewhere(a, b)


def _in_sentence(talk: Talk, index: int, start: int, text: str) -> Iterator[Said]:
    folded = plain(text)
    for kind, match, value in _times(folded):
        first, last = clause_at(folded, match.start(), match.end())
        clause = folded[first:last]
        if _DENIED.search(clause):
            continue
        own = OWN.search(clause) or _FIRST_PERSON.search(clause)
        if own or _ABOUT.search(clause) or not claimed(text, folded, first, last):
            continue
        if kind == MONTH and not _SCHEDULED.search(clause):
            continue
        rest = f"{folded[first : match.start()]} {folded[match.end() : last]}"
        rest = _SCHEDULED.sub(" ", rest) if kind == MONTH else rest
        around = folded[max(0, first - LONGEST) : last + LONGEST]
        near = stems_of((around if kind == MONTH else rest).split())
        place = (talk.id, talk.company, talk.business_unit, index, start, start + len(text))
        words = dict.fromkeys(sorted(near), 1.0)
        before = folded[first : match.start()] + match.group().split()[0] + " "
        bounds = [bound for bound, words_ in _BOUND.items() if words_.search(before)]
        # What is due by a day is due on it.
        kind += "".join(bound for bound in bounds if (kind, bound) != ("day of the month", " until"))
        yield Said(
            *place,
            kind,
            match.group().strip(),
            words,
            near,
            text[max(0, first - LONGEST) : last] if kind == MONTH else text,
            who=value,
            chain=chain(rest),
            told=statement(rest),
        )


def _times(folded: str) -> Iterator[tuple[str, re.Match[str], frozenset[str]]]:
    for match in WEEKDAYS.finditer(folded):
        yield "weekday", match, frozenset(day.rstrip("s") for day in re.findall(r"\w{3,}", match["days"]))
    for match in _DAYS.finditer(folded):
        yield "weekday", match, frozenset(day.rstrip("s") for day in re.findall(WEEKDAY, match.group()))
    for match in _DAY.finditer(folded):
        yield (
            "day of the month",
            match,
            frozenset(
                ["last" if match["last"] else match["day"] or match["day2"] or match["day3"] or match["day4"]]
            ),
        )
    for match in _MONTH.finditer(folded):
        yield MONTH, match, frozenset([str(_MONTHS[match["month"]])])
    for match in _HOUR.finditer(folded):
        hour = number_of(match["hour"])
        if hour is not None and match["part"]:
            late = bool(_LATE.match(match["part"])) and hour < 12
            yield (
                "time of day",
                match,
                frozenset([f"{hour + 12 * late:g}:{match['minute'] or ('30' if match['half'] else '00')}"]),
            )
