"""Broken input: the others go on, the run ends with an error that names them, the next repeats just them."""

import os
import shutil
import sqlite3
from contextlib import closing


def statuses(project):
    with closing(sqlite3.connect(project.folder / "results" / "intelligence.db")) as db:
        return dict(db.execute("select id, status from interviews"))


def test_broken_files_fail_alone_and_are_repeated_alone(project):
    folder = project.folder / "data" / "interviews"
    (folder / "vacio.json").write_text("", "utf-8")
    (folder / "roto.json").write_text('{"qa_pairs": {,', "utf-8")
    (folder / "latin.json").write_bytes('{"qa_pairs": {"a": "año"}}'.encode("latin-1"))

    first = project.run()
    # A full disk takes what Snakemake remembers of a job; what the record says is enough.
    shutil.rmtree(project.folder / ".snakemake")
    second = project.run()
    project.write("roto", "Ya uso Opera.")
    (folder / "vacio.json").unlink()
    (folder / "latin.json").unlink()
    third = project.run()

    assert first.status != 0
    assert "3 of 6 interviews" in first.output
    for name, reason in (("vacio", "empty"), ("roto", "line 1, column 15"), ("latin", "byte 21")):
        assert f"{name}.json" in first.output and reason in first.output
    assert (project.folder / "results/reports/dashboard.html").exists()
    assert second.did("extract_interview") == {"extract_interview": 3}
    assert third.status == 0 and third.did("extract_interview") == {"extract_interview": 1}
    assert statuses(project) == dict.fromkeys(["ana", "luz", "roto", "tito"], "ok")
    assert project.nothing_to_do()


def test_two_files_with_one_id_stop_before_anything(project):
    project.write("Ána", "Otra persona, otro texto.")

    run = project.run()

    assert run.status != 0 and run.jobs == {}
    assert "ana.json" in run.output and "Ána.json" in run.output
    assert "Traceback" not in run.output


def test_a_misspelt_key_stops_with_its_name(project):
    run = project.run("--config", "languge=en")

    assert run.status != 0 and run.jobs == {}
    assert "languge: there is no such key" in run.output


def test_strange_file_names_and_links_do_no_harm(project):
    names = ["con espacios", 'comi\'llas "dobles"', "-rf", "{x}", "%s %d", "línea\nnueva", "$(touch hecho)"]
    for number, name in enumerate(names):
        project.write(name, f"Uso Opera en el turno {number}.")
    folder = project.folder / "data" / "interviews"
    (folder / "fuera.json").symlink_to("/etc/hostname")
    os.mkfifo(folder / "tubo.json")
    (folder / "carpeta.json").mkdir()

    run = project.run()

    assert run.status != 0
    found = statuses(project)
    assert sorted(k for k, v in found.items() if v == "failed") == ["carpeta", "fuera", "tubo"]
    assert sum(v == "ok" for v in found.values()) == 3 + len(names)
    assert not (project.folder / "hecho").exists()


def test_results_that_cannot_be_written_are_an_error(project):
    (project.folder / "results").write_text("a file in its place", "utf-8")

    run = project.run()

    assert run.status != 0 and run.jobs == {}
    assert "results" in run.output and "Traceback" not in run.output
