"""Contradictions and relations of a graph against gold."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from intelligence_capture.evaluation.graph_gold import (
    GoldClash,
    GoldRelation,
    GoldSide,
    Half,
    Label,
    half_of,
    place_of,
)
from intelligence_capture.records import Record
from intelligence_capture.spans import Span

GROUNDS = ("stated", "sentence", "answer")
"""Grounds of relations, the strongest first."""

Answers = Mapping[str, tuple[str, ...]]
"""What was said in each interview."""


class Share(Record):
    """What was found and is right, and what of gold was found; None where there is nothing to divide by."""

    found: int
    right: int
    precision: float | None
    gold: int
    hit: int
    recall: float | None


class ClashScore(Record):
    """Contradictions; those that gold calls arguable count neither way. `traps` were flagged all the same."""

    clear: Share
    planted: int
    planted_found: int
    arguable_found: int
    traps: int


class FoundSide(NamedTuple):
    """One side of a contradiction that the graph flags: where its sentence stands."""

    interview: str
    span: Span
    claim: str


class FoundClash(NamedTuple):
    """A contradiction that the graph flags."""

    field: str
    a: FoundSide
    b: FoundSide


class FoundRelation(NamedTuple):
    """A relation between two canonical entities as it was found in one interview."""

    interview: str
    source: str
    relation: str
    target: str
    ground: str


class GraphMistake(NamedTuple):
    """A contradiction or a relation that was missed, or that is wrong."""

    kind: str
    about: str
    half: Half
    a: str
    b: str


def clash_scores(
    gold: Sequence[GoldClash], found: Sequence[FoundClash], answers: Answers
) -> dict[str, ClashScore]:
    """The scores of all contradictions, and of each half."""
    verdicts = _verdicts(gold, found, answers)
    scores = {}
    for name in ("all", "open", "held back"):
        chosen = [one for one in gold if name in ("all", _half(one))]
        judged = [(clash, hit) for clash, hit in verdicts if name in ("all", _half(clash))]
        scores[name] = _clash_score(chosen, judged)
    return scores


def clash_mistakes(
    gold: Sequence[GoldClash], found: Sequence[FoundClash], answers: Answers
) -> list[GraphMistake]:
    """Clear contradictions that were missed, and flagged ones that are traps or nobody labelled."""
    verdicts = _verdicts(gold, found, answers)
    hit = [one for _, one in verdicts]
    missed = [
        GraphMistake("missed contradiction", one.thing, _half(one), _side(one.a), _side(one.b))
        for one in gold
        if one.strength == "clear" and one not in hit
    ]
    wrong = [
        GraphMistake(
            "false contradiction" if one is None else "trap",
            clash.field if one is None else one.thing,
            _half(clash),
            f"{clash.a.claim} ({clash.a.interview})",
            f"{clash.b.claim} ({clash.b.interview})",
        )
        for clash, one in verdicts
        if one is None or one.strength is None
    ]
    return [*missed, *wrong]


def relation_scores(
    gold: Sequence[GoldRelation], found: Sequence[FoundRelation], ends: Mapping[Label, frozenset[str]]
) -> dict[str, Share]:
    """Scores of the stated relations, of these and those in one sentence, and of all; by half for the first two.

    `ends` are the canonical entities of each label. Recall is of what gold requires between two labels. A
    relation between labelled ends is wrong by itself; others may be so because an end was invented.
    """
    asked = {one.interview for one in gold}
    scores = {}
    for name, grounds in (("stated", 1), ("stated or in one sentence", 2), ("all", 3)):
        for half in ("all", "open", "held back")[: 1 if grounds == 3 else 3]:
            inside = {one for one in asked if half in ("all", half_of("relations", one))}
            here = [one for one in gold if one.interview in inside]
            there = [one for one in found if one.ground in GROUNDS[:grounds] and one.interview in inside]
            scores[name if half == "all" else f"{name}, {half}"] = _relation_score(here, there, ends)
    labelled = {ident for idents in ends.values() for ident in idents}
    between = [one for one in found if one.interview in asked and {one.source, one.target} <= labelled]
    stated = [one for one in between if one.ground == GROUNDS[0]]
    scores["stated, between labelled ends"] = _relation_score(gold, stated, ends)
    return scores


def relation_mistakes(
    gold: Sequence[GoldRelation],
    found: Sequence[FoundRelation],
    ends: Mapping[Label, frozenset[str]],
    labels: Mapping[str, str],
) -> list[GraphMistake]:
    """Required relations that no ground but the answer finds, and stated or same-sentence ones not in gold."""
    asked = {one.interview for one in gold}
    judged = [one for one in found if one.ground != "answer" and one.interview in asked]
    keys = {_key(one) for one in judged}
    right = {key for one in gold for key in _keys(one, ends)}
    missed = [
        GraphMistake(
            "missed relation",
            one.relation,
            half_of("relations", one.interview),
            f"{one.from_label} ({one.from_type}, {one.interview})",
            f"{one.to_label} ({one.to_type})",
        )
        for one in gold
        if one.required and one.to_gold and not _keys(one, ends) & keys
    ]
    wrong = [
        GraphMistake(
            f"false relation ({one.ground})",
            one.relation,
            half_of("relations", one.interview),
            f"{labels[one.source]} ({one.interview})",
            labels[one.target],
        )
        for one in judged
        if _key(one) not in right
    ]
    return [*missed, *wrong]


def _verdicts(
    gold: Sequence[GoldClash], found: Sequence[FoundClash], answers: Answers
) -> list[tuple[FoundClash, GoldClash | None]]:
    """Which gold contradiction or trap each flagged one is; a contradiction before a trap."""
    ranked = sorted(gold, key=lambda one: ("clear", "arguable", None).index(one.strength))
    return [(clash, next((one for one in ranked if _is_same(one, clash, answers)), None)) for clash in found]


def _is_same(gold: GoldClash, found: FoundClash, answers: Answers) -> bool:
    def said(side: FoundSide, wanted: Sequence[GoldSide]) -> bool:
        return any(
            side.interview == one.interview and _overlap(side.span, place_of(one, answers[one.interview]))
            for one in wanted
        )

    a, b = gold.sides("a"), gold.sides("b")
    return (said(found.a, a) and said(found.b, b)) or (said(found.a, b) and said(found.b, a))


def _overlap(a: Span, b: Span) -> bool:
    """Whether they share half of the shorter: what is flagged is a sentence, and gold the words in it."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return a.question_index == b.question_index and 2 * shared >= min(a.end - a.start, b.end - b.start)


