"""The Batch API as the loopback server plays it: files, batches, and what can go wrong with them."""

import email
import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

Answer = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Batches:
    """The server's files and batches; a batch ends after so many looks at it, as `ends` says.

    `answers` is how many of its requests are answered before it ends (None: all); `refuse` picks requests
    whose own answer is an error. `created` names the input file of every batch that was created.
    """

    looks: int = 1
    ends: str = "completed"
    answers: int | None = None
    refuse: Callable[[dict[str, Any]], bool] = lambda line: False
    lose_reply_to_create: bool = False
    hangs_at: Literal["", "upload", "create", "created"] = ""
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, target: str, answer: Answer) -> dict[str, Any] | bytes | None:
        """What a GET brings; None where there is no such thing."""
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        parts = path.removeprefix("/v1/").split("/")
        with self.lock:
            if parts == ["batches"]:
                return self._page(query.get("after", [""])[0])
            if parts[0] == "batches" and parts[1] in self.batches:
                return self._look(self.batches[parts[1]], answer)
            if parts[0] == "files" and parts[-1] == "content":
                return self.files.get(parts[1])
        return None

    def post(self, path: str, raw: bytes, content_type: str) -> dict[str, Any] | None:
        """What a POST brings; None where there is no such thing."""
        if (path, self.hangs_at) in (("/v1/files", "upload"), ("/v1/batches", "create")):
            return self._hang()
        with self.lock:
            if path == "/v1/files":
                return self._uploaded(_file_in(raw, content_type))
            created = self._create(json.loads(raw)) if path == "/v1/batches" else None
        return self._hang() if created and self.hangs_at == "created" else created

    def _hang(self) -> None:
        """Say nothing until the test has ended the process that asked."""
        self.reached.set()
        self.released.wait(60)

    def _uploaded(self, content: bytes) -> dict[str, Any]:
        name = f"file-{len(self.files)}"
        self.files[name] = content
        return {"id": name, "object": "file", "bytes": len(content), "purpose": "batch"}

    def _create(self, given: dict[str, Any]) -> dict[str, Any]:
        name = f"batch_{len(self.batches)}"
        self.batches[name] = {
            "id": name,
            "object": "batch",
            "status": "validating",
            "looks": 0,
            **{key: given.get(key) for key in ("input_file_id", "endpoint", "completion_window", "metadata")},
        }
        self.created.append(hashlib.sha256(self.files[given["input_file_id"]]).hexdigest())
        return self.batches[name]

    def _page(self, after: str) -> dict[str, Any]:
        newest = [self.batches[name] for name in reversed(self.batches)]
        names = [one["id"] for one in newest]
        first = names.index(after) + 1 if after else 0
        return {"object": "list", "data": newest[first : first + 1], "has_more": first + 1 < len(newest)}

    def _look(self, batch: dict[str, Any], answer: Answer) -> dict[str, Any]:
        batch["looks"] += 1
        batch["status"] = "in_progress"
        if batch["looks"] > self.looks:
            self._end(batch, answer)
        return batch

    def _end(self, batch: dict[str, Any], answer: Answer) -> None:
        if batch["status"] == self.ends:
            return
        batch["status"] = self.ends
        lines = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        done = [] if self.ends == "failed" else lines[: self.answers]
        good = [line for line in done if not self.refuse(line)]
        self.answered += [line["custom_id"] for line in good]
        output = [_line(line, 200, answer(line["body"])) for line in good]
        errors = [_line(line, 400, {"error": {"message": "refused"}}) for line in done if self.refuse(line)]
        if self.ends != "failed":
            errors += [
                {"custom_id": line["custom_id"], "response": None, "error": {"code": "batch_expired"}}
                for line in lines[len(done) :]
            ]
        else:
            batch["errors"] = {"data": [{"code": "invalid", "message": "enqueued token limit reached"}]}
        for what, found in (("output", output), ("error", errors)):
            if found:
                name = f"file-{len(self.files)}"
                self.files[name] = "".join(json.dumps(one) + "\n" for one in found).encode()
                batch[f"{what}_file_id"] = name


def _line(line: dict[str, Any], status: int, body: dict[str, Any]) -> dict[str, Any]:
    response = {"status_code": status, "request_id": "r", "body": body}
    return {"id": "b", "custom_id": line["custom_id"], "response": response, "error": None}


def _file_in(raw: bytes, content_type: str) -> bytes:
    """The file in a form."""
    form = email.message_from_bytes(b"content-type: " + content_type.encode() + b"\r\n\r\n" + raw)
    for part in form.get_payload():
        if part.get_filename():
            return bytes(part.get_payload(decode=True))
    raise ValueError("no file in the form")
