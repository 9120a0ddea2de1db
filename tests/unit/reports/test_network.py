"""The picture of the relations: everything in sight, nothing on top of another, the same each time."""

from itertools import combinations

from intelligence_capture.reports.network import (
    ABOVE,
    HEIGHT,
    LABEL_HEIGHT,
    LABEL_WIDTH,
    SHOWN,
    WIDTH,
    picture,
)
from intelligence_capture.reports.rows import Canonical, Graph, Relation


def islands(count: int, each: int) -> Graph:
    """So many hubs, each with its own neighbours and tied to no other hub."""
    entities = [
        Canonical(
            id=f"{hub}-{number}",
            type="systems",
            label=f"{hub} {number}",
            mention_count=1,
            interview_count=1 if number else 30 - hub,
            items=(),
        )
        for hub in range(count)
        for number in range(each)
    ]
    relations = [
        Relation(
            source_id=f"{hub}-0",
            relation="uses",
            target_id=f"{hub}-{number}",
            ground="stated",
            strength=0.9,
        )
        for hub in range(count)
        for number in range(1, each)
    ]
    return Graph(entities=tuple(entities), relations=tuple(relations))


def test_no_two_labels_overlap_and_none_leaves_the_picture():
    places = picture(islands(7, 5))

    assert len(places) == SHOWN
    assert not [
        (one.id, two.id)
        for one, two in combinations(places, 2)
        # Places are rounded, so that neighbours may come a point nearer than their room.
        if abs(one.x - two.x) < LABEL_WIDTH - 2 and abs(one.y - two.y) < LABEL_HEIGHT - 2
    ]
    assert all(LABEL_WIDTH / 2 <= one.x <= WIDTH - LABEL_WIDTH / 2 for one in places)
    assert all(ABOVE <= one.y <= HEIGHT - LABEL_HEIGHT + ABOVE for one in places)


def test_same_graph_same_picture():
    assert picture(islands(3, 3)) == picture(islands(3, 3))


def test_a_graph_without_relations_has_no_picture():
    assert picture(Graph()) == ()
