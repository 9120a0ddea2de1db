"""A command with what it took, and the table that figures are printed in."""

import os
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, CPU seconds and the largest process of a command and all that it started."""

    status: int
    seconds: float
    cpu: float
    peak_mb: int
    output: str


def timed(command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Took:
    """Run the command to its end in this folder."""
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        pid = os.posix_spawn(
            "/usr/bin/env",
            ["env", "-C", str(folder), *command],
            dict(environment),
            file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), stream) for stream in (1, 2)],
        )
        _, status, used = os.wait4(pid, 0)
        seconds = time.monotonic() - begun
        output.seek(0)
        said = output.read()
    status = os.waitstatus_to_exitcode(status)
    return Took(status, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, said)


def heading(names: Iterable[str]) -> None:
    """Print the head of a Markdown table."""
    names = list(names)
    row(names)
    row(["---"] * len(names))


def row(values: Iterable[object]) -> None:
    """Print a row of a Markdown table, numbers to a sensible place."""
    print("| " + " | ".join(_text(value) for value in values) + " |", flush=True)


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 10 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
