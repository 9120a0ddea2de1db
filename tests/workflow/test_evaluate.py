"""`snakemake evaluate` on a gold folder with an interview of the run and one of its own."""

import json

from tests.conftest import write_interview
from tests.unit.evaluation.test_gold import write_labels


def make_gold(folder):
    """`mine`: ana is an interview of the run, eva one that the gold folder brings."""
    write_interview(folder / "mine/interviews/eva.json", {"¿Qué usas?": "Uso Excel para los turnos."})
    for name in ("ana", "eva"):
        quote = {"question_index": 0, "quote": "Excel"}
        excel = {"type": "systems", "label": "Excel", "evidence": [quote], "fields": {}}
        write_labels(folder / f"mine/labels/{name}.json", excel, name=name)


def test_evaluate_extracts_just_what_it_needs_and_compares_two_runs(project):
    make_gold(project.folder)
    gold = "gold: [mine], second: null"

    run = project.run("evaluate", "--config", f"evaluation={{{gold}}}")
    shown_again = project.run("evaluate", "--config", f"evaluation={{{gold}}}")
    same = project.run("evaluate", "--config", "results=again", f"evaluation={{{gold}, compare: results}}")
    missing = project.run("-n", "evaluate", "--config", f"evaluation={{{gold}, compare: nowhere}}")

    assert run.status == 0 and "| systems " in run.output and "errors.csv" in run.output
    assert run.jobs["extract_interview"] == run.jobs["extract_gold_interview"] == 1
    assert not run.did("merge_database")
    assert shown_again.jobs == {"evaluate": 1}
    assert same.status == 0 and "F1 beside results" in same.output
    written = json.loads((project.folder / "again/evaluation/evaluation.json").read_text("utf-8"))
    assert written["gold"][0]["comparison"]["f1_differences"]["micro"]["value"] == 0
    assert missing.status != 0 and "nowhere/extracted/ana.json: no such extraction" in missing.output
