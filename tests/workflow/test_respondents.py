"""Roles or codes instead of names: the planted names and ids are in no report and no export of a run."""

import io
import json
import re
import subprocess
import sys
import unicodedata
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook

from intelligence_capture.reports.sheets_review import HEAD_ROW, REVIEW_KEYS
from tests.conftest import ROOT, write_interview
from tests.everywhere import holding

PEOPLE = {
    "sol-graciela-umpierrez": ("Graciela Umpiérrez Ñahui", "Jefa de Compras"),
    "sol-bonifacio-yrigoyen": ("Bonifacio Yrigoyen", "Analista"),
    "sol-escolastica-zubiria": ("Escolástica Zubiría", "Analista"),
}
ANSWERS = {
    "sol-graciela-umpierrez": "Soy Graciela Umpiérrez. Los pedidos los aprueba Bonifacio. Uso SAP y Excel. SAP se cae "
    "los viernes y hay colas. El cierre demora 3 días. Mi jefa es Escolástica Zubiría.",
    "sol-bonifacio-yrigoyen": "Escolástica y yo revisamos los pedidos en Excel, y la señora Umpiérrez los aprueba en "
    "SAP. El cierre demora 8 días. Copio los datos a mano de Excel a SAP. Escríbeme a b.yrigoyen@sol.pe.",
    "sol-escolastica-zubiria": "Dependo de GRACIELA UMPIERREZ. Uso SAP. SAP se cae cada lunes. El reporte de ventas de "
    "Yrigoyen llega tarde y lo rehago en Excel.",
}
NAMES = ("graciela", "umpierrez", "nahui", "bonifacio", "yrigoyen", "escolastica", "zubiria")
SHARED = ("reports", "tables", "exports", "validation.json", "validation.md", "import.md", "spending.json")
GRAPH = ("graph.graphml", "graph.jsonld", "neo4j")


@pytest.fixture
def people(project):
    folder = project.folder / "data/interviews"
    for path in folder.iterdir():
        path.unlink()
    for name, (respondent, role) in PEOPLE.items():
        meta = {"respondent": respondent, "role": role, "company": "Sol"}
        write_interview(folder / f"{name}.json", {"¿Qué haces?": ANSWERS[name]}, **meta)
    return project


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def contents(path):
    """The text in a file, by what it is, entries of archives among it."""
    raw = path.read_bytes()
    if path.suffix == ".parquet":
        return [pd.read_parquet(path).to_csv()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return [name + "\n" + packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    text = raw.decode("utf-8", "replace")
    return [text, re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match.group(1), 16)), text)]


def named(files):
    """The names that stand in these files, with the file."""
    return sorted(
        {
            (str(path), name)
            for path in files
            for text in contents(path)
            for name in NAMES
            if name in plain(path.name + "\n" + text)
        }
    )


def shared_files(project):
    results = project.folder / "results"
    places = [*(results / name for name in SHARED), *(results / "graph" / name for name in GRAPH)]
    return [
        file
        for place in places
        for file in ([place] if place.is_file() else place.rglob("*"))
        if file.is_file()
    ]


def ask(project, *words):
    command = [sys.executable, ROOT / "scripts/ask.py", *words]
    return subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("shown", [pytest.param("role", marks=pytest.mark.long), "code"])
def test_no_report_and_no_export_names_anybody(people, shown):
    people.configure(respondents=shown)
    inbox = people.folder / "inbox"
    inbox.mkdir()
    (inbox / "Graciela Umpiérrez.mp4").write_bytes(b"")
    (inbox / "Bonifacio Yrigoyen.docx").write_bytes(b"no document")
    imported = people.run("import_files")

    run = people.run()
    exported = people.run("qda", "spending")
    asked = ask(people, "umpierrez") + ask(people, "SAP", "viernes")

    assert (run.status, exported.status) == (0, 0), run.output[-2000:] + exported.output[-2000:]
    files = shared_files(people)
    assert {path.suffix for path in files} >= {
        ".json",
        ".xlsx",
        ".html",
        ".csv",
        ".parquet",
        ".qdpx",
        ".graphml",
        ".md",
    }
    assert named(files) == []
    (people.folder / "shared").mkdir()
    assert people.run("--report", "shared/report.html").status == 0
    assert len(holding(people.folder / "shared", ("dashboard",))) == 1
    assert holding(people.folder / "shared", NAMES) == []
    assert [name for name in NAMES if name in plain(run.output + exported.output + asked)] == []
    assert "Bonifacio Yrigoyen.docx" in imported.output  # whoever imports has to know which file was refused
    report = json.loads((people.folder / "results/reports/report.json").read_text("utf-8"))
    respondents = sorted(one["respondent"] for one in report["interviews"])
    if shown == "role":
        assert respondents == ["Analista 1", "Analista 2", "Jefa de Compras"]
    else:
        assert len(set(respondents)) == 3 and all(re.fullmatch("P-[A-Z2-7]{6}", one) for one in respondents)
    quotes = [quote["quote"] for entity in report["entities"] for quote in entity["evidence"]]
    assert quotes and any("[" in quote for quote in quotes)


def test_figures_are_the_same_whatever_is_shown(people):
    counts = {}
    for shown in ("name", "code"):
        people.configure(respondents=shown)
        assert people.run().status == 0
        assert bool(named(shared_files(people))) == (shown == "name")
        report = json.loads((people.folder / "results/reports/report.json").read_text("utf-8"))
        counts[shown] = [
            (one["label"], one["interviews"], len(one["items"]))
            for one in (*report["systems"], *report["pain_points"])
        ] + [
            report["quality"]["entities"],
            report["quality"]["quotes"],
            len(report["graph"]["contradictions"]),
        ]

    assert counts["name"][-3] > 0
    assert [one if isinstance(one, int) else one[1:] for one in counts["name"]] == [
        one if isinstance(one, int) else one[1:] for one in counts["code"]
    ]


def test_decisions_on_a_workbook_with_codes_hold(people):
    people.configure(respondents="code")
    people.run()
    workbook = people.folder / "results/reports/report.xlsx"
    book = load_workbook(workbook)
    sheet = book["Revisión"]
    sheet["B2"] = "Carmen Ibáñez"
    for row in range(HEAD_ROW + 2, sheet.max_row + 1):
        sheet.cell(row, REVIEW_KEYS.index("decision") + 1, "Aceptar")
    book.save(workbook)

    read, again = people.run("read_reviews"), people.run()

    assert (read.status, again.status) == (0, 0), read.output + again.output[-2000:]
    report = json.loads((people.folder / "results/reports/report.json").read_text("utf-8"))
    assert report["quality"]["confirmed"] == report["quality"]["entities"] > 0
    assert "[P-" not in (people.folder / "reviews/entities.csv").read_text("utf-8")
