"""How surely what was chosen is right: by its score, how many score higher in the answer, and how long that is.

A score alone misleads where people talk at length: of ten clauses that sound like a complaint, one is meant.
"""

import math
from collections.abc import Sequence

from intelligence_capture.offline.choosing import LOWEST, Chosen
from intelligence_capture.offline.segments import LONG_UNIT

_USUAL_ANSWER = 200
"""Characters of an answer of usual length."""
_USUAL_STRETCH = 70
"""Characters in which an interview usually holds one thing."""


def sparseness(chosen: Sequence[Chosen], *, characters: int) -> float:
    """How little an interview holds in its many words: 0 as usual, 1 where that is almost three times less."""
    held = 4 * sum(one.score - LOWEST for one in chosen)
    return math.log((characters + 300) / (held + 3) / _USUAL_STRETCH)


def judged_by(
    chosen: Sequence[Chosen], *, characters: int, sparse: float, english: bool
) -> list[dict[str, float]]:
    """For each of an answer's chosen units what speaks for and against it; all of them are needed at once."""
    length = math.log(characters / _USUAL_ANSWER + 0.3)
    rows = []
    for one in chosen:
        behind = math.log(1 + sum(o.table == one.table and o.score > one.score for o in chosen))
        features = {
            one.table: 1.0,
            f"score {one.table}": 4 * one.score,
            f"behind {one.table}": behind,
            "first": float(behind == 0),
            "length": length,
            "length behind": length * behind,
            "characters": (one.unit.end - one.unit.start) / 100,
            "long": float(one.unit.end - one.unit.start > LONG_UNIT),
            "sentence": float(one.unit.clause < 0),
            "sparse": sparse,
            "sparse score": sparse * 4 * one.score,
        }
        if english:
            features |= {
                "english": 1.0,
                "english score": 4 * one.score,
                "english behind": behind,
                "english first": float(behind == 0),
                "english length": length,
                "english sparse": sparse,
            }
        rows.append(features)
    return rows
