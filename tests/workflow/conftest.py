"""A project folder of its own for each test, in which the real Snakemake runs the real workflow."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import ROOT, write_interview

LINKED = (
    "Snakefile",
    "rules",
    "scripts",
    "intelligence_capture",
    "prompts",
    "profiles",
    "report",
    "environment.yml",
)
COPIED = ("config.yaml", "ontology")

TEXTS = {
    "ana": "Soy jefa de recepción. Uso Opera y Excel. El sistema se cae los viernes y hay colas.",
    "luz": "Cada lunes preparo el reporte de ventas en Excel. La aprobación demora cuatro días.",
    "tito": "Coordino las compras con SAP. El proveedor no cumple y copio los datos a mano a SAP.",
}


@dataclass
class Run:
    """What one Snakemake command did."""

    status: int
    output: str
    jobs: Counter = field(default_factory=Counter)

    def did(self, *rules: str) -> dict[str, int]:
        """How often each of these rules ran."""
        return {rule: self.jobs[rule] for rule in rules if self.jobs[rule]}


class Project:
    """A checkout with interviews of its own; `run` is the command that the README tells."""

    def __init__(self, folder: Path, *, of: "Project | None" = None) -> None:
        """A new project, or a copy `of` another with all that it has made, time stamps included."""
        self.folder = folder
        if of:
            folder.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["cp", "-a", of.folder, folder], check=True)
            return
        folder.mkdir(parents=True)
        for name in LINKED:
            (folder / name).symlink_to(ROOT / name)
        for name in COPIED:
            subprocess.run(["cp", "-r", ROOT / name, folder / name], check=True)
        self.configure(organisation="null", validation="{required_types: none, max_review_share: 1.0}")
        for name, text in TEXTS.items():
            self.write(name, text)

    def configure(self, **keys: str) -> None:
        """Set top-level keys of config.yaml."""
        path = self.folder / "config.yaml"
        text = path.read_text("utf-8")
        for key, value in keys.items():
            text = re.sub(rf"(?ms)^{key}:.*?(?=^\S|\Z)", "", text) + f"\n{key}: {value}\n"
        path.write_text(text, "utf-8")

    def write(self, name: str, *answers: str) -> Path:
        """Write or replace one interview."""
        pairs = {f"¿Pregunta {number}?": answer for number, answer in enumerate(answers)}
        path = self.folder / "data" / "interviews" / f"{name}.json"
        return write_interview(path, pairs, respondent=name, company="Sol")

    def command(self, *arguments: str) -> list[str]:
        snakemake = Path(sys.executable).with_name("snakemake")
        return [str(snakemake), *arguments]

    def environment(self, **variables: str) -> dict[str, str]:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "PYTHONPATH": "", **variables}

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen:
        """A run in a process group of its own, which goes on while the test does."""
        return subprocess.Popen(
            self.command(*arguments or ("-j", "4", "--resources", "api_calls=4")),
            cwd=self.folder,
            env=self.environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, **variables: str) -> Run:
        """A run to its end."""
        before = self.logs()
        process = self.start(*arguments, **variables)
        output, _ = process.communicate(timeout=600)
        # The terminal has a line a result; Snakemake's own log has every job. A dry run writes none.
        log = "".join(path.read_text("utf-8") for path in sorted(self.logs() - before)) or output
        return Run(process.returncode, output, Counter(re.findall(r"(?m)^(?:local)?rule (\w+):", log)))

    def logs(self) -> set[Path]:
        """Snakemake's own logs of the runs so far."""
        return set((self.folder / ".snakemake" / "log").glob("*.log"))

    def nothing_to_do(self) -> bool:
        """Whether a dry run finds everything up to date; a run that cannot even be planned does not."""
        run = self.run("-n")
        return run.status == 0 and "Nothing to be done" in run.output and run.jobs == {}

    def dump(self) -> list[str]:
        """The canonical dump of the databases, as check_results.py makes it."""
        import sqlite3
        from contextlib import closing

        rows = []
        for name in ("intelligence.db", "graph/knowledge_graph.db"):
            path = self.folder / "results" / name
            if not path.exists():
                continue
            with closing(sqlite3.connect(path)) as db:
                tables = db.execute(
                    "select name from sqlite_master where type = 'table' order by name"
                ).fetchall()
                for (table,) in tables:
                    if table not in ("provenance", "runs") and "_fts" not in table and table[:7] != "sqlite_":
                        rows += [
                            f"{name} {table} {row}"
                            for row in sorted(map(repr, db.execute(f'select * from "{table}"')))
                        ]
        return rows


def kill_group(process: subprocess.Popen, sig: int = signal.SIGKILL) -> None:
    """Send a signal to the whole process group of a run."""
    os.killpg(process.pid, sig)
    process.communicate(timeout=60)


NAME = "un proyecto ñandú"


@pytest.fixture
def project(tmp_path) -> Project:
    return Project(tmp_path / NAME)


@pytest.fixture(scope="session")
def first_run(tmp_path_factory) -> Project:
    """The project after its first run, which is made once and never touched."""
    project = Project(tmp_path_factory.mktemp("first") / NAME)
    run = project.run()
    assert run.status == 0, run.output[-3000:]
    return project


@pytest.fixture
def finished(first_run, tmp_path) -> Project:
    """A project whose first run is over: what a test starts from that is about what comes after it."""
    return Project(tmp_path / NAME, of=first_run)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/workflow/" in str(item.path):
            item.add_marker(pytest.mark.workflow)
