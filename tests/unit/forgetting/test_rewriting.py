"""Files without one interview: what is left is as it was, byte for byte where it can be."""

import json
import sqlite3
from contextlib import closing

import pytest
from openpyxl import Workbook, load_workbook

from intelligence_capture.errors import ForgetError
from intelligence_capture.forgetting.marks import Said, make_marks
from intelligence_capture.forgetting.reviews import csv_without, workbook_without
from intelligence_capture.forgetting.sources import bundle_without
from intelligence_capture.intake.inbox import import_inbox
from intelligence_capture.intake.withdraw import forget_import, origin_without
from intelligence_capture.interviews import find_interviews
from intelligence_capture.llm.batch_folder import Batch, BatchFolder, BatchRequest
from intelligence_capture.llm.forget import (
    answers_about,
    batches_about,
    ledger_without,
    ledgers_about,
    refuse_open_batches,
)
from intelligence_capture.llm.request import About
from intelligence_capture.llm.spending import spending
from intelligence_capture.storage.backup import read_manifest, save
from intelligence_capture.storage.backup_without import Forgotten, backups_with, rewrite
from tests.unit.test_respondents import database

WORDS = "Con Tito uso Excel y SAP cada lunes"
MARKS = make_marks(Said("ana", "Ana Ruiz", (WORDS,)), ())

ENTRIES = (
    '{"meta": {"respondent": "Ana"}, "qa_pairs": {"a": "1", "a": "[x, y]"}}',
    '{"meta": {"respondent": "Luz"},\n  "qa_pairs": {"a": "2"}}',
    '{"meta": {"respondent": "Tito"}, "qa_pairs": {"a": "3"}}',
)


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_bundle_loses_one_entry_and_keeps_the_others(tmp_path, position):
    path = tmp_path / "bundle.json"
    path.write_text("[\n " + ",\n ".join(ENTRIES) + "\n]\n", "utf-8-sig")

    path.write_bytes(bundle_without(path, position))

    left = [entry for number, entry in enumerate(ENTRIES) if number != position]
    assert path.read_text("utf-8-sig").startswith("[") and all(
        entry in path.read_text("utf-8") for entry in left
    )
    assert len(find_interviews(path)) == 2


def test_a_bundle_of_one_goes_as_a_whole_and_a_changed_one_is_refused(tmp_path):
    path = tmp_path / "bundle.json"
    path.write_text(f"[{ENTRIES[0]}]")

    assert bundle_without(path, 0) is None
    with pytest.raises(ForgetError, match="changed meanwhile"):
        bundle_without(path, 1)


def test_rows_of_others_stay_byte_for_byte():
    rows = (
        "decision,interview,type,entity_id,quote\r\n",
        'accept,luz,systems,system-1,"dos\nlíneas, y más"\r\n',
        "accept,ana,systems,system-2,x\r\n",
        f"accept,luz,systems,system-3,{WORDS}\r\n",
        "reject,luz,systems,system-4,Ana Ruiz\r\n",
    )

    left = csv_without("".join(rows).encode("utf-8-sig"), {"ana", "system-2"}, MARKS)

    assert left == "".join(rows[:2]).encode("utf-8-sig")


def test_a_copy_of_a_workbook_keeps_the_decisions_on_others(tmp_path):
    book = Workbook()
    book.active["A1"] = WORDS
    sheet = book.create_sheet("Revisión")
    for row in (
        ("decision", "entity_id", "interview_id", "why"),
        ("Decide", "Carmen", None, None),
        ("Decisión", "id", "entrevista", "razón"),
        ("Aceptar", "system-1", "luz", f"people disagree: {WORDS}"),
        ("Aceptar", "system-2", "ana", ""),
        ("=1+1", "system-3", "luz", "low confidence"),
    ):
        sheet.append(row)
    sheet["A6"].data_type = "s"
    book.save(tmp_path / "a.xlsx")

    (tmp_path / "b.xlsx").write_bytes(workbook_without(tmp_path / "a.xlsx", {"ana"}, MARKS))

    left = load_workbook(tmp_path / "b.xlsx")
    assert left.sheetnames == ["Revisión"]
    assert list(left["Revisión"].iter_rows(min_row=4, values_only=True)) == [
        ("Aceptar", "system-1", "luz", None),
        ("=1+1", "system-3", "luz", "low confidence"),
    ]
    assert left["Revisión"]["A5"].data_type == "s"


FORM = 'Marca temporal;Nombre;¿Qué haces?\r\n1;Ana;Coso\r\n2;Luis;"Vendo\r\ntelas"\r\n3;Eva;Leo\r\n'


