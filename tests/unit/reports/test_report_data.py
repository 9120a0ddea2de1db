"""The reads of the reports: every figure is what SQL says, and what is not there is left out."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from intelligence_capture.errors import DatabaseError
from intelligence_capture.records import Evidence
from intelligence_capture.reports.rows import Check, Pattern, Relation
from intelligence_capture.reports.wording import first_lines
from intelligence_capture.storage.report_data import report_data


def ask(database, question):
    with closing(sqlite3.connect(database)) as db:
        return db.execute(question).fetchall()


def test_every_count_is_what_sql_counts(database, data):
    assert [(one.type, one.entities, one.interviews) for one in data.types] == ask(
        database, "select type, entities, interviews from entity_counts"
    )
    assert (data.quality.entities, data.quality.needs_review) == ask(
        database, "select count(*), sum(needs_review) from all_entities"
    )[0]
    assert (data.quality.quotes, data.quality.unverified_quotes) == ask(
        database, "select count(*), sum(verified = 0) from evidence"
    )[0]
    assert (
        data.severities["critical"]
        == ask(database, "select count(*) from pain_points where severity = 'critical'")[0][0]
    )
    assert (
        data.quadrants["quick_win"]
        == ask(database, "select count(*) from automation_candidates where quadrant = 'quick_win'")[0][0]
    )
    assert {one.company: (one.interviews, one.entities) for one in data.companies} == {
        company: (interviews, entities)
        for company, interviews, entities in ask(
            database,
            "select i.company, count(distinct i.id), count(e.id) from interviews i "
            "left join entities e on e.interview_id = i.id group by 1",
        )
    }


def test_says_how_many_interviews_are_in_and_what_stopped_the_others(data):
    progress = data.progress

    assert (progress.interviews, progress.extracted, progress.failed, progress.pending) == (5, 3, 1, 1)
    assert progress.stopped == ("the budget of 5 dollars is spent",)
    assert not progress.complete


def test_keeps_offsets_in_code_points_and_what_was_not_verified(data):
    by_label = {item.label: item for item in data.entities if item.interview_id == "luz"}
    luz = next(talk for talk in data.interviews if talk.id == "luz").answers[1].answer
    quote = by_label["FrioAndes"].evidence[0]

    assert luz[quote.start : quote.end] == "FrioAndes"
    assert by_label["una cita que nadie dijo jamás aquí"].evidence == (
        Evidence(
            question_index=None,
            start=None,
            end=None,
            quote="una cita que nadie dijo jamás aquí",
            verified=False,
        ),
    )


def test_reads_the_graph_where_there_is_one(database, graph, catalogue):
    data = report_data(database, catalogue=catalogue, graph=graph)

    assert data.graph.relations == (
        Relation(source_id="c1", relation="causes", target_id="c2", ground="stated", strength=0.9),
    )
    assert [pattern.model_copy(update={"items": ()}) for pattern in data.graph.patterns] == [
        Pattern(
            kind="recurring_pain",
            canonical_id="c2",
            label="Opera falla los viernes por la noche",
            type="pain_points",
            interview_count=2,
            share=0.6667,
        )
    ]
    clash = data.graph.contradictions[0]
    assert (clash.claim_a, clash.interview_a, len(clash.items_a)) == ("viernes", "ana", 1)
    assert (data.pain_points[0].label, data.pain_points[0].interviews) == (
        "Opera falla los viernes por la noche",
        2,
    )
    assert data.findings[-1].kind == "contradictions"


def test_says_how_many_contradictions_it_does_not_list(database, graph, catalogue, tmp_path, monkeypatch):
    many = tmp_path / "many.db"
    shutil.copy(graph, many)
    with closing(sqlite3.connect(many)) as db:
        for field, claim in (("team_size", "12"), ("approver", "Eva"), ("process", "a mano")):
            db.execute(
                "insert into contradictions values ('c2',?,?,'otro','ana','eva','q','r',1,0,1,1,0,1)",
                (field, claim),
            )
        db.commit()
    whole = report_data(database, catalogue=catalogue, graph=many, language="en")

    monkeypatch.setattr("intelligence_capture.storage.report_graph.LISTED", 2)
    cut = report_data(database, catalogue=catalogue, graph=many, language="en")

    assert len(whole.graph.contradictions) == 4
    assert not any("contradictions" in line for line in first_lines(whole, "en"))
    assert cut.graph.contradictions == whole.graph.contradictions[:2]
    assert cut.graph.contradictions[0].field == "approver"
    assert first_lines(cut, "en")[-1].startswith("Of 4 contradictions the 2 that matter most are listed here")
    # The figures count all of them.
    assert cut.findings == whole.findings
    assert (cut.findings[-1].label, cut.findings[-1].interviews) == ("4", 3)
    assert cut.companies == whole.companies


def test_reads_the_validation_and_does_not_fail_for_one_of_another_form(database, catalogue, tmp_path):
    path = tmp_path / "validation.json"
    check = {
        "name": "all_types",
        "group": "completeness",
        "verdict": "pass",
        "message": "17 of 17",
        "count": 3,
    }
    path.write_text(json.dumps({"gate": "open", "summary": "well", "checks": [check], "more": 1}))

    assert report_data(database, catalogue=catalogue, validation=path).validation.checks == (
        Check(name="all_types", group="completeness", verdict="pass", message="17 of 17"),
    )
    path.write_text("[]")
    assert report_data(database, catalogue=catalogue, validation=path).validation is None


def test_names_a_database_that_is_not_there(tmp_path, catalogue):
    with pytest.raises(DatabaseError, match="no such database"):
        report_data(tmp_path / "none.db", catalogue=catalogue)
