"""The review sheet: what needs a person first, and decisions that come back as they were meant."""

import pytest
from openpyxl import load_workbook

from intelligence_capture.errors import ReviewError
from intelligence_capture.jobs.reviews import run_read_reviews
from intelligence_capture.reports.sheets_review import HEAD_ROW, REVIEW_KEYS
from intelligence_capture.reports.workbook import write_workbook
from intelligence_capture.reviews.copies import keep_edited_workbook
from intelligence_capture.reviews.decisions import Decision, load_decisions
from intelligence_capture.settings import Settings
from intelligence_capture.written import noting
from tests.conftest import ROOT

FIRST = HEAD_ROW + 2
"""The number in Excel of the first row of data."""


@pytest.fixture
def written(data, tmp_path):
    path = tmp_path / "report.xlsx"
    write_workbook(data, path)
    return path


@pytest.fixture
def desk(written, tmp_path):
    """Fill in the sheet as a person does, then read it back."""
    settings = Settings(
        ontology=str(ROOT / "ontology"),
        results=str(tmp_path / "results"),
        reviews=str(tmp_path / "reviews"),
        workbook=str(written),
    )

    def fill(*rows, by="Ana Ruiz", **more):
        book = load_workbook(written)
        sheet = book["Revisión"]
        sheet["B2"] = by
        for number, row in enumerate(rows, start=FIRST):
            for key, value in row.items():
                sheet.cell(number, REVIEW_KEYS.index(key) + 1, value)
        book.save(written)
        return run_read_reviews(settings.model_copy(update=more), date="2026-11-23")

    fill.file = tmp_path / "reviews" / "entities.csv"
    return fill


def column(path, key):
    sheet = load_workbook(path)["Revisión"]
    return [sheet.cell(row, REVIEW_KEYS.index(key) + 1).value for row in range(FIRST, sheet.max_row + 1)]


def test_every_entity_is_there_and_what_needs_a_person_comes_first(written, data):
    ids = column(written, "entity_id")
    doubtful = {item.id for item in data.entities if item.needs_review}

    assert sorted(ids) == sorted(item.id for item in data.entities)
    assert set(ids[: len(doubtful)]) == doubtful
    unproven = [item.id for item in data.entities if item.needs_review and not item.verified]
    assert set(ids[: len(unproven)]) == set(unproven)


def test_the_drop_downs_offer_the_decisions_and_the_types(written, data):
    sheet = load_workbook(written)["Revisión"]
    offered = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}

    assert offered == {
        f"A{FIRST}": '"Aceptar,Rechazar,Corregir"',
        f"C{FIRST}": f"'Listas'!$A$1:$A${len(data.catalogue)}",
    }
    assert sheet.row_dimensions[1].hidden


def test_decisions_come_back_with_who_and_when_and_what_the_machine_had_said(desk, written, catalogue):
    labels = column(written, "label_now")

    said = desk(
        {"decision": "Aceptar"},
        {"decision": "reject", "note": "no es de aquí"},
        {"decision": "Corregir", "label": "Nueva", "changes": "\n"},
        {"type": "KPIs"},
    )

    rows = load_decisions(desk.file, catalogue)
    assert "4 decisions, of them new: 1 accept, 2 edit, 1 reject" in said
    assert [(r.decision, r.field, r.value, r.note) for r in rows] == [
        ("accept", "", "", ""), ("reject", "", "", "no es de aquí"), ("edit", "label", "Nueva", ""),
        ("edit", "type", "kpis", ""),
    ]  # fmt: skip
    assert {(r.by, r.date) for r in rows} == {("Ana Ruiz", "2026-11-23")}
    assert [r.said.label for r in rows] == labels[:4]


def test_reading_the_same_workbook_twice_adds_nothing(desk):
    desk({"decision": "Aceptar"})
    before = desk.file.read_bytes()

    assert "nothing new" in desk()
    assert desk.file.read_bytes() == before


def test_what_a_person_wrote_into_the_file_stays_byte_for_byte(desk, catalogue):
    desk.file.parent.mkdir()
    head = ",".join(Decision.model_fields)
    own = f"{head}\nreject,x,systems,,Opera,,,,,,Eva,".encode()
    desk.file.write_bytes(own)

    desk({"decision": "Aceptar"})

    assert desk.file.read_bytes().startswith(own)
    assert [row.by for row in load_decisions(desk.file, catalogue)] == ["Eva", "Ana Ruiz"]


def test_a_row_that_is_not_understood_is_named_and_the_others_are_read(desk, catalogue):
    with pytest.raises(ReviewError) as refused:
        desk(
            {"decision": "quizás"},
            {"decision": "Rechazar", "label": "x"},
            {"decision": "Corregir"},
            {"type": "Cosas"},
            {"changes": "color = rojo"},
            {"changes": "gravedad"},
            {"note": "hm"},
            {"decision": "Aceptar"},
        )

    lines = str(refused.value).splitlines()
    assert [line.split("row ")[1].split(" ")[0] for line in lines if ", row " in line] == [
        str(FIRST + n) for n in range(7)
    ]
    assert [row.decision for row in load_decisions(desk.file, catalogue)] == ["accept"]


def test_nobody_decides_without_a_name(desk):
    with pytest.raises(ReviewError, match="nobody is named"):
        desk({"decision": "Aceptar"}, by=None)

    assert "1 accept" in desk({"decision": "Aceptar"}, by=None, reviewer="Eva")


def test_another_workbook_is_refused_with_what_was_looked_for(desk, tmp_path):
    other = tmp_path / "other.xlsx"
    other.write_text("no workbook", "utf-8")

    with pytest.raises(ReviewError, match="not a workbook"):
        desk(workbook=str(other))
    with pytest.raises(ReviewError, match="there is no such workbook"):
        desk(workbook=str(tmp_path / "none.xlsx"))


def test_a_workbook_that_somebody_wrote_into_is_kept_before_a_run_writes_it_anew(data, tmp_path):
    results = tmp_path / "results"
    workbook = results / "reports" / "report.xlsx"
    workbook.parent.mkdir(parents=True)
    settings = Settings(results=str(results), reviews=str(tmp_path / "reviews"))
    with noting(results, [str(workbook)]):
        write_workbook(data, workbook)
    assert keep_edited_workbook(settings) == ""

    workbook.write_bytes(b"what Ana wrote")
    told = [keep_edited_workbook(settings) for _ in range(2)]

    (copy,) = (tmp_path / "reviews" / "workbooks").iterdir()
    assert copy.read_bytes() == b"what Ana wrote"
    assert told[0] == told[1]
    assert f"snakemake read_reviews --config workbook={copy}" in told[0]