@pytest.mark.parametrize("head", ["", "sep=;\r\n"])
def test_a_row_of_a_form_goes_and_the_others_are_as_they_were(tmp_path, head):
    inbox, folder = tmp_path / "inbox", tmp_path / "interviews"
    inbox.mkdir()
    (inbox / "form.csv").write_bytes((head + FORM).encode("cp1252"))
    report = import_inbox(inbox, folder)
    assert [file.refusal for file in report.files] == [""]
    name = next(path.stem for path in folder.glob("luis*.json"))

    origin = origin_without(inbox, folder, name)

    assert origin.content.decode("cp1252") == head + FORM.replace('2;Luis;"Vendo\r\ntelas"\r\n', "")
    assert name not in forget_import(folder, name).decode()


def test_a_row_of_a_workbook_goes(tmp_path):
    inbox, folder = tmp_path / "inbox", tmp_path / "interviews"
    inbox.mkdir()
    book = Workbook()
    for row in (("Hora", "Nombre", "¿Qué haces?"), (1, "Ana", "Coso"), (2, "Luis", "Vendo telas")):
        book.active.append(row)
    book.save(inbox / "form.xlsx")
    import_inbox(inbox, folder)
    name = next(path.stem for path in folder.glob("ana*.json"))

    (inbox / "form.xlsx").write_bytes(origin_without(inbox, folder, name).content)

    assert [row[1] for row in load_workbook(inbox / "form.xlsx").active.iter_rows(values_only=True)] == [
        "Nombre",
        "Luis",
    ]


def test_a_form_that_changed_since_is_left_to_a_person(tmp_path):
    inbox, folder = tmp_path / "inbox", tmp_path / "interviews"
    inbox.mkdir()
    (inbox / "form.csv").write_text(FORM, "utf-8")
    import_inbox(inbox, folder)
    (inbox / "form.csv").write_text(FORM.replace("Coso", "Tejo"), "utf-8")
    name = next(path.stem for path in folder.glob("ana*.json"))

    assert "changed since" in origin_without(inbox, folder, name).problem


def test_a_talk_goes_as_a_file(tmp_path):
    inbox, folder = tmp_path / "inbox", tmp_path / "interviews"
    inbox.mkdir()
    (inbox / "Eva.txt").write_text("P: ¿Qué haces?\nR: Compro telas.\n", "utf-8")
    import_inbox(inbox, folder)

    origin = origin_without(inbox, folder, "eva")

    assert (origin.path, origin.content, origin.problem) == (inbox / "Eva.txt", None, "")


def ledger(folder, *events):
    (folder / "ledger").mkdir(parents=True)
    lines = "".join(json.dumps(event) + "\n" for event in events)
    (folder / "ledger/run.jsonl").write_text(lines + '{"event": "reser', "utf-8")


def test_the_ledger_keeps_the_money_and_not_the_name(tmp_path):
    ledger(
        tmp_path,
        {"event": "reserved", "id": "1", "key": "aa1", "model": "m", "usd": 2.0, "interview": "ana"},
        {"event": "answered", "id": "1", "usd": 1.5},
        {"event": "reserved", "id": "2", "key": "bb2", "model": "m", "usd": 2.0, "interview": "luz"},
        {"event": "repeated", "id": "2", "key": "bb2", "earlier": {"interview": "ana"}},
    )
    before = spending(tmp_path / "ledger")
    (path,) = ledgers_about(tmp_path, "ana")

    path.write_bytes(ledger_without(path, "ana"))

    assert spending(tmp_path / "ledger") == before
    assert [row.interview for row in spending(tmp_path / "ledger", "interview")] == ["(forgotten)", "luz"]
    assert b'"ana"' not in path.read_bytes() and path.read_bytes().endswith(b'{"event": "reser')


def test_answers_are_found_by_the_ledger_and_by_what_they_say_of_themselves(tmp_path):
    ledger(tmp_path, {"event": "reserved", "id": "1", "key": "aa1", "interview": "ana"})
    for name, about in {
        "aa/aa1.note": None,
        "aa/aa1.unreadable-1.json": "x",
        "bb/bb2.json": "ana",
        "bb/bb3.json": "luz",
        "cc/cc4.json": "(graph)",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps({"about": {"interview": about}}))

    assert [path.name for path in answers_about(tmp_path, "ana")] == [
        "aa1.note",
        "aa1.unreadable-1.json",
        "bb2.json",
        "cc4.json",
    ]


