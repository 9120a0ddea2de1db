"""What comes first, and by whose voices."""


def test_systems_are_ranked_by_interviews_that_tell_of_a_problem(data):
    assert [
        (one.label, one.interviews, one.problem_interviews, one.satisfaction) for one in data.systems
    ] == [
        ("Opera", 2, 2, 3.0),
        ("SAP", 1, 0, None),
    ]


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
