"""One interview is forgotten: not a word of its answers is in any file of the project, and all else is as it was."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from openpyxl import load_workbook

from intelligence_capture.reports.sheets_review import HEAD_ROW, REVIEW_KEYS
from tests.conftest import ROOT
from tests.everywhere import holding
from tests.loopback import LoopbackServer

FORM = """Marca temporal,Nombre,Empresa,¿Qué haces?,¿Qué te cuesta?
2025/10/12 3:51:20 p. m. GMT-5,Ana Quiroz,Sol,{ana}
2025/10/13 9:10:00 a. m. GMT-5,Telmo Zubizarreta,Sol,{telmo}
2025/10/14 9:10:00 a. m. GMT-5,Luis Paz,Sol,{luis}
"""
SAID = {
    "ana": '"Uso Opera en el turno 1. El sistema 1 se cae los lunes.","Telmo Zubizarreta demora la aprobación."',
    "telmo": '"Zarandeo los pedidos quisquillosos del almacén\nabarrotado en SAP cada martes.","La balanza '
    'destartalada se atasca; mermeladas y chirimoyas esperan horas en Excel."',
    "luis": '"Uso Opera en el turno 2. El sistema 2 se cae los lunes.","El proveedor no cumple y copio a mano."',
}
WORDS = ("zarandeo", "quisquillosos", "abarrotado", "destartalada", "mermeladas", "chirimoyas")
GONE = "telmo-zubizarreta-sol-2025-10-13-09-10-00"
TALK = "P: ¿Qué haces?\nR: Llevo la caja del restaurante con Opera. El sistema se cae los viernes.\n"


@pytest.fixture
def desk(project):
    """A project with an inbox of four people, which asks a model."""
    shutil.rmtree(project.folder / "data")
    (project.folder / "prompts").unlink()
    shutil.copytree(ROOT / "prompts", project.folder / "prompts")
    (project.folder / "inbox").mkdir()
    (project.folder / "inbox/form.csv").write_text(FORM.format(**SAID), "utf-8")
    (project.folder / "inbox/Eva Moss.txt").write_text(TALK, "utf-8")
    project.configure(
        extractor="openai",
        openai="{requests_per_minute: 100000}",
        interviews_per_job="2",
        evaluation="{gold: [gold], second: null, graph: null}",
    )
    labels = project.folder / "gold/labels"
    labels.mkdir(parents=True)
    quote = {"question_index": 0, "quote": "pedidos quisquillosos", "occurrence": 0}
    label = {"type": "processes", "label": "Zarandeo", "evidence": [quote], "fields": {}}
    (labels / f"{GONE}.json").write_text(json.dumps({"interview": GONE, "labels": [label]}), "utf-8")
    return project


def decide(workbook, rows):
    """Accept so many entities of each interview on the workbook's sheet."""
    book = load_workbook(workbook)
    sheet = book["Revisión"]
    sheet["B2"] = "Carmen Ibáñez"
    done = {}
    for row in range(HEAD_ROW + 2, sheet.max_row + 1):
        interview = sheet.cell(row, REVIEW_KEYS.index("interview_id") + 1).value
        done[interview] = done.get(interview, 0) + 1
        if done[interview] in rows:
            sheet.cell(row, REVIEW_KEYS.index("decision") + 1, "Aceptar")
    book.save(workbook)


