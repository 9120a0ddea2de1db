"""What one sentence claims about something, and how far two of them are about the same."""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, TypeVar

from intelligence_capture.graph.quantities import Quantity, plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.scope import holds, lettered, missing, named_part, telling, where
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

_CLAUSE = re.compile(
    r"(?<!\d)[,.;:()]|[,;:()](?!\d)| - |\by\b(?= (?:se|el|la|los|las|yo|a|de ahi)\b)|\b(?:pero|but|porque|because)\b"
)
OWN = re.compile(
    r"\b(?:mi|mis|tengo|voy|vengo|asisto|participo|me|my|i|nuestr[oa]s? (?:analista|equipo)|yo)\b"
)
"""What somebody says of his own team, purse or day contradicts nobody who speaks of his."""
_FRONT_CONDITION = re.compile(
    r"\W*(?:si|cuando|mientras|en caso|salvo|segun|depende|if|when|whenever|unless|while)\b[^,;:.]{0,120}[,;:]"
)
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|"
    r"august|september|october|november|december"
)
"""What English writes with a capital and is no name."""
_SITE = re.compile(
    r"\b(?:obra|local|sede|planta|proyecto|sucursal|tienda|edificio|plant|site|branch|store)(?: de| del)? "
    r"(?P<name>[A-ZÁÉÍÓÚÑ]\w+(?: [A-ZÁÉÍÓÚÑ]\w+)*)"
)

T = TypeVar("T")
RARE = 200
"""A word is rare that stands in one sentence of so many, or in two at most."""
LONGEST = 400
"""Characters of a sentence on either side of a value that are read with it."""


class Said(NamedTuple):
    """One claim of one sentence: `words` with what each counts, and an amount, or a value in `who`.

    `near` are the stems of its clause, `chain` those of them that tell something, in their order, and `told`
    the same with all verbs; `topic` is told just before it and may be what it is about; `denied` where the
    claim is that `who` is not the value.
    """

    interview_id: str
    company: str
    business_unit: str
    question_index: int
    start: int
    end: int
    kind: str
    text: str
    words: Mapping[str, float]
    near: frozenset[str]
    context: str
    quantity: Quantity | None = None
    who: frozenset[str] = frozenset()
    own_post: str = ""
    chain: tuple[str, ...] = ()
    denied: bool = False
    told: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The stems of its proper names."""
        return proper_names(self.context)


class Weights:
    """How much each stem tells, from all sentences of all interviews."""

    def __init__(self, talks: Iterable[Talk]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for talk in talks:
            for answer in talk.answers:
                for start, end in sentences(answer.answer):
                    counts.update(stems_of(fold(answer.answer[start:end]).split()))
                    total += 1
        self._rare = {stem for stem, count in counts.items() if count <= max(2, total / RARE)}
        self._weights = {stem: math.log(1 + total / count) for stem, count in counts.items()}

    def of(self, stem: str) -> float:
        """The weight of a stem; an unknown one tells most."""
        return self._weights.get(stem, 8.0)

    def any_rare(self, stems: Iterable[str]) -> bool:
        """Whether one of the stems is rare."""
        return not self._rare.isdisjoint(stems)

    def likeness(self, a: Said, b: Said) -> float:
        """How far two claims are about the same thing, from 0 to 1: by their clauses and by their sentences."""
        clauses = self._cosine(dict.fromkeys(a.near, 1.0), dict.fromkeys(b.near, 1.0))
        whole = self._cosine(a.words, b.words)
        return max(0.5 * clauses + 0.5 * whole, 0.85 * whole)

    def _cosine(self, a: Mapping[str, float], b: Mapping[str, float]) -> float:
        shared = sorted(a.keys() & b.keys())
        dot = math.fsum(a[stem] * b[stem] * self.of(stem) ** 2 for stem in shared)
        return dot / (self._length(a) * self._length(b)) if shared else 0.0

    def _length(self, words: Mapping[str, float]) -> float:
        return (
            math.sqrt(math.fsum((count * self.of(stem)) ** 2 for stem, count in sorted(words.items()))) or 1.0
        )


def at_their_sites(talks: Iterable[Talk]) -> tuple[Talk, ...]:
    """The talks of people without a business unit with the site that they name with their post, where they do.

    What holds at one building site contradicts nothing at another.
    """
    found = []
    for talk in talks:
        first = talk.answers[0].answer if talk.answers else ""
        site = _SITE.search(first) if not talk.business_unit else None
        found.append(talk.model_copy(update={"business_unit": site["name"]}) if site else talk)
    return tuple(found)


def same_place(a: Talk | Said, b: Talk | Said) -> bool:
    """Whether claims of these two can clash at all: of one company and not of two units of it."""
    units = {a.business_unit, b.business_unit} - {""}
    return a.company == b.company and len(units) < 2


def by_two_people(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The pairs of claims of one kind that two people of one company make, in their order."""
    yield from pairs_by_two_people(claims, lambda claim: claim)