def _half(clash: GoldClash | FoundClash) -> Half:
    return half_of(clash.a.interview, clash.b.interview)


def _clash_score(
    gold: Sequence[GoldClash], verdicts: Sequence[tuple[FoundClash, GoldClash | None]]
) -> ClashScore:
    hits = [hit for _, hit in verdicts if hit is not None]
    arguable = sum(hit.strength == "arguable" for hit in hits)
    right = sum(hit.strength == "clear" for hit in hits)
    clear = [one for one in gold if one.strength == "clear"]
    planted = [one for one in clear if one.planted]
    judged = len(verdicts) - arguable
    return ClashScore(
        clear=_share(judged, right, len(clear), sum(one in hits for one in clear)),
        planted=len(planted),
        planted_found=sum(one in hits for one in planted),
        arguable_found=arguable,
        traps=sum(hit.strength is None for hit in hits),
    )


def _relation_score(
    gold: Sequence[GoldRelation], found: Sequence[FoundRelation], ends: Mapping[Label, frozenset[str]]
) -> Share:
    keys = {_key(one) for one in found}
    right = {key for one in gold for key in _keys(one, ends)}
    required = [one for one in gold if one.required and one.to_gold]
    hit = sum(bool(_keys(one, ends) & keys) for one in required)
    return _share(len(keys), len(keys & right), len(required), hit)


_Key = tuple[str, str, str, str]


def _key(one: FoundRelation) -> _Key:
    return (one.interview, one.source, one.relation, one.target)


def _keys(one: GoldRelation, ends: Mapping[Label, frozenset[str]]) -> set[_Key]:
    """The ways in which the graph may hold this relation."""
    return {
        (one.interview, source, one.relation, target)
        for source in ends.get(one.source, ())
        for target in ends.get(one.target, ())
    }


def _share(found: int, right: int, gold: int, hit: int) -> Share:
    return Share(
        found=found,
        right=right,
        precision=right / found if found else None,
        gold=gold,
        hit=hit,
        recall=hit / gold if gold else None,
    )


def _side(side: GoldSide) -> str:
    return f"{side.claim}: {side.quote} ({side.interview})"
