"""Precision, recall and F1 with bootstrap intervals over interviews, and what confidence is worth."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from intelligence_capture.evaluation.items import Item
from intelligence_capture.records import Record

RESAMPLES = 2000
SEED = 20261123
BINS = 10

Floats = NDArray[np.float64]

RIGHT, FOUND, GOLD = range(3)
"""The last axis of counts: entities found that are right, all that were found, all that are labelled."""


class Measure(Record):
    """A value with its 95 % bootstrap interval; None where there is nothing to measure."""

    value: float | None
    low: float | None
    high: float | None


class Score(Record):
    """One type, or all of them."""

    gold: int
    found: int
    right: int
    precision: Measure
    recall: Measure
    f1: Measure


class Scores(Record):
    """A set of extractions against a set of labels.

    `micro` counts every entity alike, `macro` is the mean of the types that are labelled or found.
    """

    types: dict[str, Score]
    micro: Score
    macro: Score


class Bin(Record):
    """The found entities whose confidence lies in one tenth of the scale."""

    low: float
    high: float
    entities: int
    mean_confidence: float | None
    share_right: float | None


class Calibration(Record):
    """What confidence is worth: `error` is the mean distance between it and the share that is right."""

    error: float | None
    bins: tuple[Bin, ...]


def scores(counts: NDArray[np.int64], tables: Sequence[str]) -> Scores:
    """The scores of counts[interview, type, RIGHT | FOUND | GOLD]."""
    by_type, micro, macro = _rates(counts)
    totals = counts.sum(axis=0)
    whole = totals.sum(axis=0)
    return Scores(
        types={table: _score(totals[n], by_type[:, :, n]) for n, table in enumerate(tables)},
        micro=_score(whole, micro),
        macro=_score(whole, macro),
    )


def differences(
    counts: NDArray[np.int64], other: NDArray[np.int64], tables: Sequence[str]
) -> dict[str, Measure]:
    """F1 of the first counts less that of the second, by type, micro and macro; interviews stay paired."""
    these, those = _rates(counts), _rates(other)
    by_type = {table: _measure(these[0][2, :, n] - those[0][2, :, n]) for n, table in enumerate(tables)}
    return by_type | {
        "micro": _measure(these[1][2] - those[1][2]),
        "macro": _measure(these[2][2] - those[2][2]),
    }


def calibration(found: Sequence[tuple[Item, bool]]) -> Calibration:
    """How the confidence of found entities compares with whether they are right, in ten bins."""
    confidences = np.array([item.confidence for item, _ in found], dtype=float)
    right = np.array([is_right for _, is_right in found], dtype=float)
    places = np.minimum((confidences * BINS).astype(int), BINS - 1)
    bins = [_bin(number, confidences[places == number], right[places == number]) for number in range(BINS)]
    distances = [
        b.entities * abs(b.mean_confidence - b.share_right)
        for b in bins
        if b.mean_confidence is not None and b.share_right is not None
    ]
    return Calibration(error=sum(distances) / len(found) if found else None, bins=tuple(bins))


def _bin(number: int, confidences: Floats, right: Floats) -> Bin:
    held = len(confidences) > 0
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        entities=len(confidences),
        mean_confidence=float(confidences.mean()) if held else None,
        share_right=float(right.mean()) if held else None,
    )


def _rates(counts: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Precision, recall and F1 (the first axis) by type, micro and macro; the second axis are the resamples.

    The first resample is the set itself, the others are drawn from its interviews with replacement.
    """
    interviews = len(counts)
    drawn = np.random.default_rng(SEED).integers(interviews, size=(RESAMPLES, interviews))
    times = np.vstack([np.ones(interviews), [np.bincount(row, minlength=interviews) for row in drawn]])
    totals = np.einsum("ri,itc->rtc", times, counts)
    by_type = _precision_recall_f1(totals)
    return by_type, _precision_recall_f1(totals.sum(axis=1)), _mean_of_types(by_type)


def _precision_recall_f1(totals: Floats) -> Floats:
    right, found, gold = totals[..., RIGHT], totals[..., FOUND], totals[..., GOLD]
    return np.stack([_ratio(right, found), _ratio(right, gold), _ratio(2 * right, found + gold)])


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def _mean_of_types(by_type: Floats) -> Floats:
    """The mean over types that are labelled or found; there an undefined precision or recall is 0."""
    present = ~np.isnan(by_type[2])
    sums = np.where(present, np.nan_to_num(by_type), 0.0).sum(axis=-1)
    return np.stack([_ratio(each, present.sum(axis=-1).astype(float)) for each in sums])


def _score(totals: NDArray[np.int64], rates: Floats) -> Score:
    precision, recall, f1 = (_measure(rate) for rate in rates)
    return Score(
        gold=int(totals[GOLD]),
        found=int(totals[FOUND]),
        right=int(totals[RIGHT]),
        precision=precision,
        recall=recall,
        f1=f1,
    )


def _measure(values: Floats) -> Measure:
    if np.isnan(values[0]):
        return Measure(value=None, low=None, high=None)
    low, high = np.nanpercentile(values[1:], (2.5, 97.5))
    return Measure(value=float(values[0]), low=float(low), high=float(high))
