"""Batches are of a bounded size, and a new interview touches just its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.batches import batches

IDS = [f"interview-{number}" for number in range(500)]


@pytest.mark.parametrize("most", [2, 7, 40, 499, 500])
def test_every_interview_is_in_one_batch_of_at_most_so_many(most):
    made = batches(IDS, most)

    assert sorted(one for members in made.values() for one in members) == sorted(IDS)
    assert max(map(len, made.values())) <= most
    assert len(made) <= 4 * len(IDS) / most


def test_a_new_interview_changes_no_batch_but_its_own():
    for new in (f"new-{number}" for number in range(50)):
        before, after = batches(IDS, 20), batches([*IDS, new], 20)

        touched = {one for name, members in before.items() if after.get(name) != members for one in members}

        assert len(touched) <= 20
        assert len(after) <= len(before) + 2 or len(touched) == 20


@given(st.sets(st.text("abc-", min_size=1)), st.integers(1, 5))
def test_the_order_of_the_interviews_does_not_matter(ids, most):
    assert batches(sorted(ids), most) == batches(sorted(ids, reverse=True), most)


def test_all_share_one_batch_where_they_fit():
    assert batches(["b", "a"], 2) == {"all": ("a", "b")}
