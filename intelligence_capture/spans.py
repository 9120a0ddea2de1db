"""Stretches of answers, and when two of them are the same place: decision 040."""

from collections.abc import Sequence
from typing import NamedTuple

from intelligence_capture.records import Evidence

LONGER_AT_MOST = 3
"""How many times as long as the shorter span the longer one may be…"""
ALWAYS_SHORT_ENOUGH = 120
"""… unless it is no longer than this many characters."""


class Span(NamedTuple):
    """A stretch of an answer, in code points, end exclusive."""

    question_index: int
    start: int
    end: int


def spans_of(evidence: Sequence[Evidence]) -> tuple[Span, ...]:
    """Where the evidence stands; what was not verified stands nowhere."""
    return tuple(
        Span(e.question_index, e.start, e.end)
        for e in evidence
        if e.verified and e.question_index is not None and e.start is not None and e.end is not None
    )


def closest_overlap(first: Sequence[Span], second: Sequence[Span]) -> int:
    """The characters that the best pair of spans shares, of those pairs that are close enough; else 0."""
    return max((_close(a, b) for a in first for b in second), default=0)


def shared(a: Span, b: Span) -> int:
    """The characters that both have."""
    return max(0, min(a.end, b.end) - max(a.start, b.start)) if a.question_index == b.question_index else 0


def _close(a: Span, b: Span) -> int:
    common = shared(a, b)
    shorter, longer = sorted((a.end - a.start, b.end - b.start))
    close = 2 * common >= shorter and longer <= max(LONGER_AT_MOST * shorter, ALWAYS_SHORT_ENOUGH)
    return common if close else 0
