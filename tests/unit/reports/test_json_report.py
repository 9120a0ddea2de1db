"""report.json: all figures, the same bytes, and first what must be read first."""

import json

from intelligence_capture.reports.json_report import write_json


def test_says_first_what_is_missing_and_holds_every_entity(data, tmp_path):
    write_json(data, tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))

    assert report["first"] == [
        "Solo 3 de 5 entrevistas: las cifras son parciales.",
        "Con error: roto",
        "Pendientes: tarde",
        "Detenido: the budget of 5 dollars is spent",
    ]
    assert len(report["entities"]) == report["quality"]["entities"] == len(data.entities)
    assert "answers" not in report["interviews"][0]


def test_same_data_same_bytes(data, tmp_path):
    write_json(data, tmp_path / "one.json")
    write_json(data, tmp_path / "two.json")

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
