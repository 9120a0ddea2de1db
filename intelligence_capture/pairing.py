"""Pairs of two lists, one to one and the best in all: decision 040."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

A = TypeVar("A")
B = TypeVar("B")

Pair = tuple[int, int]
"""The positions of an item of the first list and of one of the second."""


def assign(
    first: Sequence[A],
    second: Sequence[B],
    weight: Callable[[A, B], int],
    *,
    keys: Callable[[A | B], Iterable[Hashable]] = lambda _: ("all",),
) -> list[Pair]:
    """The one-to-one pairs with the greatest total weight; pairs without weight are none.

    `weight` is asked only of pairs that share one of their `keys`: where two share none, it must be 0.
    """
    with_key: dict[Hashable, list[int]] = defaultdict(list)
    for column, b in enumerate(second):
        for key in set(keys(b)):
            with_key[key].append(column)
    weights = np.zeros((len(first), len(second)), dtype=np.int64)
    for row, a in enumerate(first):
        for column in {column for key in keys(a) for column in with_key.get(key, ())}:
            weights[row, column] = weight(a, second[column])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [
        (int(row), int(column)) for row, column in zip(rows, columns, strict=True) if weights[row, column]
    ]
