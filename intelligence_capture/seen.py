"""What results held when they were last read, by size and time stamps: of thousands, a run reads what changed."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from intelligence_capture import untrusted_json
from intelligence_capture.state import FOLDER, told, write_whole
from intelligence_capture.written import checksum_of, stamp_of

FILE = f"{FOLDER}/seen.json"


class Seen:
    """A cache of checksums and of what records say; without its file everything is read once more.

    Snakemake sets the time stamp of a result after its job has ended, so that no job can note it.
    """

    def __init__(self, results: Path) -> None:
        self._file = results / FILE
        self._before: dict[str, dict[str, Any]] = {}
        with suppress(OSError, ValueError):
            kept = untrusted_json.loads(self._file.read_bytes())
            if isinstance(kept, dict):
                self._before = {name: facts for name, facts in kept.items() if isinstance(facts, dict)}
        self._now: dict[str, dict[str, Any]] = {}

    def checksum(self, path: Path) -> str:
        """The checksum of a file or folder; OSError where it cannot be read."""
        return str(self._fact(path, "checksum", lambda: checksum_of(path)))

    def holds(self, path: Path, **wanted: str) -> bool:
        """Whether this JSON file is there, whole, and says all of this."""
        keys = sorted(wanted)
        try:
            said = self._fact(path, ",".join(keys), lambda: told(path, keys))
        except OSError:
            return False
        return said == [wanted[key] for key in keys]

    def save(self) -> None:
        """Keep for the next run what was found of the files that this one looked at and that are still there."""
        # One that is gone may be a forgotten person's, whose name must not come back.
        there = {name: facts for name, facts in self._now.items() if Path(name).exists()}
        if there != self._before:
            with suppress(OSError):
                write_whole(self._file, json.dumps(there, sort_keys=True))

    def _fact(self, path: Path, name: str, read: Callable[[], object]) -> object:
        stamp = stamp_of(path)
        facts = self._now.get(str(path)) or self._before.get(str(path), {})
        if facts.get("stamp") != stamp:
            facts = {"stamp": stamp}
        self._now[str(path)] = facts
        if name in facts:
            return facts[name]
        found = read()
        if found is not None:  # what could not be read this time may be read the next
            self._now[str(path)] = {**facts, name: found}
        return found
