"""The run that a process belongs to: its id, and the marker that stops all of its jobs."""

import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from intelligence_capture.errors import RunStopped


def begin_run(state: Path) -> str:
    """The id of a new run, whose marker is clear; the Snakefile calls it when a run starts."""
    state.mkdir(parents=True, exist_ok=True)
    for old in (state / "stopped.json", *state.glob("missing-model-*")):
        old.unlink(missing_ok=True)
    run = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    _write_whole(state / "run.json", {"run": run})
    return run


class Run:
    """A run as one of its processes sees it."""

    def __init__(self, state: Path) -> None:
        state.mkdir(parents=True, exist_ok=True)
        self._state = state
        held = _read(state / "run.json")
        self.id: str = held["run"] if held else begin_run(state)

    def check(self) -> None:
        """RunStopped where a process of this run has stopped it."""
        if marker := _read(self._state / "stopped.json"):
            raise RunStopped(marker["reason"])

    def stop(self, cause: str, reason: str) -> RunStopped:
        """The error to raise, after the marker was left for every job of the run; the first reason stays."""
        path = self._state / "stopped.json"
        if not path.exists():
            content = {"cause": cause, "reason": reason, "run": self.id}
            _write_whole(path, content)
        return RunStopped(reason)

    def model_is_missing(self, model_digest: str) -> bool:
        """Whether a process of this run found that the server does not have this model."""
        return (self._state / f"missing-model-{model_digest}").exists()

    def mark_missing(self, model_digest: str) -> None:
        """Let all jobs of the run know that the server does not have this model."""
        (self._state / f"missing-model-{model_digest}").touch()


def stopped(state: Path) -> dict[str, str] | None:
    """What stopped the run (`cause` in one word, `reason` in a sentence), None where nothing did."""
    return _read(state / "stopped.json")


def _read(path: Path) -> dict[str, str] | None:
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        return {"cause": "unknown", "reason": f"{path} is damaged; remove it and run again", "run": ""}
    return content if isinstance(content, dict) else None


def _write_whole(path: Path, content: dict[str, str]) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(3)}")
    temporary.write_text(json.dumps(content), "utf-8")
    temporary.replace(path)
