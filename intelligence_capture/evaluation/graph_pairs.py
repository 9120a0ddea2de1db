"""Consolidation against gold clusters: pairs of mentions that are joined and should be, or should not."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from intelligence_capture.evaluation.graph_gold import GoldCluster, Half, Label, half_of
from intelligence_capture.records import Record
from intelligence_capture.texts import fold

Names = Mapping[Label, tuple[tuple[str, str], ...]]
"""What became of each label that was found: the names in it, and the canonical entity of each."""


class PairScore(Record):
    """Pairs of mentions: in gold, of these both found, joined and right, joined and wrong.

    Precision is of the joined pairs, recall of all gold pairs; None where there is nothing to divide by.
    """

    gold: int
    both_found: int
    right: int
    false: int
    precision: float | None
    recall: float | None
    f1: float | None


class PairMistake(NamedTuple):
    """Two mentions that are joined and should not be (`false merge`), or the other way round (`missed`)."""

    kind: str
    type: str
    half: Half
    a: str
    b: str


class _Unit(NamedTuple):
    """A mention in a cluster, and the canonical entities that it became."""

    label: Label
    part: str
    cluster: int
    doubt: bool
    found: frozenset[str]


class _Pair(NamedTuple):
    a: _Unit
    b: _Unit
    same: bool
    joined: bool
    half: Half

    @property
    def interviews(self) -> tuple[str, str]:
        return self.a.label.interview, self.b.label.interview


def pair_scores(
    kind: str, clusters: Sequence[GoldCluster], names: Names, companies: Mapping[str, str]
) -> dict[str, PairScore]:
    """The scores of one type, by variant; `companies` has that of each interview."""
    pairs = _pairs(kind, clusters, names)
    largest = max(range(len(clusters)), key=lambda n: (len(clusters[n].mentions), -n), default=-1)
    chosen = {
        "all": pairs,
        "within a company": [p for p in pairs if len({companies.get(i) for i in p.interviews}) == 1],
        "without doubts": [p for p in pairs if not (p.a.doubt or p.b.doubt)],
        "without the largest": [p for p in pairs if largest not in (p.a.cluster, p.b.cluster)],
        "open": [p for p in pairs if p.half == "open"],
        "held back": [p for p in pairs if p.half == "held back"],
    }
    return {variant: _score(some) for variant, some in chosen.items()}


def pair_mistakes(kind: str, clusters: Sequence[GoldCluster], names: Names) -> list[PairMistake]:
    """The pairs that went wrong, but for those of labels that nothing was found for."""
    return [
        PairMistake("missed" if pair.same else "false merge", kind, pair.half, _text(pair.a), _text(pair.b))
        for pair in _pairs(kind, clusters, names)
        if pair.same != pair.joined and pair.a.found and pair.b.found
    ]


def _pairs(kind: str, clusters: Sequence[GoldCluster], names: Names) -> list[_Pair]:
    """All pairs that gold or the graph joins; two parts of one label are no pair."""
    units = sorted(_units(kind, clusters, names))
    return [
        _Pair(a, b, same, joined, half_of(kind, *{clusters[a.cluster].name, clusters[b.cluster].name}))
        for a, b in combinations(units, 2)
        if a.label != b.label and ((same := a.cluster == b.cluster) | (joined := bool(a.found & b.found)))
    ]


def _units(kind: str, clusters: Sequence[GoldCluster], names: Names) -> Iterable[_Unit]:
    for number, cluster in enumerate(clusters):
        for mention in cluster.mentions:
            label = Label(mention.interview, kind, mention.label)
            found = names.get(label, ())
            if mention.part:
                found = found and (max(found, key=lambda one: (_likeness(mention.part, one[0]), one)),)
            yield _Unit(label, mention.part, number, mention.doubt, frozenset(ident for _, ident in found))


def _likeness(part: str, text: str) -> float:
    return ratio(fold(part), fold(text))


def _score(pairs: Sequence[_Pair]) -> PairScore:
    gold = sum(pair.same for pair in pairs)
    right = sum(pair.same and pair.joined for pair in pairs)
    joined = sum(pair.joined for pair in pairs)
    return PairScore(
        gold=gold,
        both_found=sum(bool(pair.same and pair.a.found and pair.b.found) for pair in pairs),
        right=right,
        false=joined - right,
        precision=right / joined if joined else None,
        recall=right / gold if gold else None,
        f1=2 * right / (joined + gold) if joined + gold else None,
    )


def _text(unit: _Unit) -> str:
    part = f" [{unit.part}]" if unit.part else ""
    return f"{unit.label.label}{part} ({unit.label.interview})"
