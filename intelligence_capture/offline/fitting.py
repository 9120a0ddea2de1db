"""Fits of the offline extractor's weights, each with some of the labelled interviews left out."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from intelligence_capture.offline.features import IN_ENGLISH
from intelligence_capture.offline.labelled import Labelled, places_of
from intelligence_capture.offline.matching import Span, overlap_share, pairs
from intelligence_capture.offline.named import group_features

PENALTY = 100.0
"""Ridge penalty on the scaled features."""
SCALES = {"meaning": 4.0, "context": 3.0, "near": 3.0}
"""How much a block of features counts before the penalty evens them out."""
NEARLY = 0.7
"""A unit this good, beside the best unit for a label, is as right as that one."""
HALF_RIGHT = 0.35
"""What a unit is worth that matches a label, but not as well as another."""
FORGOTTEN_QUESTION = 0.3
"""Weight of a second copy of all rows whose question is unknown: the scorer must not lean on it alone."""
FORGOTTEN_NAMES = 0.5
"""Weight of the copies in which half of the known systems are unknown, as they are in other trades."""

Floats = NDArray[np.float64]


class Fit(NamedTuple):
    """A fitted linear map of rows to scores, and the weights of named things."""

    matrix: Floats
    bias: Floats
    named: dict[str, dict[str, float]]


class _Sums(NamedTuple):
    """What a ridge regression needs to know of rows and targets; sums of parts are the sums of the whole."""

    squares: Floats
    products: Floats
    rows: Floats
    targets: Floats
    weight: float


class Judged(NamedTuple):
    """A named thing, or a unit that was chosen, as training sees it."""

    features: dict[str, float]
    right: bool
    weight: float


class Fits:
    """Fits to labelled interviews that come in folds, each fold read once."""

    def __init__(
        self,
        folds: dict[str, list[Labelled]],
        features: tuple[str, ...],
        told: tuple[str, ...],
        named: tuple[str, ...],
    ) -> None:
        self._scales = np.array(
            [SCALES.get(name.split(":")[0], 1.0) if ":" in name else 1.0 for name in features]
        )
        self._sums = {fold: _sums(ones, features, told, self._scales) for fold, ones in folds.items()}
        self._names = {
            fold: {table: [name for one in ones for name in _names(one, table)] for table in named}
            for fold, ones in folds.items()
        }
        self._named = named

    def without(self, fold: str | None) -> Fit:
        """The fit to all folds but this one; None leaves nothing out."""
        kept = [name for name in self._sums if name != fold]
        matrix, bias = _ridge([self._sums[name] for name in kept])
        named = {
            table: fit_likelihood([one for name in kept for one in self._names[name][table]])
            for table in self._named
        }
        return Fit(matrix * self._scales[:, None], bias, named)


def _sums(
    labelled: Sequence[Labelled], features: tuple[str, ...], told: tuple[str, ...], scales: Floats
) -> _Sums:
    """The sums over the units, once with the question that was asked and once without."""
    rows = np.concatenate([row for one in labelled for row in one.rows]).astype(np.float64) * scales
    targets = np.concatenate([_targets(one, told) for one in labelled])
    forgetful = rows.copy()
    forgetful[:, [index for index, name in enumerate(features) if "question:" in name]] = 0.0
    forgetful[:, features.index("question:other")] = 1.0
    in_english = features.index(f"{IN_ENGLISH}english")
    forgetful[:, features.index(f"{IN_ENGLISH}question:other")] = rows[:, in_english]
    parts = [
        _Sums(
            weight * each.T @ each,
            weight * each.T @ targets,
            weight * each.sum(axis=0),
            weight * targets.sum(axis=0),
            weight * len(each),
        )
        for each, weight in ((rows, 1.0), (forgetful, FORGOTTEN_QUESTION))
    ]
    return _added(parts)


def _added(parts: Sequence[_Sums]) -> _Sums:
    return _Sums(
        sum((part.squares for part in parts[1:]), parts[0].squares),
        sum((part.products for part in parts[1:]), parts[0].products),
        sum((part.rows for part in parts[1:]), parts[0].rows),
        sum((part.targets for part in parts[1:]), parts[0].targets),
        sum(part.weight for part in parts),
    )


def _ridge(parts: Sequence[_Sums]) -> tuple[Floats, Floats]:
    """The linear map that fits best in weighted squares, with a penalty on its size."""
    whole = _added(parts)
    row_mean, target_mean = whole.rows / whole.weight, whole.targets / whole.weight
    squares = whole.squares - np.outer(whole.rows, row_mean) + PENALTY * np.eye(len(row_mean))
    products = whole.products - np.outer(whole.rows, target_mean)
    matrix = np.linalg.solve(squares, products).astype(np.float64)
    return matrix, target_mean - row_mean @ matrix


def _targets(one: Labelled, told: tuple[str, ...]) -> Floats:
    """How right each unit is for each table: 1 for the best unit of a label and those nearly as good."""
    places = [
        Span(index, *answered.text.raw_span(unit.start, unit.end))
        for index, answered in enumerate(one.answers)
        for unit in answered.units
    ]
    targets = np.zeros((len(places), len(told)))
    for table, spans in one.labels:
        if table not in told:
            continue
        fits = np.array(
            [max((overlap_share(place, span) for span in spans), default=0.0) for place in places]
        )
        if len(fits) and fits.max() > 0:
            worth = np.where(fits >= NEARLY * fits.max(), 1.0, np.where(fits > 0, HALF_RIGHT, 0.0))
            column = told.index(table)
            targets[:, column] = np.maximum(targets[:, column], worth)
    return targets


def _names(one: Labelled, table: str) -> list[Judged]:
    """The interview's named things of this type, and again where half of the known systems are forgotten."""
    labels = [spans for kind, spans in one.labels if kind == table]
    return [
        Judged(
            group_features(group, english=one.interview.language == "en"),
            bool(pairs([places_of(one, group)], labels)),
            weight,
        )
        for groups, weight in ((one.groups, 1.0), *((part, FORGOTTEN_NAMES) for part in one.forgetful))
        for group in groups
        if group.type == table
    ]


def fit_likelihood(ones: Sequence[Judged]) -> dict[str, float]:
    """Logistic regression on the features of named things or chosen units, the constant under ''."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    if len({name.right for name in ones}) < 2:
        return {"": 0.0}
    vectorizer = DictVectorizer(sparse=False)
    model = LogisticRegression(C=0.3, max_iter=5000)
    rows = vectorizer.fit_transform([name.features for name in ones])
    model.fit(rows, [name.right for name in ones], sample_weight=[name.weight for name in ones])
    weights = {
        str(n): round(float(w), 4) for n, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    }
    return {"": round(float(model.intercept_[0]), 4)} | {
        name: weight for name, weight in weights.items() if weight
    }
