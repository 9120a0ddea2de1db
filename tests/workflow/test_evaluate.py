"""`snakemake evaluate` on a gold folder with an interview of the run and one of its own."""

import json

from tests.conftest import write_interview
from tests.unit.evaluation.test_gold import write_labels
from tests.workflow.conftest import TEXTS


def make_gold(folder):
    """`mine`: ana is an interview of the run, eva one that the gold folder brings."""
    write_interview(folder / "mine/interviews/eva.json", {"¿Qué usas?": "Uso Excel para los turnos."})
    for name in ("ana", "eva"):
        quote = {"question_index": 0, "quote": "Excel"}
        excel = {"type": "systems", "label": "Excel", "evidence": [quote], "fields": {}}
        write_labels(folder / f"mine/labels/{name}.json", excel, name=name)


def test_evaluate_extracts_just_what_it_needs_and_shows_the_scores(project):
    make_gold(project.folder)

    run = project.run("evaluate", "--config", "evaluation={gold: [mine], second: null}")

    assert run.status == 0 and "| systems " in run.output and "errors.csv" in run.output
    assert run.did("extract_interview", "extract_gold_interview", "merge_database") == {
        "extract_interview": 1,
        "extract_gold_interview": 1,
    }
    assert project.run("evaluate", "--config", "evaluation={gold: [mine], second: null}").jobs == {
        "evaluate": 1
    }


def test_evaluate_puts_two_runs_side_by_side_and_says_what_is_missing(project):
    make_gold(project.folder)
    gold = "gold: [mine], second: null"
    project.run("evaluate", "--config", f"evaluation={{{gold}}}")

    same = project.run("evaluate", "--config", "results=again", f"evaluation={{{gold}, compare: results}}")
    missing = project.run("-n", "evaluate", "--config", f"evaluation={{{gold}, compare: nowhere}}")

    assert same.status == 0 and "F1 beside results" in same.output
    written = json.loads((project.folder / "again/evaluation/evaluation.json").read_text("utf-8"))
    assert written["gold"][0]["comparison"]["f1_differences"]["micro"]["value"] == 0
    assert missing.status != 0 and "nowhere/extracted/ana.json: no such extraction" in missing.output


def test_a_wrong_label_stops_the_evaluation_with_its_place(project):
    make_gold(project.folder)
    project.write("ana", TEXTS["ana"].replace("Excel", "Word"))

    run = project.run("evaluate", "--config", "evaluation={gold: [mine], second: null}")

    assert run.status != 0 and "label 1 (Excel): answer 0 does not say 'Excel'" in run.output
