"""Which of the scored units become entities: no two of one type over the same words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from intelligence_capture.embedding import Matrix
from intelligence_capture.offline.folding import compile_folded
from intelligence_capture.offline.segments import LONG_UNIT, Unit

BAD = ("failure_modes", "knowledge_gaps", "inefficiencies", "pain_points")
"""Types of which a statement is only one, in the order of the catalogue's rules."""


NEARLY_AS_BAD = 0.15
"""How far a second type of something bad may score below the first and still be one."""
CLOSE = 3
"""Characters between clauses that follow one another."""
LOWEST = 0.1
"""Score under which no unit of a trained table is looked at any further."""
SAME_MEANING = 0.72
"""Cosine from which two sayings of one type, in two answers, are one thing."""


_ACTIVITY = compile_folded(
    r"(?:(?:y|e|o|luego|despues|tambien|ademas|and|then|also|or|me|lo|la|los|las|le|les|se|yo) )*"
    r"(?:[a-z]{2,}(?:ar|er|ir)(?:l[oa]s?|les?|me|se|nos)?\b"
    r"|(?!(?:como|cuando|todo|solo|pero|cada|tengo|luego)\b)[a-z]{3,}(?:o|amos|emos|imos)\b"
    r"|(?:i|we) [a-z]+|[a-z]{3,}ing\b|[a-z]{3,}(?:cion|ciones|miento|mientos|aje|ment|tion)\b)"
)
BEGINS_ANEW = {"processes": _ACTIVITY, "kpis": compile_folded("")}
"""By type, how a clause begins that is a thing of its own beside the one before it, as an item of a list is."""


class Chosen(NamedTuple):
    """A unit taken for an entity of a table, with its score."""

    answer: int
    unit: Unit
    row: int
    table: str
    score: float


def choose(
    answer: int,
    units: Sequence[Unit],
    scores: Matrix,
    tables: Sequence[str],
    *,
    folded: str,
) -> list[Chosen]:
    """The best units of an answer for each table that score above the lowest and do not overlap.

    Clauses that follow one another in a sentence of the `folded` answer tell one thing of a table, unless the
    second begins anew.
    """
    scores = _one_kind_of_bad(scores, tables)
    chosen: list[Chosen] = []
    for column, table in enumerate(tables):
        above = [row for row in range(len(units)) if scores[row, column] >= LOWEST]
        kept: list[Chosen] = []
        for row in sorted(above, key=lambda row: (-scores[row, column], row)):
            if not any(_overlap(units[row], other.unit) for other in kept):
                kept.append(Chosen(answer, units[row], row, table, float(scores[row, column])))
        kept.sort(key=lambda one: (one.unit.start, one.unit.end))
        chosen += _told_on(kept, folded)
    return chosen


def _told_on(kept: Sequence[Chosen], folded: str) -> list[Chosen]:
    """The same, with each clause that goes on telling what the one before it told joined to that one."""
    told: list[Chosen] = []
    for one in kept:
        before = told[-1] if told else None
        anew = BEGINS_ANEW.get(one.table)
        if before and _goes_on(before.unit, one.unit) and not (anew and anew.match(folded, one.unit.start)):
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
