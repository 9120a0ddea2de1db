"""The store of responses: content-addressed, on disk before it is parsed, verified when it is read.

An answer that reached the disk is never paid for again.
"""

import base64
import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from intelligence_capture import untrusted_json
from intelligence_capture.llm.client import Reply
from intelligence_capture.llm.prompt import digest
from intelligence_capture.llm.request import About
from intelligence_capture.records import Record

log = logging.getLogger(__name__)

SPARE_BYTES = 262_144
"""Room on the disk that is taken before a call, so that its answer can be written when the disk is full."""

LARGEST_READ = 10_000_000
"""Bytes of an answer whose usage is read; a larger one is no answer of a model."""

_DAMAGE = (ValueError, KeyError, TypeError, AttributeError)


class Stored(Record):
    """An answer as it lies in the store. `usd` is what it cost, None where that is unknown."""

    key: str
    body: bytes
    usage: dict[str, int] | None
    usd: float | None
    model: str
    from_store: bool = True


class Addressed(Protocol):
    """What an answer is stored by: a Request, or what a batch keeps of it."""

    @property
    def key(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def server(self) -> str: ...  # noqa: D102
    @property
    def model(self) -> str: ...  # noqa: D102


class Held:
    """The sole right to send one request; `interrupted` is what a process left that died while sending it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        left = os.pread(descriptor, 4096, 0).strip(b"\x00")
        self.interrupted = _parsed(left)

    def mark(self, note: dict[str, Any]) -> None:
        """Write down, before the call, that the call is in flight."""
        self.clear()
        # Not synced: this outlives the process, and after a loss of power the reservation in the ledger
        # tells the same. Between the gate and the call, every millisecond falsifies the rate.
        os.pwrite(self._descriptor, json.dumps(note).encode(), 0)

    def clear(self) -> None:
        """Write down that no call is in flight."""
        os.ftruncate(self._descriptor, 0)


class ResponseStore:
    """The folder of answers, shared by all processes and runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, key: str) -> Stored | None:
        """The answer at this address; None where there is none, or it is damaged and was set aside."""
        try:
            return self._verified(key)
        except FileNotFoundError:
            return None
        except _DAMAGE as error:
            aside = self.set_aside(key, "damaged")
            log.warning("a stored response is damaged (%s): moved to %s and asked again", error, aside)
            return None

    def look(self, key: str) -> Stored | None:
        """The answer at this address, None where there is no whole one; nothing is changed."""
        try:
            return self._verified(key)
        except (FileNotFoundError, *_DAMAGE):
            return None

    @contextmanager
    def hold(self, key: str) -> Iterator[Held]:
        """The sole right to send this request, over all processes of the machine."""
        path = self._path(key, ".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _locked(path)
        try:
            self._adopt(key)
            yield Held(descriptor)
        finally:
            # What is left in the file says that a call went out and nobody knows what became of it.
            if not os.fstat(descriptor).st_size:
                path.unlink(missing_ok=True)
            os.close(descriptor)

    @contextmanager
    def room(self, key: str) -> Iterator[Path]:
        """A temporary file that holds disk space for the answer, taken before the call is made."""
        path = self._path(key, ".part")
        try:
            with path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, SPARE_BYTES)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def save(self, request: Addressed, reply: Reply, about: About, usd: float | None, room: Path) -> Stored:
        """The answer, after it has reached the disk under the request's address."""
        text, encoding = _as_text(reply.body)
        record: dict[str, Any] = {
            "key": request.key,
            "server": request.server,
            "model": request.model,
            "about": about.facts(),
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "headers": reply.headers,
            "usage": usage_of(reply.body),
            "usd": usd,
            "encoding": encoding,
            "body": text,
        }
        content = json.dumps(record | {"checksum": digest(record)}, ensure_ascii=False).encode("utf-8")
        self._publish(room, self._path(request.key), content)
        return _stored(record).model_copy(update={"from_store": False})

    def note(self, key: str, what: str) -> None:
        """Remember what became of a request that has no answer, so that it is not sent again."""
        path = self._path(key, ".note")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(what, "utf-8")

    def noted(self, key: str) -> str:
        """What `note` remembered, '' for nothing."""
        with suppress(FileNotFoundError):
            return self._path(key, ".note").read_text("utf-8")
        return ""

    def set_aside(self, key: str, why: str) -> Path:
        """Keep an answer as evidence where it blocks nothing; the path it now has."""
        path = self._path(key)
        number = 1
        while (aside := path.with_suffix(f".{why}-{number}.json")).exists():
            number += 1
        with suppress(FileNotFoundError):
            path.rename(aside)
        return aside

    def _adopt(self, key: str) -> None:
        """Take over an answer that was on the disk whole when its process died before naming it."""
        part = self._path(key, ".part")
        try:
            self._verified(key, part)
        except FileNotFoundError:
            return
        except _DAMAGE:
            part.unlink()
            return
        # The zeros go, so that every file under an answer's name is JSON for whoever reads it.
        os.truncate(part, len(part.read_bytes().rstrip(b"\x00")))
        part.rename(self._path(key))

    def _verified(self, key: str, path: Path | None = None) -> Stored:
        # A process that died before it gave the spare room back has left zeros at the end of the part.
        record = untrusted_json.loads((path or self._path(key)).read_bytes().rstrip(b"\x00"))
        checksum = record.pop("checksum")
        if checksum != digest(record) or record["key"] != key:
            raise ValueError("its checksum does not match")
        return _stored(record)

    def _path(self, key: str, suffix: str = ".json") -> Path:
        return self._folder / key[:2] / f"{key}{suffix}"

    def _publish(self, room: Path, path: Path, content: bytes) -> None:
        with room.open("r+b") as file:
            file.write(content)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        room.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def usage_of(body: bytes) -> dict[str, int] | None:
    """The `usage` of an answer, None where it has none that makes sense."""
    usage = _parsed(body).get("usage") if len(body) < LARGEST_READ else None
    counts = ("prompt_tokens", "completion_tokens")
    if not isinstance(usage, dict) or not all(_is_count(usage.get(name)) for name in counts):
        return None
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return {name: usage[name] for name in counts} | {"cached_tokens": cached if _is_count(cached) else 0}


def tier_of(body: bytes) -> str | None:
    """The price class that an answer says it came in; the full one where it says nothing."""
    tier = _parsed(body).get("service_tier") if len(body) < LARGEST_READ else None
    return tier if isinstance(tier, str) else None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        value = untrusted_json.loads(content)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _as_text(body: bytes) -> tuple[str, str]:
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), "base64"


def _stored(record: dict[str, Any]) -> Stored:
    text = record["body"]
    body = base64.b64decode(text) if record["encoding"] == "base64" else text.encode("utf-8")
    return Stored(
        key=record["key"], body=body, usage=record["usage"], usd=record["usd"], model=record["model"]
    )


def _locked(path: Path) -> int:
    """A descriptor of the lock file, locked; the lock dies with the process, whatever kills it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            # Whoever held it before may have removed it: then this lock is on a file without a name.
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                return descriptor
        os.close(descriptor)
