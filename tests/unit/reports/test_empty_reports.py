"""Reports of runs with nothing to report yet, and of catalogues without the usual types."""

import json

import pytest
from openpyxl import load_workbook

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.organisation import Organisation
from intelligence_capture.reports.dashboard import write_dashboard
from intelligence_capture.reports.json_report import json_parts, write_json
from intelligence_capture.reports.workbook import write_workbook
from intelligence_capture.storage.merge import merge_database
from intelligence_capture.storage.report_data import report_data
from tests.unit.reports.chromium import PROGRAM, Page
from tests.unit.reports.conftest import extraction, lost, talk


def built(tmp_path, catalogue, *records):
    paths = []
    for record in records:
        paths.append(tmp_path / f"{record.id}.json")
        paths[-1].write_text(record.model_dump_json(), "utf-8")
    merge_database(paths, tmp_path / "intelligence.db", catalogue=catalogue, organisation=Organisation())
    return report_data(tmp_path / "intelligence.db", catalogue=catalogue, language="en")


@pytest.fixture
def small_catalogue(catalogue) -> Catalogue:
    return Catalogue(types=(catalogue["roles"], catalogue["kpis"]))


def test_says_that_nothing_was_analysed_and_why(tmp_path, catalogue):
    data = built(tmp_path, catalogue, *(lost(f"p{n:02}", "pending", "budget") for n in range(15)))
    write_workbook(data, tmp_path / "report.xlsx")
    write_json(data, tmp_path / "report.json")

    assert json.loads("".join(json_parts(data)))["first"] == [
        "No interview has been analysed yet.",
        "Pending: " + ", ".join(f"p{n:02}" for n in range(12)) + ", and 3 more",
        "Stopped: budget",
    ]
    assert (
        load_workbook(tmp_path / "report.xlsx").worksheets[0]["A2"].value
        == "No interview has been analysed yet."
    )


@pytest.mark.skipif(PROGRAM is None, reason="chromium is absent")
def test_a_catalogue_without_the_usual_types_still_has_its_pages(tmp_path, small_catalogue):
    said = [("roles", "jefa de compras", {"title": "jefa"}, 0.9)]
    data = built(
        tmp_path,
        small_catalogue,
        extraction(small_catalogue, talk("ana", "Soy jefa de compras", "", ""), said),
    )
    write_dashboard(data, tmp_path / "dashboard.html")
    write_workbook(data, tmp_path / "report.xlsx")
    page = Page(tmp_path / "profile")
    try:
        page.open(tmp_path / "dashboard.html")
        tabs = page.run("Array.from(document.querySelectorAll('nav a'), (tab) => tab.textContent)")
        console = page.console
    finally:
        page.close()

    assert (tabs, console) == (["Summary", "Explore", "Quality"], [])
    assert (data.severities, data.quadrants, data.pain_points) == ({}, {}, ())
