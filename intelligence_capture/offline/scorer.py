"""How likely it is that a unit, or a named thing, is an entity of a type: trained weights, or cues alone."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from intelligence_capture.embedding import Matrix
from intelligence_capture.offline.choosing import Chosen
from intelligence_capture.offline.judging import judged_by
from intelligence_capture.offline.named import linear

WEIGHTS = Path(__file__).parent / "data" / "weights.npz"


class Weights(NamedTuple):
    """What training found. `matrix` has a row a feature and a column a table.

    `judges` holds, by language, weights of what speaks for and against a chosen unit: they give the share
    of such cases that were right, and `thresholds` is the share from which an entity is kept. `named` holds the
    weights of named things by type and feature; their thresholds are in `named_thresholds`.
    """

    features: tuple[str, ...]
    tables: tuple[str, ...]
    matrix: Matrix
    bias: Matrix
    thresholds: Matrix
    judges: dict[str, dict[str, float]]
    named: dict[str, dict[str, float]]
    named_thresholds: dict[str, float]


class Scorer:
    """Scores of units for every table of a catalogue, whether it was trained for or not."""

    def __init__(self, weights: Weights, features: tuple[str, ...], tables: tuple[str, ...]) -> None:
        """`features` names the columns of the rows to come; `tables` are those to score."""
        self.tables = tables
        row_of = {name: index for index, name in enumerate(weights.features)}
        column_of = {table: index for index, table in enumerate(weights.tables)}
        self._matrix = np.zeros((len(features), len(tables)), dtype=np.float32)
        self._bias = np.zeros(len(tables), dtype=np.float32)
        self._judges = weights.judges
        self._thresholds = {
            table: float(limit) for table, limit in zip(weights.tables, weights.thresholds, strict=True)
        }
        known = [(i, row_of[name]) for i, name in enumerate(features) if name in row_of]
        here, there = [i for i, _ in known], [j for _, j in known]
        for index, table in enumerate(tables):
            if table in column_of:
                column = column_of[table]
                self._matrix[here, index] = weights.matrix[there, column]
                self._bias[index] = weights.bias[column]
            else:
                self._by_cues(index, table, features)

    def scores(self, rows: Matrix) -> Matrix:
        """A score a unit and table; comparable within a table."""
        scored: Matrix = rows @ self._matrix + self._bias
        return scored

    def kept(
        self, chosen: Sequence[Chosen], *, characters: int, sparse: float, english: bool
    ) -> list[Chosen]:
        """Those of an answer's chosen units that are likely enough right, with that likelihood as their score."""
        kept = []
        judge = self._judges["en" if english else "es"]
        rows = judged_by(chosen, characters=characters, sparse=sparse, english=english)
        for one, features in zip(chosen, rows, strict=True):
            if one.table in self._thresholds:
                likely, limit = logistic(linear(judge, features)), self._thresholds[one.table]
            else:
                likely, limit = logistic(_CUE_SLOPE * (one.score - _CUE_SCORE)), 0.5
            if likely >= limit:
                kept.append(one._replace(score=likely))
        return kept

    def _by_cues(self, index: int, table: str, features: tuple[str, ...]) -> None:
        """A table that nothing was trained for: its cues and its examples decide."""
        for name, weight in ((f"cue:{table}", 0.25), (f"anti:{table}", -0.3), (f"near:{table}", 1.2)):
            if name in features:
                self._matrix[features.index(name), index] = weight
        self._bias[index] = -0.1


_LANGUAGES = ("es", "en")
_CUE_SCORE = 0.5
_CUE_SLOPE = 4.0


def logistic(score: float) -> float:
    """The logistic curve at `score`."""
    return float(1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0))))


def save_weights(weights: Weights, path: Path = WEIGHTS) -> None:
    """Write the weights; the same weights give the same bytes."""
    flat = [(table, name, value) for table, found in weights.named.items() for name, value in found.items()]
    np.savez_compressed(
        path,
        features=np.array(weights.features),
        tables=np.array(weights.tables),
        matrix=weights.matrix.astype(np.float16),
        bias=weights.bias,
        thresholds=weights.thresholds,
        judge_features=np.array(list(weights.judges["es"])),
        judge_values=np.array(
            [list(weights.judges[language].values()) for language in _LANGUAGES], dtype=np.float32
        ),
        named_tables=np.array([table for table, _, _ in flat]),
        named_features=np.array([name for _, name, _ in flat]),
        named_values=np.array([value for _, _, value in flat], dtype=np.float32),
        named_threshold_tables=np.array(list(weights.named_thresholds)),
        named_threshold_values=np.array(list(weights.named_thresholds.values()), dtype=np.float32),
    )


@lru_cache(maxsize=4)
def load_weights(path: Path = WEIGHTS) -> Weights:
    """The weights that training wrote."""
    with np.load(path, allow_pickle=False) as kept:
        named: dict[str, dict[str, float]] = {}
        rows = zip(kept["named_tables"], kept["named_features"], kept["named_values"], strict=True)
        for table, name, value in rows:
            named.setdefault(str(table), {})[str(name)] = float(value)
        return Weights(
            features=tuple(map(str, kept["features"])),
            tables=tuple(map(str, kept["tables"])),
            matrix=kept["matrix"].astype(np.float32),
            bias=kept["bias"].astype(np.float32),
            thresholds=kept["thresholds"].astype(np.float32),
            judges={
                language: _by_name(kept["judge_features"], values)
                for language, values in zip(_LANGUAGES, kept["judge_values"], strict=True)
            },
            named=named,
            named_thresholds=_by_name(kept["named_threshold_tables"], kept["named_threshold_values"]),
        )


def _by_name(names: NDArray[np.str_], values: NDArray[np.float32]) -> dict[str, float]:
    return {str(name): float(value) for name, value in zip(names, values, strict=True)}
