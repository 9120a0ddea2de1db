"""The batches of a store: what each asks for and how far it is, on disk before anything is sent."""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from intelligence_capture.llm.request import About, Body, Request
from intelligence_capture.records import Record
from intelligence_capture.state import write_whole

MOST_REQUESTS = 50_000
MOST_BYTES = 200_000_000
"""What one file of the Batch API may hold; OpenAI's limits."""


class BatchRequest(Record):
    """One request of a batch: the address of its answer, whose it is, and what it may cost at worst."""

    key: str
    server: str
    model: str
    about: About
    usd: float | None


class Batch(Record):
    """One file of requests of one model; its name is the hash of the file.

    `prepared`: the file is written, and nobody knows whether it was sent: the process that was sending it may
    have died before it wrote the batch's id down. `submitted`: `batch_id` is known. `collected`: what the
    server has of it is in the store.
    """

    name: str
    run: str
    state: Literal["prepared", "submitted", "collected"] = "prepared"
    batch_id: str = ""
    outcome: str = ""
    requests: tuple[BatchRequest, ...]

    @property
    def server(self) -> str:
        """Where it goes."""
        return self.requests[0].server

    @property
    def mark(self) -> str:
        """What the server's list knows it by; a file that is submitted again by another run has another mark."""
        return f"{self.run} {self.name}"

    def call(self, request: BatchRequest) -> str:
        """The id of a request's call in the ledger."""
        return hashlib.sha256(f"{self.run}/{self.name}/{request.key}".encode()).hexdigest()[:16]


class BatchFolder:
    """`responses/batches`: a record and a file for each batch."""

    def __init__(self, responses: Path) -> None:
        self._folder = responses / "batches"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The sole right to submit or take over batches of this store; it dies with its process."""
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def all(self) -> tuple[Batch, ...]:
        """Every batch, by name."""
        return tuple(
            Batch.model_validate_json(path.read_bytes()) for path in sorted(self._folder.glob("*.json"))
        )

    def open(self) -> tuple[Batch, ...]:
        """The batches whose answers are not all taken."""
        return tuple(batch for batch in self.all() if batch.state != "collected")

    def put(self, batch: Batch) -> Batch:
        """Write down how far this batch is."""
        write_whole(self._path(batch), batch.model_dump_json())
        return batch

    def file(self, batch: Batch, what: str = "input") -> Path:
        """Where the batch's file of requests (`input`) or of answers (`output`, `error`) is."""
        return self._folder / f"{batch.name}.{what}.jsonl"

    def prepare(
        self, missing: Iterable[tuple[Request, BatchRequest]], body: Callable[[Request], Body], run: str
    ) -> list[Batch]:
        """The batches for these requests, their files and records on the disk, as few as the limits allow."""
        self._folder.mkdir(parents=True, exist_ok=True)
        by_model: dict[str, list[tuple[bytes, BatchRequest]]] = {}
        for request, kept in sorted(missing, key=lambda one: one[1].key):
            by_model.setdefault(kept.model, []).append((_line(kept.key, body(request)), kept))
        prepared = []
        for model in sorted(by_model):
            for part in split(by_model[model]):
                content = b"".join(line for line, _ in part)
                name = hashlib.sha256(content).hexdigest()[:24]
                batch = Batch(name=name, run=run, requests=tuple(kept for _, kept in part))
                write_whole(self.file(batch), content)
                prepared.append(self.put(batch))
        return prepared

    def drop(self, batch: Batch) -> None:
        """Forget a batch that was never sent."""
        self._path(batch).unlink(missing_ok=True)
        self._remove_files(batch)

    def finish(self, batch: Batch, outcome: str) -> None:
        """Write down that the batch is over, and remove its files: the answers are in the store."""
        self.put(batch.model_copy(update={"state": "collected", "outcome": outcome}))
        self._remove_files(batch)

    def _remove_files(self, batch: Batch) -> None:
        for what in ("input", "output", "error"):
            self.file(batch, what).unlink(missing_ok=True)

    def _path(self, batch: Batch) -> Path:
        return self._folder / f"{batch.name}.json"


def split(
    lines: Iterable[tuple[bytes, BatchRequest]],
    *,
    most_requests: int = MOST_REQUESTS,
    most_bytes: int = MOST_BYTES,
) -> list[list[tuple[bytes, BatchRequest]]]:
    """The lines in as few files as the limits on one allow, in their order."""
    parts: list[list[tuple[bytes, BatchRequest]]] = []
    size = 0
    for line, kept in lines:
        if not parts or len(parts[-1]) == most_requests or size + len(line) > most_bytes:
            parts.append([])
            size = 0
        parts[-1].append((line, kept))
        size += len(line)
    return parts


def _line(key: str, body: Body) -> bytes:
    request = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
    return (json.dumps(request, ensure_ascii=False) + "\n").encode("utf-8", "replace")
