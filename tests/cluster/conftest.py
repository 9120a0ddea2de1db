"""Projects that ask a model on loopback from several places; every test here has its own command."""

import socket
from collections import Counter
from pathlib import Path

import pytest

from intelligence_capture.llm.ledger import read_ledger
from tests.workflow.conftest import Project

KEY = "sk-canary-7be1d09c55"
CALLS = 4


class PayingProject(Project):
    """A project that asks a model about so many interviews."""

    def __init__(self, folder: Path, interviews: int) -> None:
        super().__init__(folder)
        for path in (self.folder / "data" / "interviews").glob("*.json"):
            path.unlink()
        for number in range(interviews):
            self.write(f"p{number}", f"Uso Opera en el turno {number}. El sistema {number} se cae los lunes.")
        self.configure(extractor="openai", openai="{requests_per_minute: 100000}")

    def variables(self, server, **more: str) -> dict[str, str]:
        """The environment of a run that asks this server."""
        state = str(self.folder.parent / "state")
        return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.url, "XDG_STATE_HOME": state, **more}

    def answers(self) -> Counter:
        """How many answers to each request the ledger knows to have reached the disk."""
        events = list(read_ledger(self.folder / "responses" / "ledger"))
        keys = {event["id"]: event["key"] for event in events if event["event"] == "reserved"}
        return Counter(keys[event["id"]] for event in events if event["event"] == "answered")

    def repeated(self) -> int:
        """How many calls the ledger names as sent again because nobody knows what became of an earlier one."""
        events = read_ledger(self.folder / "responses" / "ledger")
        return sum(event["event"] == "repeated" for event in events)

    def files_with(self, text: str) -> list[Path]:
        """The files of this project that hold a text."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and not path.is_symlink()]
        return [path for path in files if text.encode() in path.read_bytes()]


@pytest.fixture
def make_paying(tmp_path):
    """Makes a paying project of this name and size."""
    return lambda name, interviews: PayingProject(tmp_path / name, interviews)


@pytest.fixture
def free_port():
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/cluster/" in str(item.path):
            item.add_marker(pytest.mark.live_cluster)
