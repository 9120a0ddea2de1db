"""All reports give the figures that SQL gives; tests/workflow/test_samples.py asks the same of the samples."""

from intelligence_capture.reports.dashboard import write_dashboard
from intelligence_capture.reports.json_report import write_json
from intelligence_capture.reports.wording import wording
from intelligence_capture.reports.workbook import write_workbook
from tests.unit.reports.agreement import differences, of_json, of_page_data, of_workbook
from tests.unit.reports.counted import of_sql

# Without a graph there is nothing to count these by.
WITHOUT_GRAPH = {"graph", "patterns", "contradictions", "ranked"}


def test_failed_interviews_and_unknown_costs_are_counted_alike_everywhere(
    data, database, catalogue, tmp_path
):
    write_json(data, tmp_path / "report.json")
    write_dashboard(data, tmp_path / "dashboard.html")
    write_workbook(data, tmp_path / "report.xlsx")
    titles = {entity_type.table: entity_type.title.es for entity_type in catalogue.types}
    counted = of_sql(database, None, list(titles))
    shown = [
        of_json(tmp_path / "report.json"),
        of_page_data(tmp_path / "dashboard.html"),
        of_workbook(tmp_path / "report.xlsx", wording("es"), titles),
    ]

    for figures in shown:
        kept = {key: value for key, value in figures.items() if key[0] not in WITHOUT_GRAPH}
        assert differences(kept, counted) == {}
    assert {key for key in counted if key not in shown[0]} == set()
    assert counted["status", "failed"] == 1 and counted["cost", "usd"] == 0.0123
    assert counted["cost", "unknown"] == 1 and counted["cost", "tokens_in"] is None


def test_a_figure_that_differs_is_named():
    assert differences({("entities",): 3, ("rows",): 1}, {("entities",): 4}) == {
        ("entities",): (3, 4),
        ("rows",): (1, "nothing"),
    }
