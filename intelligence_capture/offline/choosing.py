"""Which of the scored units become entities: no two of one type over the same words."""

from collections.abc import Sequence
from typing import NamedTuple

from intelligence_capture.embedding import Matrix
from intelligence_capture.offline.segments import Unit

BAD = ("failure_modes", "knowledge_gaps", "inefficiencies", "pain_points")
"""Types of which a statement is only one, in the order of the catalogue's rules."""


class Chosen(NamedTuple):
    """A unit taken for an entity of a table, with its score."""

    answer: int
    unit: Unit
    row: int
    table: str
    score: float


def choose(
    answer: int, units: Sequence[Unit], scores: Matrix, tables: Sequence[str], thresholds: Matrix
) -> list[Chosen]:
    """The best units of an answer for each table, above its threshold and not overlapping."""
    chosen: list[Chosen] = []
    for column, table in enumerate(tables):
        above = [row for row in range(len(units)) if scores[row, column] >= thresholds[column]]
        kept: list[Chosen] = []
        for row in sorted(above, key=lambda row: (-scores[row, column], row)):
            if not any(_overlap(units[row], other.unit) for other in kept):
                kept.append(Chosen(answer, units[row], row, table, float(scores[row, column])))
        chosen += kept
    return sorted(chosen, key=lambda c: (tables.index(c.table), c.unit.start, c.unit.end))


def _overlap(one: Unit, other: Unit) -> bool:
    return one.start < other.end and other.start < one.end
