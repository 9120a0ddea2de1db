"""What is known of each unit of an answer: cues, question, words around it, and its meaning as a vector."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from intelligence_capture.catalogue import Catalogue, EntityType
from intelligence_capture.embedding import DIMENSIONS, Embedder, Matrix
from intelligence_capture.offline.folding import Folded, compile_folded
from intelligence_capture.offline.mention import Mention
from intelligence_capture.offline.questions import KINDS
from intelligence_capture.offline.segments import LONG_UNIT, Unit
from intelligence_capture.offline.signs import AT_START, SIGNS

_MOST_HITS = 3
"""Cue hits in a unit beyond which more say nothing more."""

IN_ENGLISH = "in_english "
"""Before the name of a feature that says the same, but in English answers only: a cue may be worth more there."""

_SHAPES = (
    "sentence",
    "whole",
    "item",
    "first_clause",
    "last_clause",
    "pair",
    "first_sentence",
    "last_sentence",
    "english",
)
_MENTIONED = ("mentions_system", "mentions_channel", "mentions_party", "mentions_several_systems")


class Answered(NamedTuple):
    """An answer with everything that features are made of."""

    text: Folded
    units: list[Unit]
    mentions: list[Mention]
    kinds: tuple[tuple[str, float], ...]
    english: bool


class Cued(NamedTuple):
    """The compiled wordings of a type."""

    cues: tuple[re.Pattern[str], ...]
    anti_cues: tuple[re.Pattern[str], ...]


class FeatureMaker:
    """Rows of numbers for units, in blocks that are named and always stand in the same order."""

    def __init__(self, catalogue: Catalogue, embed: Embedder, tables: tuple[str, ...]) -> None:
        self._tables = tables
        self._embed = embed
        self._cued = [_cued(catalogue[table]) for table in tables]
        self._examples = [_Examples(catalogue[table], embed) for table in tables]
        plain = (
            *(f"cue:{table}" for table in tables),
            *(f"anti:{table}" for table in tables),
            *(f"around:{table}" for table in tables),
            *(f"near:{table}" for table in tables),
            *(f"question:{kind}" for kind in KINDS),
            *SIGNS,
            *(f"around:{sign}" for sign in SIGNS),
            *_SHAPES,
            *_MENTIONED,
            "words",
            "long",
            "position",
        )
        self.names = (
            *plain,
            *(f"{IN_ENGLISH}{name}" for name in plain),
            *(f"meaning:{index}" for index in range(DIMENSIONS)),
            *(f"context:{index}" for index in range(DIMENSIONS)),
        )

    def rows(self, answered: Answered) -> Matrix:
        """One row a unit of the answer."""
        units = answered.units
        if not units:
            return np.zeros((0, len(self.names)), dtype=np.float32)
        meanings = self._embed(tuple(answered.text.words(unit.start, unit.end) for unit in units))
        counted = _Counted(answered.text.folded, units)
        hits = counted.rows([cued.cues for cued in self._cued], most=_MOST_HITS)
        anti = counted.rows([cued.anti_cues for cued in self._cued], most=_MOST_HITS)
        signs = _signs(answered.text.folded, units, counted)
        sentence = _sentence_rows(units)
        neighbours = _neighbour_rows(units)
        near = np.stack([examples.nearness(meanings) for examples in self._examples], axis=1)
        question = np.zeros((len(units), len(KINDS)), dtype=np.float32)
        for kind, weight in answered.kinds:
            question[:, KINDS.index(kind)] = weight
        plain = np.concatenate(
            [
                hits,
                anti,
                _neighbour_mean(hits, neighbours),
                near,
                question,
                signs,
                _neighbour_mean(signs, neighbours),
                _shapes(answered),
            ],
            axis=1,
            dtype=np.float32,
        )
        in_english = plain * np.float32(answered.english)
        return np.concatenate([plain, in_english, meanings, meanings[sentence]], axis=1, dtype=np.float32)

    def meanings(self, texts: list[str]) -> Matrix:
        """A row of unit length for each text."""
        return self._embed(tuple(texts))


class _Counted:
    """Counts of what patterns find in each unit of an answer, from one look at the answer a pattern."""

    def __init__(self, folded: str, units: list[Unit]) -> None:
        self._folded = folded
        self._starts = np.array([unit.start for unit in units])[:, None]
        self._ends = np.array([unit.end for unit in units])[:, None]

    def rows(self, columns: Sequence[tuple[re.Pattern[str], ...]], *, most: int) -> Matrix:
        """A row a unit and a column a set of patterns: how often these stand wholly in the unit, up to `most`."""
        counts = np.zeros((len(self._starts), len(columns)), dtype=np.float32)
        for column, patterns in enumerate(columns):
            places = [match.span() for pattern in patterns for match in pattern.finditer(self._folded)]
            if places:
                starts, ends = np.array(places).T
                counts[:, column] = ((starts >= self._starts) & (ends <= self._ends)).sum(axis=1)
        return np.minimum(counts, most)


class _Examples:
    """The example sentences of a type as vectors."""

    def __init__(self, entity_type: EntityType, embed: Embedder) -> None:
        self._good = embed((*entity_type.examples.es, *entity_type.examples.en))
        self._bad = embed((*entity_type.counter_examples.es, *entity_type.counter_examples.en))

    def nearness(self, meanings: Matrix) -> Matrix:
        """How near each row is to the nearest examples, less how near to a counter-example."""
        good = _nearest(meanings, self._good)
        bad = _nearest(meanings, self._bad)
        nearness: Matrix = (good - 0.5 * np.maximum(bad - good + 0.1, 0)).astype(np.float32)
        return nearness


def _cued(entity_type: EntityType) -> Cued:
    return Cued(
        tuple(compile_folded(p) for p in (*entity_type.cues.es, *entity_type.cues.en)),
        tuple(compile_folded(p) for p in (*entity_type.anti_cues.es, *entity_type.anti_cues.en)),
    )


def _nearest(meanings: Matrix, examples: Matrix) -> Matrix:
    if not len(examples):
        return np.zeros(len(meanings), dtype=np.float32)
    closest: Matrix = np.sort(meanings @ examples.T, axis=1)[:, -2:].mean(axis=1)
    return closest


def _signs(folded: str, units: list[Unit], counted: _Counted) -> Matrix:
    """A row a unit: 1 for each sign that it begins with or holds."""
    rows = counted.rows([() if name in AT_START else (pattern,) for name, pattern in SIGNS.items()], most=1)
    for column, name in enumerate(SIGNS):
        if name in AT_START:
            rows[:, column] = [bool(SIGNS[name].match(folded, unit.start, unit.end)) for unit in units]
    return rows


def _sentence_rows(units: list[Unit]) -> list[int]:
    """For each unit the row of its sentence."""
    row_of = {unit.sentence: index for index, unit in enumerate(units) if unit.clause < 0}
    return [row_of[unit.sentence] for unit in units]


def _neighbour_rows(units: list[Unit]) -> list[list[int]]:
    """For each unit the rows of what stands before and after it: clauses of its sentence, or sentences."""
    row_of = {(unit.sentence, unit.clause): index for index, unit in enumerate(units) if unit.width == 1}
    found = []
    for unit in units:
        if unit.clause < 0:
            keys = [(unit.sentence - 1, -1), (unit.sentence + 1, -1)]
        else:
            keys = [(unit.sentence, unit.clause - 1), (unit.sentence, unit.clause + unit.width)]
            keys = [key for key in keys if key[1] >= 0]
        found.append([row_of[key] for key in keys if key in row_of])
    return found


def _neighbour_mean(rows: Matrix, neighbours: list[list[int]]) -> Matrix:
    return np.stack(
        [rows[near].mean(axis=0) if near else np.zeros(rows.shape[1], np.float32) for near in neighbours]
    )


def _shapes(answered: Answered) -> Matrix:
    units = answered.units
    clauses = {unit.sentence: 0 for unit in units}
    for unit in units:
        clauses[unit.sentence] = max(clauses[unit.sentence], unit.clause + unit.width)
    last = units[-1].sentence
    rows = []
    for unit in units:
        inside = {
            (m.type, m.name)
            for m in answered.mentions
            if m.start >= unit.start and m.end <= unit.end and "form" not in m.flags
        }
        systems = sum(kind == "systems" for kind, _ in inside)
        rows.append(
            [
                unit.clause < 0,
                clauses[unit.sentence] == 0,
                unit.item,
                unit.clause == 0,
                unit.clause >= 0 and unit.clause + unit.width == clauses[unit.sentence],
                unit.width > 1,
                unit.sentence == 0,
                unit.sentence == last,
                answered.english,
                systems > 0,
                any(kind == "communication_channels" for kind, _ in inside),
                any(kind == "external_dependencies" for kind, _ in inside),
                systems > 1,
                min((unit.end - unit.start) / 100, 3.0),
                unit.end - unit.start > LONG_UNIT,
                unit.sentence / max(last, 1),
            ]
        )
    return np.array(rows, dtype=np.float32)
