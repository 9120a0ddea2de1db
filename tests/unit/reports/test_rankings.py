"""What comes first, and by whose voices."""

from intelligence_capture.reports.rankings import rank_systems
from intelligence_capture.reports.rows import Canonical, Graph, Item, Relation, Rows


def test_systems_are_ranked_by_interviews_that_tell_of_a_problem(data):
    assert [
        (one.label, one.interviews, one.problem_interviews, one.satisfaction) for one in data.systems
    ] == [
        ("Opera", 2, 2, 3.0),
        ("SAP", 1, 0, None),
    ]


def test_only_a_stated_relation_blames_a_system(catalogue):
    stated = Relation(source_id="c1", relation="causes", target_id="c2", ground="stated")
    together = stated.model_copy(update={"ground": "co-mentioned"})
    rows = Rows(
        types=catalogue.types,
        talks=(),
        items=(item("s", "systems", "Opera"), item("p", "pain_points", "todo va lento")),
        graph=Graph(entities=(canonical("c1", "systems", "s"), canonical("c2", "pain_points", "p"))),
    )

    for relation, blamed in ((stated, ("p",)), (together, ())):
        graph = rows.graph.model_copy(update={"relations": (relation,)})
        assert rank_systems(rows.model_copy(update={"graph": graph}))[0].problem_items == blamed


def item(name, table, label):
    return Item(
        id=name, type=table, interview_id="i", label=label, description="", company="", business_unit="",
        department="", confidence=0.9, needs_review=False, extractor="x", fields={},
    )  # fmt: skip


def canonical(name, table, mention):
    return Canonical(id=name, type=table, label=mention, mention_count=1, interview_count=1, items=(mention,))


def test_pain_points_weigh_severity_times_interviews(data):
    assert [(pain.severity, pain.interviews) for pain in data.pain_points] == [
        ("critical", 1),
        ("high", 1),
        (None, 1),
    ]


def test_automation_shows_its_marks_and_quadrant(data):
    one = data.automation[0]

    assert (one.effort, one.impact, one.quadrant, one.systems) == (2, 5, "quick_win", ("Opera",))
    assert one.problem_interviews == 2


def test_findings_say_how_many_of_how_many_interviews(data):
    assert [(one.kind, one.label, one.interviews, one.of) for one in data.findings if one.kind != "pain"] == [
        ("system", "Opera", 2, 3),
        ("dependency", "FrioAndes", 2, 3),
        ("automation", "integrar Opera con SAP", 1, 3),
    ]


def test_findings_of_a_company_are_those_of_its_interviews_alone(data):
    sol = next(one for one in data.companies if one.company == "Sol")

    assert [(one.label, one.interviews, one.of) for one in sol.findings if one.kind == "system"] == [
        ("Opera", 2, 2)
    ]
    assert not any(one.kind == "dependency" for one in sol.findings)