def pairs_by_two_people(claims: Iterable[T], said: Callable[[T], Said]) -> Iterator[tuple[T, T]]:
    """The same of anything that holds a claim."""
    groups: dict[tuple[str, str], list[T]] = defaultdict(list)
    for claim in claims:
        groups[said(claim).company, said(claim).kind].append(claim)
    for key in sorted(groups):
        for a, b in combinations(groups[key], 2):
            if said(a).interview_id != said(b).interview_id and same_place(said(a), said(b)):
                yield a, b


def elsewhere(a: Said, b: Said) -> bool:
    """Whether two sentences are restricted to different places, days or parts."""
    here, there = where(plain(a.context)), where(plain(b.context))
    restricted = missing(here, b.words) or missing(there, a.words)
    both = a.words.keys() & b.words.keys()
    parts = named_part(a.context, both) != named_part(b.context, both)
    return bool(restricted) or parts or lettered(a.context) != lettered(b.context)


def claimed(text: str, folded: str, first: int, last: int) -> bool:
    """Whether the clause of a sentence claims what holds now and always, also after what the sentence begins with."""
    if not holds(folded[first:last], text[first:last]):
        return False
    condition = _FRONT_CONDITION.match(text[:LONGEST].lower())
    return not condition or folded[condition.end() : first].strip(" ,;:") != "" or first < condition.end()


@lru_cache(maxsize=100_000)
def proper_names(text: str) -> frozenset[str]:
    """The stems of the words written with a capital, but for the first."""
    words = re.findall(r"\w+", text)
    names = [fold(word) for word in words[1:] if word[:1].isupper() and not word.isupper()]
    return stems_of([name for name in names if not _CALENDAR.fullmatch(name)])


def clause_at(folded: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around this place begins and ends, in lower case and without accents.

    Who types without commas has one clause: of it no more than LONGEST characters on either side.
    """
    begins, ends = _bounds(folded)
    before, after = bisect_right(ends, start), bisect_left(begins, end)
    first = ends[before - 1] if before else 0
    last = begins[after] if after < len(begins) else len(folded)
    return max(first, start - LONGEST), min(last, end + LONGEST)


def last_clause(text: str) -> tuple[int, int]:
    """Where the last clause of a text begins and ends, if it tells of something; else an empty place."""
    first, last = max(clauses(plain(text)), default=(0, 0))
    return (first, last) if telling(stems_of(fold(text[first:last]).split())) else (0, 0)


def clauses(folded: str) -> Iterator[tuple[int, int]]:
    """Where each clause with a word in it begins and ends; of a very long one its beginning."""
    begins, ends = _bounds(folded)
    for first, last in zip((0, *ends), (*begins, len(folded)), strict=True):
        if any(letter.isalnum() for letter in folded[first:last]):
            yield first, min(last, first + 2 * LONGEST)


@lru_cache(maxsize=256)
def _bounds(folded: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where what parts clauses begins and ends."""
    found = [match.span() for match in _CLAUSE.finditer(folded)]
    return tuple(begin for begin, _ in found), tuple(end for _, end in found)
