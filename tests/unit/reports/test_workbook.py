"""report.xlsx: figures that agree, nothing that executes, nothing cut in silence."""

import pytest
from openpyxl import load_workbook

from intelligence_capture.records import Evidence
from intelligence_capture.reports.rows import Check, Validation
from intelligence_capture.reports.sheets import CELL_LIMIT
from intelligence_capture.reports.workbook import write_workbook
from tests.unit.reports.conftest import HOSTILE, LONG_WORD


@pytest.fixture(scope="module")
def workbook(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("xlsx") / "report.xlsx"
    long = data.entities[0].model_copy(
        update={
            "label": "=cmd|' /C calc'!A0",
            "evidence": (Evidence(question_index=1, start=0, end=1, quote=LONG_WORD, verified=True),),
        }
    )
    write_workbook(data.model_copy(update={"entities": (long, *data.entities[1:])}), path)
    return load_workbook(path)


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_summary_says_first_what_is_missing(workbook):
    summary = workbook.worksheets[0]

    assert [summary.cell(row, 1).value for row in (2, 3, 4)] == [
        "Solo 3 de 5 entrevistas: las cifras son parciales.",
        "Con error: roto (roto.json: line 1, column 2: not JSON)",
        "Pendientes: tarde",
    ]


def test_summary_holds_the_figures_of_the_record(workbook, data):
    figures = {
        row[0].value: row[1].value for row in workbook.worksheets[0].iter_rows(max_col=2) if row[0].value
    }

    assert figures["Entrevistas analizadas"] == data.progress.extracted
    assert figures["Hallazgos"] == data.quality.entities
    assert figures["Por revisar"] == data.quality.needs_review
    assert figures["Gravedad: Crítica"] == data.severities["critical"]
    assert figures["Ganancia rápida"] == data.quadrants["quick_win"]


def test_has_a_sheet_a_type_with_a_filter_frozen_headings_and_all_rows(workbook, data):
    for one in data.types:
        sheet = workbook[one.name_es]
        assert sheet.freeze_panes == "B2"
        assert sheet.max_row - 1 == one.entities
        assert bool(sheet.auto_filter.ref) == bool(one.entities)


def test_no_text_became_a_formula_and_links_stay_inside(workbook):
    for sheet in workbook.worksheets:
        assert not [cell.coordinate for cell in cells(sheet) if cell.data_type == "f"]
        assert all(cell.hyperlink.target is None for cell in cells(sheet) if cell.hyperlink)
    values = {cell.value for sheet in workbook.worksheets for cell in cells(sheet)}
    assert "=cmd|' /C calc'!A0" in values
    assert any(HOSTILE.split(" ")[0] in str(value) for value in values)


def test_a_text_that_a_cell_cannot_hold_says_that_it_is_cut(workbook):
    longest = max((str(cell.value) for cell in cells(workbook["Evidencia"])), key=len)

    assert len(longest) == CELL_LIMIT
    assert longest.endswith("… [cortado: 100000 caracteres; el texto entero está en la base de datos]")


def test_an_entity_leads_to_its_quote_and_back(workbook):
    pains, evidence = workbook["Puntos de dolor"], workbook["Evidencia"]
    row = int(pains["B3"].hyperlink.location.rsplit("A", 1)[1])

    assert evidence.cell(row, 1).value == pains["A3"].value
    assert evidence.cell(row, 1).hyperlink.location == "'Puntos de dolor'!A3"


def test_charts_show_figures_that_stand_in_cells(workbook, data):
    summary, types = workbook.worksheets[0], workbook["Por tipo"]
    pains = workbook["Lo que más duele"]

    # Systems and their problems, what hurts, and the quadrants, since somebody stated effort and impact.
    assert [values_of(workbook, chart) for chart in summary._charts] == [
        list(data.quadrants.values()),
        [pain.interviews for pain in data.pain_points[:10]],
        [one.problem_interviews for one in data.systems if one.problem_interviews],
    ]
    assert values_of(workbook, types._charts[0]) == [one.entities for one in data.types]
    assert values_of(workbook, workbook["Calidad"]._charts[0]) == list(data.quality.confidence_tenths)
    assert len(pains.conditional_formatting) == 2


def values_of(workbook, chart):
    """The values that a chart draws, from the cells that it names."""
    sheet, cells = chart.series[0].val.numRef.f.replace("'", "").replace("$", "").split("!")
    found = workbook[sheet][cells]  # one cell alone is no row of cells
    return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


def test_verdicts_are_coloured(data, tmp_path):
    checks = (Check(name="company_given", verdict="warn", message="2 interviews without a company"),)
    validation = Validation(gate="open", checks=checks)
    write_workbook(data.model_copy(update={"validation": validation}), tmp_path / "report.xlsx")
    quality = load_workbook(tmp_path / "report.xlsx")["Calidad"]

    rules = [rule for cells in quality.conditional_formatting for rule in cells.rules]
    assert [rule.formula for rule in rules] == [['"Bien"'], ['"Aviso"'], ['"Falla"']]


def test_same_data_same_bytes(data, tmp_path):
    write_workbook(data, tmp_path / "one.xlsx")
    write_workbook(data, tmp_path / "two.xlsx")

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_each_row_says_who_confirmed_it(workbook):
    head, *rows = [[cell.value for cell in row] for row in workbook["Dependencias externas"].iter_rows()]
    place = head.index("Confirmado por personas")

    assert {row[place] for row in rows} == {"Corregido: =Luz", None}


def test_a_sheet_that_cannot_hold_all_rows_says_so(data, tmp_path, monkeypatch):
    monkeypatch.setattr("intelligence_capture.reports.sheets.ROW_LIMIT", 4)

    write_workbook(data, tmp_path / "report.xlsx")

    rows = list(load_workbook(tmp_path / "report.xlsx")["Evidencia"].values)
    assert len(rows) == 4
    assert rows[2][0]
    assert rows[3][0].startswith("Una hoja no admite más filas")