def spent(project):
    """The dollars that the ledger knows of, and how many calls."""
    lines = [
        json.loads(line)
        for path in sorted((project.folder / "responses/ledger").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    settled = [line for line in lines if line["event"] == "answered"]
    return len(lines), len(settled), round(sum(line["usd"] or 0 for line in settled), 9)


def interviews_of(database):
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("pragma foreign_key_check").fetchall() == []
        return {name for (name,) in db.execute("select id from interviews")}


def test_not_a_word_of_a_forgotten_interview_is_left(desk, tmp_path):
    results, backups = desk.folder / "results", desk.folder / "backups"
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "OPENAI_API_KEY": "sk-x"}
    asked = ("--config", f"forget={GONE}")
    with LoopbackServer() as server:
        given = state | {"OPENAI_BASE_URL": server.url}
        assert desk.run("import_files").status == 0
        first = desk.run(**given)
        assert first.status == 0, first.output[-3000:]
        decide(results / "reports/report.xlsx", {1, 2})
        assert desk.run("read_reviews", **given).status == 0
        assert desk.run("--forcerun", "merge_database", **given).status == 0
        decide(results / "reports/report.xlsx", {3})
        for command in ("backup", "qda", "spending", "evaluate"):
            assert desk.run(command, **given).status == 0
        assert len(holding(desk.folder, WORDS)) > 50
        before, calls = spent(desk), len(server.calls)

        listed = desk.run("forget", *asked, **given)
        untouched = holding(desk.folder, WORDS)
        forgotten = desk.run("forget", *asked, "confirm=true", **given)

        assert listed.status == 0 and "Nothing was changed" in listed.output
        assert "backups/" in listed.output and "inbox/form.csv" in listed.output
        assert len(untouched) > 50
        assert forgotten.status == 0, forgotten.output
        assert holding(desk.folder, (*WORDS, GONE)) == []
        named = {path for path, _ in holding(desk.folder, ("zubizarreta",))}
        assert "inbox/form.csv" in named  # what Ana said of him is hers
        assert not [path for path in named if path.startswith((".snakemake", "logs", "gold"))], named
        assert "Others name them in their own words" in forgotten.output
        assert spent(desk) == before

        again = desk.run(**given)
        assert again.status == 0, again.output[-3000:]
        asked_again = {call["schema"] for call in server.calls[calls:]}

    left = interviews_of(results / "intelligence.db")
    assert len(left) == 3 and GONE not in left
    assert asked_again == set()  # nothing is paid twice
    assert holding(desk.folder, (*WORDS, GONE)) == []
    report = json.loads((results / "reports/report.json").read_text("utf-8"))
    assert report["progress"] == {"interviews": 3, "extracted": 3, "failed": 0, "pending": 0, "stopped": []}
    with closing(sqlite3.connect(results / "intelligence.db")) as db:
        decided = db.execute("select count(*), count(distinct interview_id) from decisions").fetchone()
    assert decided == (6, 3)
    saved = [path for path in backups.glob("*/results/intelligence.db") if interviews_of(path)]
    assert saved and all(GONE not in interviews_of(path) for path in saved)
    copies = list((desk.folder / "reviews/workbooks").glob("*.xlsx"))
    read = [
        desk.run("read_reviews", "--config", f"workbook={copy.relative_to(desk.folder)}") for copy in copies
    ]
    assert [run.status for run in read] == [0, 0]
    assert any("3 decisions" in run.output for run in read)
    imported = desk.run("import_files")
    assert imported.status == 0 and "4 unchanged" not in imported.output and "3 unchanged" in imported.output


def test_a_backup_without_the_person_can_be_restored(finished):
    assert finished.run("backup").status == 0
    forgotten = finished.run("forget", "--config", "forget=tito", "confirm=true")
    assert forgotten.status == 0, forgotten.output

    restored = finished.run("restore")
    again = finished.run()

    assert (restored.status, again.status) == (0, 0), restored.output + again.output
    assert interviews_of(finished.folder / "results/intelligence.db") == {"ana", "luz"}


def test_an_interrupted_forgetting_goes_on_and_one_that_is_not_there_is_named(finished):
    note = finished.folder / "notas.txt"
    note.write_text("Tito dijo: el proveedor no cumple y copio los datos a mano", "utf-8")

    stopped = finished.run("forget", "--config", "forget=tito", "confirm=true")
    note.unlink()
    done = finished.run("forget", "--config", "forget=tito", "confirm=true")
    unknown = finished.run("forget", "--config", "forget=nadie")

    assert stopped.status == 1 and "notas.txt" in stopped.output
    assert done.status == 0 and "is forgotten" in done.output
    assert unknown.status == 1 and "there are: ana, luz" in unknown.output
    assert holding(finished.folder, ("proveedor no cumple",)) == []
