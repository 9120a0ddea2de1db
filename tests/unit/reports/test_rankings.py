"""What comes first, and by whose voices."""

from intelligence_capture.reports.compose import compose
from intelligence_capture.reports.contradictions import in_order
from intelligence_capture.reports.rankings import rank_automation, rank_systems
from intelligence_capture.reports.rows import Canonical, Contradiction, Graph, Item, Relation, Rows, Talk


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


def test_what_several_tell_of_comes_before_what_one_tells_of_and_then_the_severest(data):
    assert [(pain.kind, pain.label[:10], pain.interviews, pain.severity) for pain in data.pain_points] == [
        ("system", "Opera", 2, "critical"),
        ("dependency", "FrioAndes", 2, None),
        ("pain", "Opera se c", 1, "critical"),
        ("pain", "Opera pier", 1, "high"),
        ("pain", "FrioAndes ", 1, None),
        ("pain", "espero a F", 1, None),
        ("pain", "</script><", 1, None),
    ]


def test_a_system_that_one_interview_alone_blames_is_no_pain_of_its_own(data):
    sol = next(one for one in data.companies if one.company == "Sol")

    assert [pain.label for pain in sol.pain_points if pain.kind != "pain"] == ["Opera"]


def test_a_row_says_only_what_its_own_people_said(catalogue):
    rows = joined(catalogue, ("Sol", "Rotación de personal", "cada lunes"), ("Luna", "Se van los mozos", ""))
    told = compose(rows, language="es")
    own = {one.company: one.pain_points[0] for one in told.companies}

    assert (own["Luna"].label, own["Luna"].frequency) == ("Se van los mozos", "")
    assert (own["Sol"].label, own["Sol"].frequency) == ("Rotación de personal", "cada lunes")
    # One of two people said how often: that is not what both say.
    assert (told.pain_points[0].label, told.pain_points[0].frequency) == ("Rotación de personal", "")


def joined(catalogue, *said):
    """One complaint of several companies as the graph joins it, under the words of the first."""
    items = tuple(
        item(f"p{n}", "pain_points", label).model_copy(
            update={"interview_id": f"i{n}", "company": company, "fields": {"frequency": frequency}}
        )
        for n, (company, label, frequency) in enumerate(said)
    )
    one = Canonical(
        id="c", type="pain_points", label=said[0][1], mention_count=len(said), interview_count=len(said),
        items=tuple(one.id for one in items),
    )  # fmt: skip
    talks = tuple(
        Talk(
            id=one.interview_id, company=one.company, business_unit="", department="", respondent="",
            role="", date="", language="es", source="", status="ok", error="",
        )
        for one in items
    )  # fmt: skip
    return Rows(types=catalogue.types, talks=talks, items=items, graph=Graph(entities=(one,)))


def test_automation_shows_its_marks_and_quadrant(data):
    one = data.automation[0]

    assert (one.effort, one.impact, one.quadrant, one.systems) == (2, 5, "quick_win", ("Opera",))
    assert one.problem_interviews == 2


def test_findings_say_how_many_of_how_many_interviews(data):
    assert [one.label for one in data.findings[:6]] == [one.label for one in data.pain_points[:6]]
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


def test_contradictions_about_money_come_first_and_head_counts_last():
    fields = ("team_size", "reports_to", "minutes", "USD")
    clashes = tuple(
        Contradiction(
            canonical_id=None, label=field, type="", field=field, claim_a="1", claim_b="2",
            interview_a="a", interview_b="b", quote_a="", quote_b="",
        )
        for field in fields
    )  # fmt: skip

    assert [one.field for one in in_order(Graph(contradictions=clashes))] == list(reversed(fields))


def test_a_wish_relieves_only_what_other_words_tell_of(catalogue):
    copying, retyping = "copiar ventas al Excel", "copiar ventas al Excel cada lunes"
    items = (item("a", "automation_candidates", copying), item("p", "pain_points", retyping))
    other = item("q", "pain_points", "las ventas llegan tarde")
    entities = tuple(
        canonical(f"c{one.id}", one.type, one.id).model_copy(update={"label": one.label})
        for one in (*items, other)
    )
    relations = tuple(
        Relation(source_id="ca", relation="addresses", target_id=target, ground="stated")
        for target in ("cp", "cq")
    )
    rows = Rows(
        types=catalogue.types,
        talks=(),
        items=(*items, other),
        graph=Graph(entities=entities, relations=relations),
    )

    assert rank_automation(rows, ())[0].addresses == ("las ventas llegan tarde",)
