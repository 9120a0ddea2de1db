"""A day at the desk: import, run, decide on 20 entities in the workbook, change the prompt, run again: all 20 hold.

Then one of the four asks to be forgotten.
"""

import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from openpyxl import load_workbook

from intelligence_capture.reports.sheets_review import HEAD_ROW, REVIEW_KEYS
from intelligence_capture.reports.wording import wording
from tests.conftest import ROOT
from tests.everywhere import holding
from tests.loopback import LoopbackServer
from tests.unit.reports.agreement import differences, of_json, of_page_data, of_workbook
from tests.unit.reports.counted import of_sql

PEOPLE = {
    "Ana Ruiz": "reservas hotel recepción Opera llaves minibar habitaciones check-in tarifas grupos",
    "Luz Paz": "planilla asistencia marcaciones Buk turnos boletas vacaciones permisos ceses contratos",
    "Tito León": "compras almacén SAP cotizaciones proveedores órdenes facturas guías stock mermas",
    "Eva Moss": "obra metrados planos AutoCAD valorizaciones cuadrillas concreto fierro andamios seguridad",
}
REVIEWER = "Carmen Ibáñez"


@pytest.fixture
def desk(project):
    """A project with an inbox of four interviews, which asks a model."""
    shutil.rmtree(project.folder / "data")
    (project.folder / "prompts").unlink()
    shutil.copytree(ROOT / "prompts", project.folder / "prompts")
    for name, topics in PEOPLE.items():
        said = [
            f"Cada semana reviso {topic} con mi equipo. Lo de {topic} demora dos días."
            for topic in topics.split()
        ]
        asked = "".join(f"P: ¿Qué haces con lo {n}?\nR: {text}\n" for n, text in enumerate(said, start=1))
        inbox = project.folder / "inbox" / f"{name}.txt"
        inbox.parent.mkdir(exist_ok=True)
        inbox.write_text(asked, "utf-8")
    project.configure(extractor="openai", openai="{requests_per_minute: 100000}", interviews_per_job="4")
    return project


def rows_of(sheet):
    keys = [cell.value for cell in sheet[1]]
    return {
        number: dict(zip(keys, (cell.value for cell in sheet[number]), strict=False))
        for number in range(HEAD_ROW + 2, sheet.max_row + 1)
    }


def review(workbook):
    """Decide on 20 entities as a person does in Excel; what was decided, by row."""
    book = load_workbook(workbook)
    sheet = book["Revisión"]
    sheet["B2"] = REVIEWER
    rows = rows_of(sheet)
    pains = [number for number, row in rows.items() if row["table_now"] == "pain_points"][:2]
    systems = [number for number, row in rows.items() if row["table_now"] == "systems"][:2]
    others = [number for number, row in rows.items() if row["table_now"] not in ("pain_points", "systems")][
        :16
    ]
    decided = {
        **{number: {"decision": "Corregir", "changes": "gravedad = high"} for number in pains},
        **{number: {"decision": "Corregir", "type": "Dependencias externas"} for number in systems},
        **{number: {"decision": "Corregir", "label": f"Nombre {number}"} for number in others[:2]},
        **{number: {"decision": "Rechazar"} for number in others[2:6]},
        **{number: {"decision": "Aceptar"} for number in others[6:]},
    }
    for number, inputs in decided.items():
        for key, value in inputs.items():
            sheet.cell(number, REVIEW_KEYS.index(key) + 1, value)
    book.save(workbook)
    return [rows[number] | inputs for number, inputs in decided.items()]


def found(project):
    """Every entity by interview, type and words, with its label, its severity and how it was decided."""
    with closing(sqlite3.connect(project.folder / "results/intelligence.db")) as db:
        return {
            (interview, table, quote): (label, severity, decided or "", by or "")
            for interview, table, quote, label, severity, decided, by in db.execute(
                "select a.interview_id, a.type, e.quote, a.label, p.severity, d.decided, d.decided_by "
                "from all_entities a join evidence e on e.entity_id = a.id "
                "left join pain_points p on p.id = a.id left join decided_entities d on d.id = a.id"
            )
        }


def ids(project):
    files = (project.folder / "results/extracted").glob("*.json")
    records = [json.loads(path.read_text("utf-8")) for path in files]
    return {entity["id"] for record in records for group in record["entities"].values() for entity in group}


def holds(row, entities):
    """Whether what was decided on this row of the sheet is so in the database."""
    where = (row["interview_id"], row["table_now"], row["quote_now"])
    if row["decision"] == "Rechazar":
        return where not in entities
    if row.get("type"):
        where = (where[0], "external_dependencies", where[2])
    label, severity, decided, by = entities.get(where, ("", None, "", ""))
    wanted = "accepted" if row["decision"] == "Aceptar" else "edited"
    named = label == row["label"] if row.get("label") else bool(label)
    return (decided, by) == (wanted, REVIEWER) and named and (not row.get("changes") or severity == "high")


def test_twenty_decisions_hold_when_the_prompt_makes_the_model_find_other_things(desk, catalogue, tmp_path):
    results = desk.folder / "results"
    with LoopbackServer(heeds_prompt=True) as server:
        given = {
            "OPENAI_API_KEY": "sk-x",
            "OPENAI_BASE_URL": server.url,
            "XDG_STATE_HOME": str(tmp_path / "state"),
        }
        imported = desk.run("import_files")
        first = desk.run(**given)
        assert (imported.status, first.status) == (0, 0), imported.output + first.output[-2000:]
        before = ids(desk)
        decisions = review(results / "reports/report.xlsx")

        read = desk.run("read_reviews")
        prompt = desk.folder / "prompts/extract.md"
        prompt.write_text("Prefer what was said last.\n" + prompt.read_text("utf-8"), "utf-8")
        again = desk.run(**given)

    assert "20 decisions, of them new: 10 accept, 6 edit, 4 reject" in read.output
    assert again.status == 0, again.output[-2000:]
    assert len(before & ids(desk)) < len(before) / 2
    entities = found(desk)
    assert [row for row in decisions if not holds(row, entities)] == []
    with closing(sqlite3.connect(results / "intelligence.db")) as db:
        became = Counter(result for (result,) in db.execute("select result from decisions"))
    assert became.keys() <= {"applied", "restored", "not_needed"} and became["restored"] > 0, became
    report = json.loads((results / "reports/report.json").read_text("utf-8"))
    assert report["quality"]["confirmed_by"] == [{"by": REVIEWER, "accepted": 10, "edited": 6, "added": 0}]
    titles = {entity_type.table: entity_type.title.es for entity_type in catalogue.types}
    counted = of_sql(results / "intelligence.db", results / "graph/knowledge_graph.db", list(titles))
    assert counted["confirmed", REVIEWER] == 16
    assert differences(of_json(results / "reports/report.json"), counted) == {}
    assert differences(of_page_data(results / "reports/dashboard.html"), counted) == {}
    assert differences(of_workbook(results / "reports/report.xlsx", wording("es"), titles), counted) == {}

    words = ("metrados", "valorizaciones", "cuadrillas", "andamios")
    with closing(sqlite3.connect(results / "intelligence.db")) as db:
        ((eva,),) = db.execute("select id from interviews where id like '%eva-moss%'").fetchall()
    assert len({path for path, _ in holding(desk.folder, words)}) > 10
    forgotten = desk.run("forget", "--config", f"forget={eva}", "confirm=true", **given)

    assert forgotten.status == 0, forgotten.output
    assert holding(desk.folder, words) == []
