"""What is told of a company rests on its own rows alone."""

from intelligence_capture.reports.companies import by_company
from intelligence_capture.reports.rows import Canonical, Clash, Graph, Relation, Rows


def test_parts_every_row_by_company_and_shares_what_two_speak_of(data, catalogue):
    sol = [item for item in data.entities if item.company == "Sol"]
    nobody = [item for item in data.entities if item.company == ""]
    things = (thing("both", sol[0], nobody[0]), thing("own", sol[1]), thing("other", nobody[1]))
    relations = tuple(
        Relation(source_id="both", relation="causes", target_id=end, ground="stated")
        for end in ("own", "other")
    )
    clash = Clash("ana", "eva", (), ())
    rows = Rows(
        types=catalogue.types,
        talks=data.interviews,
        items=data.entities,
        graph=Graph(entities=things, relations=relations),
        clashes=(clash, Clash("ana", "luz", (), ())),
    )

    parts = by_company(rows)

    assert set(parts) == {talk.company for talk in data.interviews}
    assert parts["Sol"].items == tuple(sol)
    assert [one.id for one in parts["Sol"].graph.entities] == ["both", "own"]
    assert [one.target_id for one in parts["Sol"].graph.relations] == ["own"]
    assert [one.id for one in parts[""].graph.entities] == ["both", "other"]
    assert len(parts["Sol"].clashes) == 2
    assert parts[""].clashes == (clash,)


def thing(name, *items):
    return Canonical(
        id=name,
        type="systems",
        label=name,
        mention_count=1,
        interview_count=1,
        items=tuple(item.id for item in items),
    )
