"""backup, restore, clean_results, and the database that is saved before a merge."""

import sqlite3
from contextlib import closing

import pytest


def labels(project):
    with closing(sqlite3.connect(project.folder / "results" / "intelligence.db")) as db:
        return sorted(db.execute("select id from interviews"))


def backups(project):
    return sorted(path.name for path in (project.folder / "backups").glob("*") if path.is_dir())


def test_what_was_backed_up_comes_back_and_the_next_run_is_foretold(finished):
    before = finished.dump()
    saved = finished.run("backup")
    finished.write("ana", "Ahora todo es distinto: uso Salesforce.")
    finished.run()

    restored = finished.run("restore", "--config", f"backup={backups(finished)[0]}")

    assert saved.status == restored.status == 0
    assert finished.dump() == before
    assert "would extract 1 interviews again (ana)" in restored.output
    assert "What was there before is in" in restored.output
    following = finished.run()
    assert following.did("extract_interview", "merge_database") == {
        "extract_interview": 1,
        "merge_database": 1,
    }
    assert finished.dump() != before


def test_restoring_what_is_still_right_rebuilds_nothing(finished):
    finished.run("backup")

    restored = finished.run("restore")

    assert "would rebuild nothing" in restored.output
    assert finished.nothing_to_do()


def test_a_merge_saves_the_database_before_it_and_disturbs_no_reader(finished):
    assert backups(finished) == []

    with closing(sqlite3.connect(finished.folder / "results" / "intelligence.db")) as reader:
        reader.execute("begin")
        before = reader.execute("select count(*) from interviews").fetchone()
        finished.write("eva", "Reviso facturas en SAP cada viernes.")
        run = finished.run()

        assert run.status == 0 and len(labels(finished)) == 4
        assert reader.execute("select count(*) from interviews").fetchone() == before == (3,)

    (name,) = backups(finished)
    path = finished.folder / "backups" / name / "results" / "intelligence.db"
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select count(*) from interviews").fetchone() == (3,)


def test_cleaning_leaves_backups_reviews_and_responses(finished):
    finished.run("backup")
    for name in ("reviews", "responses"):
        (finished.folder / name).mkdir(exist_ok=True)
        (finished.folder / name / "kept.txt").write_text("kept", "utf-8")

    cleaned = finished.run("clean_results")

    assert cleaned.status == 0
    assert not (finished.folder / "results/intelligence.db").exists()
    assert len(backups(finished)) == 1
    assert (finished.folder / "reviews/kept.txt").exists() and (
        finished.folder / "responses/kept.txt"
    ).exists()
    assert finished.run().did("extract_interview") == {"extract_interview": 3}


@pytest.mark.long
def test_an_unknown_backup_is_named(finished):
    run = finished.run("restore", "--config", "backup=20200101T000000Z")

    assert run.status != 0 and "no backup 20200101T000000Z" in run.output