def test_batches_lose_its_requests_and_one_under_way_is_refused(tmp_path):
    requests = tuple(
        BatchRequest(key=name, server="s", model="m", about=About(interview=name, call="a"), usd=1.0)
        for name in ("ana", "luz")
    )
    folder = BatchFolder(tmp_path)
    folder.prepare([], lambda request: {}, "run")
    folder.put(Batch(name="one", run="r", state="collected", requests=requests))
    folder.put(Batch(name="two", run="r", state="collected", requests=requests[:1]))

    left = {
        path.name: batch and [one.key for one in batch.requests]
        for path, batch in batches_about(tmp_path, "ana")
    }

    assert left == {"one.json": ["luz"], "two.json": None}
    refuse_open_batches(tmp_path, "ana")
    folder.put(Batch(name="three", run="r", state="submitted", requests=requests))
    with pytest.raises(ForgetError, match="under way"):
        refuse_open_batches(tmp_path, "ana")


@pytest.fixture
def backed_up(tmp_path, catalogue):
    """A backup with the database of Patricia and Tito, their extractions, a report, and a decision on Tito's."""
    results, reviews = tmp_path / "results", tmp_path / "reviews"
    for folder in (results / "extracted", results / "reports", reviews):
        folder.mkdir(parents=True)
    database(results / "extracted", catalogue)
    (results / "extracted/intelligence.db").rename(results / "intelligence.db")
    (results / "reports/report.json").write_text("Patricia Osorio me pide el reporte.", "utf-8")
    (reviews / "entities.csv").write_text(
        "decision,interview\r\naccept,tito\r\naccept,sol-patricia-osorio\r\n"
    )
    return save(results, reviews, tmp_path / "backups", reason="asked for", timestamp="20260101T000000Z")


def test_a_backup_loses_the_person_and_is_whole_afterwards(tmp_path, backed_up):
    marks = make_marks(
        Said("tito", "Tito de la Cruz", ("Patricia Osorio me pide el reporte. Uso Excel.",)),
        ["Soy Patricia Osorio"],
    )
    who = Forgotten(interview="tito", about=frozenset({"tito"}), marks=marks)
    assert backups_with(tmp_path / "backups", who) == [backed_up]

    rewrite(backed_up, who)

    held = {file.path for file in read_manifest(backed_up).files}
    assert held == {"intelligence.db", "extracted/sol-patricia-osorio.json", "entities.csv"}
    assert {path.name for path in backed_up.rglob("*.*") if path.is_file()} == {
        "manifest.json",
        *(name.rpartition("/")[2] for name in held),
    }
    raw = (backed_up / "results/intelligence.db").read_bytes()
    assert b"me pide" not in raw and b"reporte" not in raw
    with closing(sqlite3.connect(backed_up / "results/intelligence.db")) as db:
        assert db.execute("select id from interviews").fetchall() == [("sol-patricia-osorio",)]
        assert db.execute(
            "select count(*) from entities_fts where entities_fts match 'reporte'"
        ).fetchone() == (0,)
        assert db.execute("select count(*) from answers_fts where answers_fts match 'sap'").fetchone() == (1,)
        assert db.execute("pragma foreign_key_check").fetchall() == []
    assert backups_with(tmp_path / "backups", who) == []


def test_a_rewriting_that_was_killed_is_finished_by_the_next(tmp_path, backed_up, monkeypatch):
    marks = make_marks(
        Said("tito", "Tito de la Cruz", ("Patricia Osorio me pide el reporte. Uso Excel.",)), ()
    )
    who = Forgotten(interview="tito", about=frozenset({"tito"}), marks=marks)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("intelligence_capture.storage.backup_without.publish", killed)
    with pytest.raises(KeyboardInterrupt):
        rewrite(backed_up, who)
    monkeypatch.undo()

    assert backups_with(tmp_path / "backups", who) == [backed_up]
    rewrite(backed_up, who)

    read_manifest(backed_up)
    assert backups_with(tmp_path / "backups", who) == []


def test_an_untouched_backup_stays_as_it_is_and_half_made_ones_go(tmp_path, backed_up):
    marks = make_marks(Said("eva", "Eva Moss", ("Llevo la caja del restaurante con Opera.",)), ())
    who = Forgotten(interview="eva", about=frozenset({"eva"}), marks=marks)
    half = tmp_path / "backups/.2026.1.tmp"
    half.mkdir()

    assert backups_with(tmp_path / "backups", who) == [half]
    rewrite(half, who)
    assert not half.exists()
