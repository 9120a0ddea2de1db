"""A server on loopback that knows what the store holds when a call arrives."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from intelligence_capture.llm.ledger import read_ledger
from intelligence_capture.llm.prompt import digest
from tests.loopback import Fault, LoopbackServer, interview_of, schema_name

ANSWER = re.compile(r"^[0-9a-f]{64}\.json$")
NAME = re.compile(r"clave (p\d+)")
UNKNOWN = {"reset"}
"""Faults after which the client cannot know whether it was billed."""

Identity = tuple[str, str]
"""What a call is about: the interview and the call group."""


class WatchedServer(LoopbackServer):
    """Notes with each call whether its answer was on the disk already, or another like it under way."""

    def __init__(self, responses: Path, **settings: Any) -> None:
        super().__init__(**settings)
        self.responses = responses
        self._known: dict[Path, Identity] = {}

    def begin(
        self, raw: bytes, body: dict[str, Any], authorization: str
    ) -> tuple[dict[str, Any], Fault | None]:
        found = NAME.search(interview_of(body))
        identity = (found[1] if found else "?", schema_name(body))
        stored, open_calls = identity in self.stored(), self.open_calls(alive=True)
        call, fault = super().begin(raw, body, authorization)
        call |= {"identity": identity, "was_stored": stored, "twins": open_calls[identity] - 1, "lost": False}
        return call, fault

    def stored(self) -> set[Identity]:
        """What has a whole answer on the disk."""
        for path in self.responses.glob("??/*.json"):
            if ANSWER.match(path.name) and path not in self._known:
                record = json.loads(path.read_bytes())
                if record.pop("checksum") == digest(record):
                    self._known[path] = (record["about"]["interview"], record["about"]["call"])
        return {identity for path, identity in self._known.items() if path.exists()}

    def open_calls(self, *, alive: bool) -> Counter[Identity]:
        """How many calls are reserved and not settled, by processes that live, or that died."""
        reserved = {}
        for event in read_ledger(self.responses / "ledger"):
            if event["event"] == "reserved":
                reserved[event["id"]] = event
            elif event["event"] != "repeated":
                reserved.pop(event["id"], None)
        return Counter(
            (event["interview"], event["call"])
            for event in reserved.values()
            if is_alive(event["pid"]) == alive
        )

    def note_lost(self) -> int:
        """Mark the calls whose answer never reached the disk and never will; how many those are.

        Called when what was to die is dead: what is neither stored nor awaited by a living process was in
        flight.
        """
        stored, living = self.stored(), self.open_calls(alive=True)
        lost = [
            call
            for call in list(self.calls)
            if call["billed"]
            and not call["lost"]
            and call["fault"] not in UNKNOWN
            and call["identity"] not in stored
            and not living[call["identity"]]
        ]
        for call in lost:
            call["lost"] = True
        return len(lost)


def is_alive(pid: int) -> bool:
    """Whether a process lives; a zombie does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"
