"""What a results folder remembers between runs, outside of all outputs: the lock, and marks to run again."""

import fcntl
import hashlib
import json
import os
import socket
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from intelligence_capture import untrusted_json
from intelligence_capture.errors import RunInProgress, StateError

FOLDER = ".state"
PACKAGE = Path(__file__).parent


class RunState:
    """The folder `.state` in the results folder."""

    def __init__(self, results: Path) -> None:
        self.folder = results / FOLDER
        self._held: IO[str] | None = None
        self._renewed: set[str] = set()

    def mark(self, name: str, *, renew: bool) -> Path:
        """A file to be an input of jobs, newer than all their results once it was renewed.

        It is renewed at most once a process, and then says something that it never said before: Snakemake
        compares checksums besides time stamps. StateError where it cannot be written.
        """
        path = self.folder / name
        if not path.exists() or (renew and name not in self._renewed):
            try:
                write_whole(path, f"{time.time_ns()}\n")
            except OSError as error:
                raise StateError(f"{path}: cannot be written: {error.strerror}; nothing was run") from error
            self._renewed.add(name)
        return path

    def note_unjudged(self, reasons: Mapping[str, int]) -> None:
        """Note for the next run that the graph lacks judgements, and why; or that it lacks none."""
        path = self.folder / "unjudged.json"
        if reasons:
            write_whole(path, json.dumps(reasons, ensure_ascii=False))
        else:
            path.unlink(missing_ok=True)

    def lacks_judgements(self) -> bool:
        """Whether the last graph went without judgements that it should have had."""
        return (self.folder / "unjudged.json").exists()

    def lock(self) -> None:
        """Hold the results folder until this process ends.

        RunInProgress where another run holds it. The lock dies with its process, so that nothing has to be
        unlocked after a crash.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        file = (self.folder / "run.lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise RunInProgress(
                f"another run ({holder}) works in {self.folder.parent}; wait for its end, "
                "or use other `results`"
            ) from error
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}")
        file.flush()
        self._held = file  # a file that nothing refers to is closed, and the lock with it


def write_whole(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write the file, text as UTF-8 and parts one after another, so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            whole = content.encode() if isinstance(content, str) else content
            file.writelines((whole,) if isinstance(whole, bytes) else whole)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def holds(path: Path, **wanted: str) -> bool:
    """Whether this JSON file is there, whole, and says all of this."""
    return told(path, list(wanted)) == list(wanted.values())


def told(path: Path, keys: Sequence[str]) -> list[Any] | None:
    """What this JSON file says under these keys; None where it is not there, not whole, or no record."""
    try:
        record = untrusted_json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return [record.get(key) for key in keys] if isinstance(record, dict) else None


def code_version(*names: str) -> str:
    """A hash of modules and folders of this package: Snakemake does not see edits in what scripts import."""
    digest = hashlib.sha256()
    for name in names:
        path = PACKAGE / name
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(PACKAGE)).encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def fingerprint(**parts: object) -> str:
    """A hash of everything that a result depends on."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
