"""Sentences that give a system a mark of ten."""

import re
from collections.abc import Iterable, Iterator

from intelligence_capture.graph.claims import Said, by_two_people, clause_at
from intelligence_capture.graph.quantities import number_of, plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.graph.scope import holds
from intelligence_capture.graph.sentences import sentences

SATISFIED, DISSATISFIED = 7, 4
"""Marks of ten from which, and up to which, somebody is satisfied or is not."""
_NUMBER = (
    r"(?P<mark>10|\d(?:[.,]\d)?|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|"
    r"one|two|three|four|five|six|seven|eight|nine|ten)"
)
_NOT_COUNTED = r"(?! (?:anos|meses|dias|horas|veces|minutos|por|years|months|days|hours|times|minutes))"
_OF_TEN = re.compile(rf"\b{_NUMBER} ?(?:de|sobre|/|out of|of|en escala de) ?(?:10|diez|ten)\b")
_MARKED = re.compile(
    r"\b(?:satisf\w+|puntaje|nota|califi\w+|score|rate|rating)\b[^.;]{0,60}?"
    rf"\b(?:es|un|una|de|con|le|is|it|a|an) {_NUMBER}\b(?! ?(?:al|a|to|-) ?\d)"
    rf"{_NOT_COUNTED}"
)
_NOTED = re.compile(rf"\b(?:nota|puntaje|score) (?:de )?{_NUMBER}\b(?! ?(?:al|a|to|-) ?\d)")
_GIVEN = re.compile(
    r"\b(?:le (?:pongo|doy|pondria|daria)|i(?:'d| would)? (?:give|rate) it|(?:pongo|doy)) (?:un |una |a |an )?"
    rf"(?:nota (?:de )?)?{_NUMBER}\b{_NOT_COUNTED}"
)


def mark_claims(talks: Iterable[Talk], resolver: Resolver) -> Iterator[Said]:
    """Each mark that somebody gives the one system of a clause or a sentence; `near` is the system."""
    for talk in sorted(talks, key=lambda talk: talk.id):
        for index, answer in enumerate(talk.answers):
            for start, end in sentences(answer.answer):
                text = answer.answer[start:end]
                folded = plain(text)
                found = (
                    _OF_TEN.search(folded)
                    or _MARKED.search(folded)
                    or _NOTED.search(folded)
                    or _GIVEN.search(folded)
                )
                mark = number_of(found["mark"]) if found else None
                if not found or mark is None or not 0 <= mark <= 10 or DISSATISFIED < mark < SATISFIED:
                    continue
                first, last = clause_at(folded, found.start(), found.end())
                # "Si me preguntan, le pongo un 4" is no condition.
                if not holds(folded[first:last], text[first:last], conditions=True):
                    continue
                named = [
                    resolver.named_in("systems", part, company=talk.company)
                    for part in (text[first:last], text)
                ]
                system = next((one for one in named if len(one) == 1), None)
                if system:
                    satisfied = "satisfied" if mark >= SATISFIED else "not satisfied"
                    place = (talk.id, talk.company, talk.business_unit, index, start, end)
                    said = f"{mark:g} of 10"
                    yield Said(
                        *(*place, "satisfaction", said, {}, frozenset(system), text),
                        who=frozenset([satisfied]),
                    )


def mark_pairs(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The marks of two people for one system of which one praises and one damns."""
    for a, b in by_two_people(claims):
        if a.near == b.near and a.who != b.who:
            yield a, b
