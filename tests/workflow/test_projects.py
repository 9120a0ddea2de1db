"""Projects of one's own: imported, run at the same time, and apart from each other."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from intelligence_capture.project import create_project
from tests.conftest import ROOT
from tests.loopback import LoopbackServer
from tests.workflow.conftest import Project

FILES = {
    "sol": ("ana.txt", "P: ¿Qué usas?\nR: Uso Opera en la recepción. El sistema se cae los lunes.\n"),
    "luna": (
        "form.csv",
        "Marca temporal,Nombre,¿Qué usas?\n2025/10/12 3:51:20 p. m. GMT-5,Luz,Uso SAP y Kronos.\n",
    ),
}


class OwnProject(Project):
    """A project as `make project` makes it, in which the README's commands run."""

    def __init__(self, folder):
        self.folder = folder
        create_project(folder, ROOT)
        name, text = FILES[folder.name]
        (folder / "inbox" / name).write_text(text, "utf-8")
        config = (folder / "config.yaml").read_text("utf-8")
        openai = "openai: {requests_per_minute: 100000}\nx"
        config = config.replace("extractor: offline ", "extractor: openai ")
        before, after = config.split("openai:\n")
        after = after[after.index("validation:") :]
        (folder / "config.yaml").write_text(before + openai[:-1] + after, "utf-8")


@pytest.fixture
def projects(tmp_path):
    return [OwnProject(tmp_path / name) for name in FILES]


def test_two_projects_run_at_once_and_do_not_meet(projects, tmp_path):
    sol, luna = projects
    empty = sol.run("-n")
    imported = [project.run("import_files") for project in projects]
    first = [path.stat().st_mtime_ns for path in (sol.folder / "data/interviews").iterdir()]
    again = sol.run("import_files")
    state = tmp_path / "state"
    with LoopbackServer(latency=0.5) as server:
        variables = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": server.url, "XDG_STATE_HOME": str(state)}
        running = [
            project.start("-j", "2", "--resources", "api_calls=2", **variables) for project in projects
        ]
        outputs = [process.communicate(timeout=300)[0] for process in running]
    asked = subprocess.run(
        [sys.executable, ROOT / "scripts" / "ask.py", "RECEPCION"],
        cwd=sol.folder,
        capture_output=True,
        text=True,
    )

    assert empty.status != 0 and "no interview in it" in empty.output and "import_files" in empty.output
    assert [run.status for run in imported] == [0, 0], imported
    assert "1 of 1 files of inbox imported: 1 unchanged." in again.output
    assert first == [path.stat().st_mtime_ns for path in (sol.folder / "data/interviews").iterdir()]
    assert [process.returncode for process in running] == [0, 0], outputs
    assert interviews(sol) == ["ana"] and interviews(luna) == ["luz-2025-10-12-15-51-20"]
    assert words_of(sol, "Kronos") == [] and words_of(luna, "Opera") == []
    assert "«recepción»" in asked.stdout, asked.stderr
    # The limit belongs to the server: both counted their calls in one place, and paid each for its own.
    (shared,) = (state / "intelligence-capture").iterdir()
    with closing(sqlite3.connect(shared / "requests.sqlite")) as db:
        assert db.execute("select count(*) from calls").fetchone() == (len(server.accepted),)
    assert [calls_of(project) for project in projects] == [4, 4] and len(server.accepted) == 8


def interviews(project):
    with closing(sqlite3.connect(project.folder / "results" / "intelligence.db")) as db:
        return [name for (name,) in db.execute("select id from interviews order by id")]


def words_of(project, word):
    """The files of a project that hold a word."""
    files = [path for path in project.folder.rglob("*") if path.is_file() and ".snakemake" not in path.parts]
    return [path.name for path in files if word.encode() in path.read_bytes() and path.suffix != ".html"]


def calls_of(project):
    return sum(
        json.loads(path.read_text("utf-8"))["usage"]["calls"]
        for path in (project.folder / "results" / "extracted").glob("*.json")
    )
