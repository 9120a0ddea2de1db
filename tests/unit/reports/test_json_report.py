"""report.json: all figures, the same bytes, and first what must be read first."""

import json

from jsonschema import Draft202012Validator

from intelligence_capture.reports.json_report import json_report_schema, write_json
from intelligence_capture.storage.report_data import report_data
from tests.conftest import ROOT


def test_says_first_what_is_missing_and_holds_every_entity(data, tmp_path):
    write_json(data, tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))

    assert report["first"] == [
        "Solo 3 de 5 entrevistas: las cifras son parciales.",
        "Con error: roto (roto.json: line 1, column 2: not JSON)",
        "Pendientes: tarde",
        "Detenido: the budget of 5 dollars is spent",
    ]
    assert len(report["entities"]) == report["quality"]["entities"] == len(data.entities)
    assert "answers" not in report["interviews"][0]


def test_same_data_same_bytes(data, tmp_path):
    write_json(data, tmp_path / "one.json")
    write_json(data, tmp_path / "two.json")

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_keeps_to_its_published_schema(database, graph, catalogue, tmp_path):
    schema = (ROOT / "docs/report.schema.json").read_text("utf-8")
    write_json(report_data(database, catalogue=catalogue, graph=graph), tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))

    assert schema == json_report_schema()
    assert list(Draft202012Validator(json.loads(schema)).iter_errors(report)) == []
