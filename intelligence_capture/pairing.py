"""Pairs of two lists, one to one and the best in all: decision 040."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

A = TypeVar("A")
B = TypeVar("B")

Pair = tuple[int, int]
"""The positions of an item of the first list and of one of the second."""


def assign(first: Sequence[A], second: Sequence[B], weight: Callable[[A, B], int]) -> list[Pair]:
    """The one-to-one pairs with the greatest total weight; pairs without weight are none."""
    weights = np.array([[weight(a, b) for b in second] for a in first]).reshape(len(first), len(second))
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [
        (int(row), int(column)) for row, column in zip(rows, columns, strict=True) if weights[row, column]
    ]
