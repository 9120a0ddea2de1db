"""Reviewed interviews as gold: labels that `evaluate` reads, at the places that people confirmed."""

from types import SimpleNamespace

import pytest

from intelligence_capture.evaluation.gold import gold_items
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import find_interviews
from intelligence_capture.jobs.reviews import run_reviewed_gold
from intelligence_capture.organisation import Organisation
from intelligence_capture.records import Answer, Evidence
from intelligence_capture.reviews.decisions import Decision
from intelligence_capture.reviews.gold import gold_labels
from intelligence_capture.settings import Settings
from intelligence_capture.storage.merge import merge_database
from tests.conftest import ROOT, QuoteExtractor, write_interview


@pytest.fixture
def run(tmp_path, catalogue):
    """Two interviews of two systems each, merged with these decisions; returns what the command says."""
    texts = {"ana": "SAP falla. Uso SAP y Opera.", "luz": "Uso SAP."}
    for name, text in texts.items():
        write_interview(tmp_path / "in" / f"{name}.json", {"¿Qué usas?": text})
    paths = []
    for source in find_interviews(tmp_path / "in"):
        record = extract_interview(source, QuoteExtractor({"systems": ["Uso SAP", "Opera"]}), catalogue)
        paths.append(tmp_path / f"{source.id}.json")
        paths[-1].write_text(record.model_dump_json(), "utf-8")

    def merge_and_take(*rows):
        decisions = [Decision.model_validate({"interview": "ana", "type": "systems", **row}) for row in rows]
        database = tmp_path / "results" / "intelligence.db"
        merge_database(paths, database, catalogue=catalogue, organisation=Organisation(), decisions=decisions)
        return run_reviewed_gold(Settings(ontology=str(ROOT / "ontology"), results=str(tmp_path / "results")))

    return merge_and_take


def test_an_interview_in_which_all_was_decided_becomes_labels_at_the_same_places(run, tmp_path, catalogue):
    said = run(
        {"decision": "accept", "quote": "Uso SAP"},
        {"decision": "edit", "quote": "Opera", "field": "label", "value": "Opera PMS"},
    )

    file = tmp_path / "results/reviewed_gold/labels/ana.json"
    interview = next(s.interview for s in find_interviews(tmp_path / "in") if s.id == "ana")
    items = gold_items(file, interview, catalogue)
    assert "1 reviewed interviews" in said
    assert sorted((item.label, [span[1:] for span in item.spans]) for item in items) == [
        ("Opera PMS", [(21, 26)]),
        ("Uso SAP", [(11, 18)]),
    ]


def test_an_interview_with_anything_undecided_is_no_gold_and_old_labels_go(run, tmp_path):
    run({"decision": "accept", "quote": "Uso SAP"}, {"decision": "reject", "quote": "Opera"})

    said = run({"decision": "accept", "quote": "Uso SAP"})

    assert said.startswith("In no interview")
    assert not list((tmp_path / "results/reviewed_gold/labels").glob("*"))


def test_the_second_time_that_words_are_said_is_told_from_the_first():
    answers = (Answer(question="", answer="SAP falla. Uso SAP."),)
    evidence = Evidence(question_index=0, start=15, end=18, quote="SAP", verified=True)
    said = SimpleNamespace(type="systems", label="SAP", evidence=(evidence,), fields={"vendor": ""})

    labels = gold_labels("ana", [said], answers)

    assert labels["labels"] == [
        {
            "type": "systems",
            "label": "SAP",
            "evidence": [{"question_index": 0, "quote": "SAP", "occurrence": 1}],
            "fields": {},
        }
    ]
