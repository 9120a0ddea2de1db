"""`snakemake evaluate` on a gold folder with an interview of the run and one of its own."""

import json

from tests.conftest import write_interview
from tests.unit.evaluation.test_gold import write_labels
from tests.unit.evaluation.test_graph import write_gold


def make_gold(folder):
    """`mine`: ana is an interview of the run, eva one that the gold folder brings."""
    write_interview(folder / "mine/interviews/eva.json", {"¿Qué usas?": "Uso Excel para los turnos."})
    for name in ("ana", "eva"):
        quote = {"question_index": 0, "quote": "Excel"}
        excel = {"type": "systems", "label": "Excel", "evidence": [quote], "fields": {}}
        write_labels(folder / f"mine/labels/{name}.json", excel, name=name)


def make_graph_gold(folder, interview):
    """Graph gold of one system of one interview."""
    folder.mkdir()
    mention = {"interview": interview, "label": "Excel", "question_index": 0, "quote": "Excel"}
    write_gold(folder, [{"name": "Excel", "mentions": [mention]}])


def test_evaluate_extracts_just_what_it_needs_and_compares_two_runs(project):
    make_gold(project.folder)
    make_graph_gold(project.folder / "of-ana", "ana")
    make_graph_gold(project.folder / "of-another", "nobody-of-this-run")
    labels = "gold: [mine], second: null, graph_labels: [mine]"
    gold = f"{labels}, graph: of-another"

    run = project.run("evaluate", "--config", f"evaluation={{{gold}}}")
    shown_again = project.run("evaluate", "--config", f"evaluation={{{gold}}}")
    same = project.run(
        "evaluate", "--config", "results=again", f"evaluation={{{labels}, graph: of-ana, compare: results}}"
    )
    missing = project.run("-n", "evaluate", "--config", f"evaluation={{{gold}, compare: nowhere}}")

    assert run.status == 0 and "| systems " in run.output and "errors.csv" in run.output
    assert run.jobs["extract_interview"] == run.jobs["extract_gold_interview"] == 1
    assert not run.did("merge_database") and not run.did("score_graph")
    assert shown_again.jobs == {"evaluate": 1}
    assert same.status == 0 and "F1 beside results" in same.output
    written = json.loads((project.folder / "again/evaluation/evaluation.json").read_text("utf-8"))
    assert written["gold"][0]["comparison"]["f1_differences"]["micro"]["value"] == 0
    assert "systems, all" in same.output and "graph_errors.csv" in same.output
    assert json.loads((project.folder / "again/evaluation/graph.json").read_text("utf-8"))["interviews"] == 1
    assert missing.status != 0 and "nowhere/extracted/ana.json: no such extraction" in missing.output
