"""Which found entity is which gold one."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.evaluation.items import Item, found_item
from intelligence_capture.evaluation.matching import match, overlap
from intelligence_capture.records import Entity, Evidence
from intelligence_capture.spans import Span


def item(*spans, table="systems"):
    return Item(type=table, label="x", spans=tuple(Span(*span) for span in spans))


@pytest.mark.parametrize(
    ("gold", "found", "shared"),
    [
        ((0, 10, 20), (0, 10, 20), 10),
        ((0, 10, 20), (0, 15, 25), 5),  # half of the shorter
        ((0, 10, 20), (0, 16, 26), 0),  # less than half
        ((0, 10, 20), (1, 10, 20), 0),  # another answer
        ((0, 0, 10), (0, 0, 120), 10),  # long, but no longer than 120
        ((0, 0, 10), (0, 0, 121), 0),
        ((0, 0, 50), (0, 0, 150), 50),  # three times as long
        ((0, 0, 50), (0, 0, 151), 0),
    ],
)
def test_spans_are_close_by_shared_characters_and_length(gold, found, shared):
    assert overlap(item(gold), item(found)) == overlap(item(found), item(gold)) == shared


def test_any_pair_of_quotes_suffices():
    assert overlap(item((0, 0, 5), (3, 10, 20)), item((1, 0, 5), (3, 10, 20))) == 10


def test_another_type_is_no_match():
    assert match([item((0, 0, 9))], [item((0, 0, 9), table="kpis")]) == []


def test_each_is_matched_once():
    assert match([item((0, 0, 9))], [item((0, 0, 9)), item((0, 0, 9))]) == [(0, 0)]


def test_the_best_total_overlap_wins_over_the_first_come():
    gold = [item((0, 0, 10)), item((0, 5, 15))]
    found = [item((0, 5, 15)), item((0, 0, 9))]

    assert match(gold, found) == [(0, 1), (1, 0)]


def test_evidence_that_was_not_verified_matches_nothing():
    claimed = Evidence(question_index=0, start=None, end=None, quote="Opera", verified=False)
    entity = Entity(
        id="e", type="systems", label="Opera", description="", confidence=0.9, needs_review=True,
        extractor="x", evidence=(claimed,), fields={},
    )  # fmt: skip

    found = found_item(entity)

    assert (found.spans, found.quotes, match([item((0, 0, 5))], [found])) == ((), ("Opera",), [])


spans = st.tuples(st.integers(0, 1), st.integers(0, 30), st.integers(1, 20)).map(
    lambda t: (t[0], t[1], t[1] + t[2])
)


@given(st.lists(spans, max_size=4), st.lists(spans, max_size=4))
def test_no_other_assignment_shares_more(gold_spans, found_spans):
    gold, found = [item(s) for s in gold_spans], [item(s) for s in found_spans]
    padded = [*range(len(found)), *[None] * len(gold)]
    best = max(
        sum(overlap(gold[g], found[f]) for g, f in enumerate(order) if f is not None)
        for order in itertools.permutations(padded, len(gold))
    )

    pairs = match(gold, found)

    assert sum(overlap(gold[g], found[f]) for g, f in pairs) == best
    assert len({g for g, _ in pairs}) == len({f for _, f in pairs}) == len(pairs)
