"""Which of the scored units become entities: no two of one type over the same words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from intelligence_capture.embedding import Matrix
from intelligence_capture.offline.segments import LONG_UNIT, Unit

BAD = ("failure_modes", "knowledge_gaps", "inefficiencies", "pain_points")
"""Types of which a statement is only one, in the order of the catalogue's rules."""


NEARLY_AS_BAD = 0.15
"""How far a second type of something bad may score below the first and still be one."""
CLOSE = 3
"""Characters between clauses that follow one another."""
SAME_MEANING = 0.72
"""Cosine from which two sayings of one type, in two answers, are one thing."""


NAMED_APART = ("processes", "kpis")
"""Types of which neighbouring clauses are different things, as the items of a list are."""


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
    scores = _one_kind_of_bad(scores, tables)
    chosen: list[Chosen] = []
    for column, table in enumerate(tables):
        above = [row for row in range(len(units)) if scores[row, column] >= thresholds[column]]
        kept: list[Chosen] = []
        for row in sorted(above, key=lambda row: (-scores[row, column], row)):
            if not any(_overlap(units[row], other.unit) for other in kept):
                kept.append(Chosen(answer, units[row], row, table, float(scores[row, column])))
        kept.sort(key=lambda one: (one.unit.start, one.unit.end))
        chosen += kept if table in NAMED_APART else _told_on(kept)
    return chosen


def _told_on(kept: Sequence[Chosen]) -> list[Chosen]:
    """The same, with clauses that follow one another in a sentence as one: they tell one thing."""
    told: list[Chosen] = []
    for one in kept:
        before = told[-1] if told else None
        if before is not None and _goes_on(before.unit, one.unit):
            whole = before.unit._replace(end=one.unit.end, width=before.unit.width + one.unit.width)
            told[-1] = before._replace(unit=whole, score=max(before.score, one.score))
        else:
            told.append(one)
    return told


def _goes_on(before: Unit, after: Unit) -> bool:
    return (
        before.sentence == after.sentence
        and min(before.clause, after.clause) >= 0
        and after.start - before.end <= CLOSE
        and after.end - before.start <= LONG_UNIT
    )


def said_once(chosen: Sequence[Chosen], meanings: Matrix) -> list[tuple[Chosen, ...]]:
    """What was chosen, gathered where another answer says the same thing of the same table again."""
    gathered: list[list[int]] = []
    for index, one in enumerate(chosen):
        for group in gathered:
            first = chosen[group[0]]
            if (
                first.table == one.table
                and all(chosen[other].answer != one.answer for other in group)
                and float(meanings[group[0]] @ meanings[index]) >= SAME_MEANING
            ):
                group.append(index)
                break
        else:
            gathered.append([index])
    return [tuple(chosen[index] for index in group) for group in gathered]


def _one_kind_of_bad(scores: Matrix, tables: Sequence[str]) -> Matrix:
    """The scores, with each unit's for something bad struck out but for the best of them."""
    columns = [index for index, table in enumerate(tables) if table in BAD]
    if len(columns) < 2 or not len(scores):
        return scores
    bad = scores[:, columns]
    left = scores.copy()
    left[:, columns] = np.where(bad >= bad.max(axis=1, keepdims=True) - NEARLY_AS_BAD, bad, -1.0)
    return left


def _overlap(one: Unit, other: Unit) -> bool:
    return one.start < other.end and other.start < one.end
