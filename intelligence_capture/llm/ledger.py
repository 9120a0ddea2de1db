"""The ledger: every call with its outcome and cost, and the budget that all processes of a run share."""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from intelligence_capture.llm.request import About

Outcome = Literal["answered", "rejected", "unknown", "not_sent"]


class BudgetReached(Exception):
    """The next call could cost more than is left."""


class Ledger:
    """One file of JSON lines a run, beside the responses: it outlives results.

    A call reserves its worst case before it is sent and is settled when its outcome is known; what is
    unknown stays reserved.
    """

    def __init__(self, folder: Path, *, run: str, limit_usd: float | None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{run}.jsonl"
        self._limit = limit_usd
        self._read_to = 0
        self._reserved: dict[str, float] = {}
        self._in_flight: set[str] = set()
        self._spent = 0.0

    def reserve(
        self,
        about: About,
        *,
        key: str,
        model: str,
        worst_usd: float | None,
        patience_seconds: float = 0.0,
        check: Callable[[], None] = lambda: None,
    ) -> str:
        """The id of a call that may be made; BudgetReached where its worst case does not fit.

        Where only calls in flight are in the way, it waits for them to be settled, up to the patience.
        """
        call = secrets.token_hex(8)
        deadline = time.monotonic() + patience_seconds
        while True:
            with self._locked() as append:
                if self._fits(worst_usd or 0.0):
                    append(
                        {"event": "reserved", "id": call, "key": key, "model": model, "usd": worst_usd}
                        | about.facts()
                    )
                    return call
                waiting = bool(self._in_flight) and self._spent + (worst_usd or 0.0) <= (self._limit or 0.0)
            if not waiting or time.monotonic() > deadline:
                raise BudgetReached(
                    f"budget: {self._spent:.4f} dollars spent, {sum(self._reserved.values()):.4f} reserved, "
                    f"and the next call may cost {worst_usd or 0.0:.4f}; openai.max_cost_usd is {self._limit}"
                )
            check()
            time.sleep(0.2)

    def reserve_all(self, calls: Sequence[dict[str, Any]]) -> None:
        """Reserve all of these calls, each with `id`, `key`, `model`, `usd` and whose it is, or none.

        BudgetReached where they do not fit together.
        """
        worst = sum(call["usd"] or 0.0 for call in calls)
        with self._locked() as append:
            if not self._fits(worst):
                raise BudgetReached(
                    f"budget: {len(calls)} requests may cost {worst:.4f} dollars together, {self._spent:.4f} "
                    f"are spent; openai.max_cost_usd is {self._limit}"
                )
            append(*({"event": "reserved"} | call for call in calls))

    def settle_all(self, outcomes: Iterable[dict[str, Any]]) -> None:
        """Write down what became of calls, each with `id` and `event` (an Outcome)."""
        with self._locked() as append:
            append(*outcomes)

    def settle(self, call: str, outcome: Outcome, **facts: Any) -> None:  # noqa: ANN401 - JSON values
        """Write down what became of a call; `usd` among the facts where it is known."""
        with self._locked() as append:
            append({"event": outcome, "id": call} | facts)

    def repeated(self, call: str, *, key: str, about: About, earlier: dict[str, Any]) -> None:
        """Name a call that is made again because nobody knows what became of an earlier one."""
        with self._locked() as append:
            append({"event": "repeated", "id": call, "key": key, "earlier": earlier} | about.facts())

    def spent(self) -> float:
        """The dollars that this run is known to have spent."""
        with self._locked():
            return self._spent

    def _fits(self, worst: float) -> bool:
        return self._limit is None or self._spent + sum(self._reserved.values()) + worst <= self._limit

    @contextmanager
    def _locked(self) -> Iterator[Callable[..., None]]:
        """The file under its lock and read to its end; events handed to the callable are appended to it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            self._catch_up(descriptor)
            yield lambda *events: self._append(descriptor, events)
        finally:
            os.close(descriptor)

    def _append(self, descriptor: int, events: Iterable[dict[str, Any]]) -> None:
        stamp = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "pid": os.getpid()}
        line = "".join(json.dumps(event | stamp, ensure_ascii=False) + "\n" for event in events).encode()
        size = os.fstat(descriptor).st_size
        try:
            # A line that a full disk or a kill has cut ends here, so that this one stays whole.
            torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            _write_all(descriptor, b"\n" + line if torn else line)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise
        self._catch_up(descriptor)

    def _catch_up(self, descriptor: int) -> None:
        size = os.fstat(descriptor).st_size
        content = os.pread(descriptor, size - self._read_to, self._read_to) if size > self._read_to else b""
        whole, _, _ = content.rpartition(b"\n")
        self._read_to += len(whole) + 1 if whole else 0
        for line in whole.splitlines():
            try:
                self._apply(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue  # a line that was cut

    def _apply(self, event: dict[str, Any]) -> None:
        call, kind = event["id"], event["event"]
        if kind == "reserved":
            self._reserved[call] = event["usd"] or 0.0
            self._in_flight.add(call)
            return
        if kind == "repeated":
            return
        self._in_flight.discard(call)
        if kind == "answered" and event.get("usd") is not None:
            self._reserved.pop(call, None)
            self._spent += event["usd"]
        elif kind in ("rejected", "not_sent"):
            self._reserved.pop(call, None)


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def read_ledger(folder: Path) -> Iterator[dict[str, Any]]:
    """Every event of every run, in the order of the runs; lines that were cut are left out."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            try:
                yield {"run": path.stem} | json.loads(line)
            except (ValueError, TypeError):
                continue
