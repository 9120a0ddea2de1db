"""When a span of an extractor counts as a span of a label, and which belong together."""

from collections.abc import Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A place in an answer, in code points."""

    answer: int
    start: int
    end: int


SHORT = 120
"""Characters up to which a span may be longer than three times the other."""


def shared(one: Span, other: Span) -> int:
    """The characters that two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start)) if one.answer == other.answer else 0


def matched(one: Span, other: Span) -> bool:
    """Whether they share half of the shorter one, and the longer one isn't too long."""
    lengths = sorted((one.end - one.start, other.end - other.start))
    return 2 * shared(one, other) >= lengths[0] > 0 < shared(one, other) and lengths[1] <= max(
        3 * lengths[0], SHORT
    )


def overlap_share(one: Span, other: Span) -> float:
    """What they share of what they cover together, 0 where they do not match."""
    if not matched(one, other):
        return 0.0
    return shared(one, other) / (max(one.end, other.end) - min(one.start, other.start))


def pairs(found: Sequence[Sequence[Span]], labels: Sequence[Sequence[Span]]) -> list[tuple[int, int]]:
    """One-to-one pairs of entities and labels that match in any of their spans: as many as possible."""
    partners = [
        [j for j, label in enumerate(labels) if any(matched(a, b) for a in spans for b in label)]
        for spans in found
    ]
    taken: dict[int, int] = {}

    def place(entity: int, tried: set[int]) -> bool:
        for label in partners[entity]:
            if label not in tried:
                tried.add(label)
                if label not in taken or place(taken[label], tried):
                    taken[label] = entity
                    return True
        return False

    for entity in range(len(found)):
        place(entity, set())
    return sorted((entity, label) for label, entity in taken.items())
