"""Which found entity is which gold one, by where their evidence stands: decision 040."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from intelligence_capture.evaluation.items import Item
from intelligence_capture.spans import closest_overlap, shared

Pair = tuple[int, int]
"""The positions of a gold item and of a found one."""


def match(gold: Sequence[Item], found: Sequence[Item]) -> list[Pair]:
    """Which gold item is which found one within one interview: one to one, at the best total overlap."""
    return assign(gold, found, lambda g, f: overlap(g, f) if g.type == f.type else 0)


def assign(gold: Sequence[Item], found: Sequence[Item], weight: Callable[[Item, Item], int]) -> list[Pair]:
    """The one-to-one pairs with the greatest total weight; pairs without weight are none."""
    weights = np.array([[weight(g, f) for f in found] for g in gold]).reshape(len(gold), len(found))
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [
        (int(row), int(column)) for row, column in zip(rows, columns, strict=True) if weights[row, column]
    ]


def overlap(gold: Item, found: Item) -> int:
    """The characters that the best pair of spans shares, of those pairs that are close enough; else 0."""
    return closest_overlap(gold.spans, found.spans)


def touches(gold: Item, found: Item) -> int:
    """The characters that the best pair of spans shares, however far they differ."""
    return max((shared(a, b) for a in gold.spans for b in found.spans), default=0)
