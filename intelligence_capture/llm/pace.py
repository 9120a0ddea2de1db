"""What all processes know about the pace that a server bears: a pause to keep, a gap between calls."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from intelligence_capture.records import Record

FIRST_GAP = 0.05
WIDEST_GAP = 5.0
"""Seconds between two calls, learned when a server rejects without saying how long to wait."""
TOGETHER_SECONDS = 1.0
LONGEST_LEARNED_PAUSE = 60.0

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)?")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "": 1.0}


class Pace(Record):
    """Until when all pause, the seconds between two calls and since when, and the last call's turn."""

    until: float = 0.0
    gap: float = 0.0
    slowed: float = 0.0
    last: float = 0.0

    def paused(self, until: float) -> "Pace":
        """The pace with a pause until then, or the longer one that was asked for before."""
        return self.model_copy(update={"until": max(self.until, until)})

    def slower(self, now: float) -> "Pace":
        """The pace after a rejection: twice the gap, but once for all calls that are rejected together."""
        if now - self.slowed < TOGETHER_SECONDS:
            return self
        return self.model_copy(update={"gap": min(max(self.gap * 2, FIRST_GAP), WIDEST_GAP), "slowed": now})

    def faster(self) -> "Pace":
        """The pace after an answer: a little less gap, none at last."""
        gap = self.gap * 0.97
        return self.model_copy(update={"gap": gap if gap > FIRST_GAP / 2 else 0.0})


class PaceKeeper(Protocol):
    """Where the pace is kept for all processes."""

    def read(self) -> Pace:
        """The pace as it is."""

    def change(self, change: Callable[[Pace], Pace]) -> Pace:
        """The pace after this change, which no other process's change comes between."""


class FilePace:
    """The pace in a file, for the processes of one machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(f"{path}.lock")

    def read(self) -> Pace:
        """The pace as it is; the usual one where the file is damaged."""
        try:
            return Pace.model_validate_json(self._path.read_bytes())
        except (FileNotFoundError, ValueError):
            return Pace()

    def change(self, change: Callable[[Pace], Pace]) -> Pace:
        """The pace after this change."""
        with self._lock:
            before = self.read()
            after = change(before)
            if after != before:
                temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.{secrets.token_hex(3)}")
                temporary.write_text(after.model_dump_json(), "utf-8")
                temporary.replace(self._path)
            return after


def announced_pause(headers: Mapping[str, str], tokens: int) -> float:
    """The seconds to pause by `x-ratelimit-*` before a call of so many tokens; 0 where it fits."""
    pause = 0.0
    for what, needed in (("requests", 1), ("tokens", tokens)):
        try:
            left = float(headers[f"x-ratelimit-remaining-{what}"])
            limit = float(headers.get(f"x-ratelimit-limit-{what}", "inf"))
        except (KeyError, ValueError):
            continue
        if left < min(needed, limit):
            pause = max(pause, duration(headers.get(f"x-ratelimit-reset-{what}", "")))
    return min(pause, LONGEST_LEARNED_PAUSE)


def duration(text: str) -> float:
    """The seconds in a text such as 6m0s, 20ms or 1.5; 0 where it is none."""
    if not re.fullmatch(f"(?:{_DURATION.pattern})+", text.strip()):
        return 0.0
    return sum(float(number) * _UNITS[unit] for number, unit in _DURATION.findall(text))
