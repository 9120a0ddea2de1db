"""The run that a process belongs to: its id, what its jobs know of each other, the marker that stops them."""

import json
import os
import secrets
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.prompt import digest
from intelligence_capture.llm.request import Dialect, Request

STOPPED = "stopped.json"


def begin_run(state: Path) -> str:
    """The id of a new run, whose marker is clear; the Snakefile calls it when a run starts."""
    state.mkdir(parents=True, exist_ok=True)
    for pattern in (STOPPED, "failures", "missing-*", "dialect-*"):
        for old in state.glob(pattern):
            old.unlink(missing_ok=True)
    run = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    _write_whole(state / "run.json", json.dumps({"run": run}))
    return run


def current_run(state: Path) -> str | None:
    """The id of the run that began last, None where none did."""
    held = _read(state / "run.json")
    return held.get("run") if held else None


def stopped(state: Path) -> dict[str, str] | None:
    """What stopped the run (`cause` in one word, `reason` in a sentence), None where nothing did."""
    return _read(state / STOPPED)


class Run:
    """A run as one of its processes sees it."""

    def __init__(self, state: Path) -> None:
        state.mkdir(parents=True, exist_ok=True)
        self._state = state
        self.id: str = current_run(state) or begin_run(state)

    def check(self) -> None:
        """RunStopped where a process of this run has stopped it."""
        if marker := _read(self._state / STOPPED):
            raise RunStopped(marker.get("reason", "the run was stopped"))

    def stop(self, cause: str, reason: str) -> RunStopped:
        """The error to raise, after the marker was left for every job of the run; the first reason stays."""
        content = json.dumps({"cause": cause, "reason": reason, "run": self.id}, ensure_ascii=False)
        if current_run(self._state) not in (None, self.id):
            return RunStopped(reason)  # a job that outlived its run has nothing to say to the next one
        with suppress(OSError):  # on a full disk every job finds out for itself
            _write_first(self._state / STOPPED, content)
        return RunStopped(reason)

    def is_missing(self, request: Request) -> bool:
        """Whether a job of the run found that the server does not have this model."""
        return self._about("missing", request).exists()

    def mark_missing(self, request: Request) -> None:
        """Let all jobs of the run know that the server does not have this model."""
        self._about("missing", request).touch()

    def dialect(self, request: Request, first: Dialect) -> Dialect:
        """What the server with this model was found to understand, else the first one."""
        try:
            return Dialect.model_validate_json(self._about("dialect", request).read_bytes())
        except (FileNotFoundError, ValueError):
            return first

    def keep_dialect(self, request: Request, dialect: Dialect) -> None:
        """Let all jobs of the run know what the server with this model understands."""
        _write_whole(self._about("dialect", request), dialect.model_dump_json())

    def failed(self) -> tuple[int, float]:
        """How many calls of the run have failed in a row, this one among them, and for how many seconds."""
        with (self._state / "failures").open("a+", encoding="utf-8") as file:
            file.write(f"{time.time():.3f}\n")
            file.seek(0)  # and not by its name: another job may have ended the row in the meantime
            lines = file.read().split()
        return len(lines), time.time() - float(lines[0] if lines else time.time())

    def succeeded(self) -> None:
        """End the row of failures."""
        (self._state / "failures").unlink(missing_ok=True)

    def _about(self, what: str, request: Request) -> Path:
        return self._state / f"{what}-{digest([request.server, request.model])[:16]}"


def _read(path: Path) -> dict[str, str] | None:
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        content = {"cause": "unknown", "reason": f"{path} is damaged; remove it and run again"}
    return content if isinstance(content, dict) else None


def _write_whole(path: Path, content: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(3)}")
    temporary.write_text(content, "utf-8")
    temporary.replace(path)


def _write_first(path: Path, content: str) -> None:
    """Write the file whole unless it is already there."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(3)}")
    temporary.write_text(content, "utf-8")
    with suppress(FileExistsError):
        path.hardlink_to(temporary)
    temporary.unlink()
