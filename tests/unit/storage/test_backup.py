"""Backups: complete or not at all, checked, and brought back with what was there saved."""

import sqlite3
import threading
from contextlib import closing

import pytest

from intelligence_capture.errors import BackupError, DatabaseError
from intelligence_capture.jobs.keep import clean_results
from intelligence_capture.storage.backup import (
    damaged_databases,
    find_backup,
    put_back,
    read_manifest,
    save,
    save_before_merge,
)
from intelligence_capture.written import changed_by_hand, note_written

STAMP = "20251123T101112Z"


def database(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table t (x)")
        db.execute("insert into t values (?)", (value,))
        db.commit()


def value(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("select x from t").fetchone()[0]


@pytest.fixture
def places(tmp_path):
    """A results folder with something of everything, reviews, and where backups go."""
    results, reviews = tmp_path / "results", tmp_path / "reviews"
    database(results / "intelligence.db", "old")
    for name in ("extracted/ana.json", "reports/report.json", "validation.json"):
        (results / name).parent.mkdir(parents=True, exist_ok=True)
        (results / name).write_text("old", "utf-8")
    reviews.mkdir()
    (reviews / "merges.csv").write_text("old", "utf-8")
    return results, reviews, tmp_path / "backups"


def test_what_was_saved_comes_back_whole(places):
    results, reviews, backups = places
    folder = save(*places, reason="test", timestamp=STAMP)
    database(results / "intelligence.db", "new")
    (results / "extracted" / "ana.json").write_text("new", "utf-8")
    (results / "extracted" / "luz.json").write_text("added since", "utf-8")
    (reviews / "merges.csv").unlink()

    put_back(folder, read_manifest(folder), results=results, reviews=reviews)

    assert value(results / "intelligence.db") == "old"
    assert [path.name for path in (results / "extracted").iterdir()] == ["ana.json"]
    assert (reviews / "merges.csv").read_text("utf-8") == "old"
    assert folder.name == STAMP and find_backup(backups, None) == folder


def test_saves_the_committed_rows_of_a_database_in_use(places):
    results, _, _ = places
    with closing(sqlite3.connect(results / "intelligence.db")) as db:
        db.execute("pragma journal_mode = wal")
        db.execute("update t set x = 'committed'")
        db.commit()

        folder = save(*places, reason="test", timestamp=STAMP)

    assert value(folder / "results" / "intelligence.db") == "committed"


def test_an_altered_backup_is_refused(places):
    folder = save(*places, reason="test", timestamp=STAMP)
    (folder / "results" / "validation.json").write_text("tampered", "utf-8")

    with pytest.raises(BackupError, match=r"validation\.json: missing or altered"):
        read_manifest(folder)


def test_two_backups_in_one_second_do_not_meet(places):
    first, second = (save(*places, reason="test", timestamp=STAMP) for _ in range(2))

    assert (first.name, second.name) == (STAMP, f"{STAMP}-2")


def test_an_unknown_time_stamp_says_which_there_are(places):
    save(*places, reason="test", timestamp=STAMP)

    with pytest.raises(BackupError, match=STAMP):
        find_backup(places[2], "20240101T000000Z")


def test_nothing_to_save_makes_no_folder(tmp_path):
    empty = (tmp_path / "results", tmp_path / "reviews", tmp_path / "backups")

    assert save(*empty, reason="test", timestamp=STAMP) is None
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_a_damaged_database_is_moved_aside(places, damage):
    path = places[0] / "intelligence.db"
    path.write_bytes(path.read_bytes()[:5000] if damage is None else damage)
    before = path.read_bytes()

    said = save_before_merge(*places, timestamp=STAMP)

    assert not path.exists() and "was damaged" in said
    assert (places[2] / f"{STAMP}-damaged" / "intelligence.db").read_bytes() == before


@pytest.mark.parametrize("name", ["intelligence.db", "graph/knowledge_graph.db"])
@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_only_a_database_that_is_not_as_it_was_written_is_looked_at_for_damage(places, name, damage):
    path = places[0] / name
    database(path, "old")
    note_written(places[0], [path])
    assert damaged_databases(places[0]) == []

    path.write_bytes(path.read_bytes()[:5000] if damage is None else damage)

    assert damaged_databases(places[0]) == [path]


def test_a_sound_database_that_was_edited_is_not_damaged(places):
    path = places[0] / "intelligence.db"
    note_written(places[0], [path])

    database(path, "edited")

    assert changed_by_hand(places[0]) == [path]
    assert damaged_databases(places[0]) == []


def test_a_database_that_another_program_holds_is_waited_for_and_then_named(places):
    with closing(sqlite3.connect(places[0] / "intelligence.db", check_same_thread=False)) as other:
        other.execute("begin exclusive")

        with pytest.raises(DatabaseError, match=r"another program has held it for 0\.2 s; close it there"):
            save_before_merge(*places, timestamp=STAMP, patience=0.2)
        assert damaged_databases(places[0]) == []
        threading.Timer(0.3, other.rollback).start()
        said = save_before_merge(*places, timestamp=STAMP, patience=30)

    assert value(places[0] / "intelligence.db") == "old" and "The database of before is in" in said


def test_a_database_of_a_newer_program_is_refused_and_stays(places):
    with closing(sqlite3.connect(places[0] / "intelligence.db")) as db:
        db.execute("pragma user_version = 99")

    with pytest.raises(DatabaseError, match="written by a newer version"):
        save_before_merge(*places, timestamp=STAMP)

    assert value(places[0] / "intelligence.db") == "old"


def test_cleaning_removes_what_runs_made_and_nothing_else(places):
    results, reviews, _ = places
    (results / "my notes.txt").write_text("mine", "utf-8")

    assert clean_results(results) == 4

    assert [path.name for path in results.rglob("*") if path.is_file()] == ["my notes.txt"]
    assert (reviews / "merges.csv").exists()
