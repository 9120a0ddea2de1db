"""A real HTTP server on 127.0.0.1 that plays chat.completions, with scripted faults and a log of every call.

In a test: `with LoopbackServer(latency=0.1) as server: ... server.url`. From a shell, as workflow tests and
benchmarks do: `python -m tests.loopback --port 0 --latency 1 --log calls.jsonl --fault 500:0.3`.

Answers are computed from the interview in the request, always the same: real quotes, a fixed number of
entities of each table of the schema. A fault is told by name; `FAULTS` lists them.
"""

import argparse
import hashlib
import itertools
import json
import re
import socket
import struct
import sys
import threading
import time
import unicodedata
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.loopback_batches import Batches
from tests.loopback_judge import QUESTIONS, judge

HANG_SECONDS = 600
BLOCK = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")


@dataclass
class Fault:
    """One scripted fault: for the calls `when` picks, until it was used `times` often (None: for ever).

    `share` picks by a hash of seed and number of the call, so that a run can be repeated.
    """

    name: str
    share: float = 1.0
    times: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    when: Callable[[dict[str, Any]], bool] = lambda body: True
    message: str = ""
    used: int = 0


@dataclass
class Limits:
    """What the server enforces itself: a sliding window, and the most calls in it."""

    requests: int
    seconds: float
    retry_after: str | None = None


class LoopbackServer:
    """The server, its log (`calls`, one record a request, in order of arrival) and its faults."""

    def __init__(
        self,
        *,
        port: int = 0,
        latency: float = 0.0,
        log: Path | None = None,
        faults: list[Fault] | None = None,
        limits: list[Limits] | None = None,
        models: tuple[str, ...] | None = None,
        usage: bool = True,
        service_tier: str | None = None,
        entities: int = 2,
        heeds_prompt: bool = False,
        seed: int = 0,
        count_tokens: Callable[[str], int] = lambda text: len(text) // 4,
        batches: Batches | None = None,
    ) -> None:
        self.latency = latency
        self.faults = faults or []
        self.limits = limits or []
        self.models = models
        self.usage = usage
        self.service_tier = service_tier
        self.entities = entities
        self.heeds_prompt = heeds_prompt
        self.seed = seed
        self.count_tokens = count_tokens
        self.batches = batches
        self.calls: list[dict[str, Any]] = []
        self.in_flight = 0
        self.peak = 0
        self._log = log
        self._lock = threading.Lock()
        self._accepted: deque[float] = deque()
        self._prefixes: set[str] = set()
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.loopback = self
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> "LoopbackServer":
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def serve(self) -> None:
        """Serve until interrupted."""
        self._http.serve_forever(0.05)

    @property
    def accepted(self) -> list[dict[str, Any]]:
        """The calls that a real server would bill: answered, or cut off while answering."""
        return [call for call in self.calls if call["billed"]]

    def begin(
        self, raw: bytes, body: dict[str, Any], authorization: str
    ) -> tuple[dict[str, Any], Fault | None]:
        """The log record of a request that has just arrived, and the fault that it meets."""
        now = time.time()
        with self._lock:
            fault = self._limited(now) or self._scripted(body)
            call = {
                "n": len(self.calls),
                "at": now,
                "request": hashlib.sha256(raw).hexdigest()[:16],
                "model": body.get("model"),
                "schema": schema_name(body),
                "interview": hashlib.sha256(interview_of(body).encode()).hexdigest()[:16],
                "fault": fault.name if fault else None,
                "billed": fault is None or fault.name in BILLED,
                "keyed": authorization.startswith("Bearer ") and len(authorization) > 7,
                "done": None,
            }
            if call["billed"]:
                self._accepted.append(now)
            self.calls.append(call)
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)
            call["in_flight"] = self.in_flight
            self._write(call, "begin")
        return call, fault

    def end(self, call: dict[str, Any]) -> None:
        """Note in the log that the request is over."""
        with self._lock:
            call["done"] = time.time()
            self.in_flight -= 1
            self._write(call, "end")

    def answer(
        self, body: dict[str, Any], *, finish: str = "stop", content: str | None = None
    ) -> dict[str, Any]:
        """The whole response to a request."""
        text = content if content is not None else json.dumps(self.extracted(body), ensure_ascii=False)
        response: dict[str, Any] = {
            "id": "chatcmpl-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12],
            "object": "chat.completion",
            "created": 1,
            "model": body.get("model"),
            "choices": [
                {
                    "index": 0,
                    "finish_reason": finish,
                    "message": {"role": "assistant", "content": text, "refusal": None},
                }
            ],
        }
        if self.usage:
            response["usage"] = self._usage_of(body, text)
        if self.service_tier:
            response["service_tier"] = self.service_tier
        return response

    def extracted(self, body: dict[str, Any]) -> dict[str, Any]:
        """What the model finds; where it heeds the prompt, another prompt makes it find and name other things."""
        return extract(body, self.entities, str(body["messages"][0]["content"]) if self.heeds_prompt else "")

    def _usage_of(self, body: dict[str, Any], text: str) -> dict[str, Any]:
        prefix = json.dumps([body["messages"][0], body.get("response_format")])
        prompt = self.count_tokens(prefix) + self.count_tokens(interview_of(body))
        with self._lock:
            cached = self.count_tokens(prefix) if prefix in self._prefixes else 0
            self._prefixes.add(prefix)
        completion = self.count_tokens(text)
        cached = cached // 128 * 128 if cached >= 1024 else 0
        return {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
            "prompt_tokens_details": {"cached_tokens": cached},
        }

    def _limited(self, now: float) -> Fault | None:
        for limit in self.limits:
            if sum(at > now - limit.seconds for at in self._accepted) >= limit.requests:
                return Fault("429", headers={"retry-after": limit.retry_after} if limit.retry_after else {})
        return None

    def _scripted(self, body: dict[str, Any]) -> Fault | None:
        if self.models is not None and body.get("model") not in self.models:
            return Fault("404")
        for fault in self.faults:
            if (fault.times is None or fault.used < fault.times) and fault.when(body) and self._chosen(fault):
                fault.used += 1
                return fault
        return None

    def _chosen(self, fault: Fault) -> bool:
        if fault.share >= 1:
            return True
        drawn = hashlib.sha256(f"{self.seed}/{fault.name}/{len(self.calls)}".encode()).digest()
        return int.from_bytes(drawn[:4], "big") < fault.share * 2**32

    def _write(self, call: dict[str, Any], event: str) -> None:
        if self._log:
            with self._log.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"event": event, **call}) + "\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    loopback: LoopbackServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the console."""

    def do_GET(self) -> None:
        loopback = self.server.loopback
        found = loopback.batches.get(self.path, loopback.answer) if loopback.batches else {"data": []}
        self.reply(
            404 if found is None else 200, {"error": {"message": "no such thing"}} if found is None else found
        )

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not self.path.endswith("/chat/completions"):
            self.post_to_batches(raw)
            return
        body = json.loads(raw)
        loopback = self.server.loopback
        call, fault = loopback.begin(raw, body, self.headers.get("authorization", ""))
        try:
            if fault is None or fault.name in BILLED:
                time.sleep(loopback.latency)
            if fault is None:
                self.reply(200, loopback.answer(body))
            else:
                FAULTS[fault.name](self, body, fault)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            loopback.end(call)

    def post_to_batches(self, raw: bytes) -> None:
        """What the Batch API answers; 404 where the server has none."""
        batches = self.server.loopback.batches
        found = batches.post(self.path, raw, self.headers.get("content-type", "")) if batches else None
        if batches and self.path.endswith("/batches") and batches.lose_reply_to_create:
            batches.lose_reply_to_create = False
            self.reset()
            return
        self.reply(200 if found else 404, found or {"error": {"message": "no such endpoint"}})

    def reply(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        raw = content if isinstance(content, bytes) else json.dumps(content).encode("utf-8", "surrogatepass")
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def error(self, status: int, fault: Fault, message: str, code: str | None = None, **more: Any) -> None:
        error = {"message": fault.message or message, "type": "error", "code": code, "param": None, **more}
        self.reply(status, {"error": error}, fault.headers)

    def whole(self, body: dict[str, Any], **changes: Any) -> bytes:
        return json.dumps(self.server.loopback.answer(body, **changes), ensure_ascii=False).encode()

    def reset(self) -> None:
        """End the connection with a reset, as a crashing server does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


def _status(
    status: int, message: str, code: str | None = None
) -> Callable[[_Handler, dict[str, Any], Fault], None]:
    return lambda handler, body, fault: handler.error(status, fault, message, code)


def _content(
    change: Callable[[str], str], finish: str = "stop"
) -> Callable[[_Handler, dict[str, Any], Fault], None]:
    """A fault that answers with a changed content."""

    def play(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
        text = json.dumps(handler.server.loopback.extracted(body), ensure_ascii=False)
        handler.reply(200, handler.server.loopback.answer(body, content=change(text), finish=finish))

    return play


def _envelope(change: Callable[[dict[str, Any]], Any]) -> Callable[[_Handler, dict[str, Any], Fault], None]:
    """A fault that answers with a changed envelope."""
    return lambda handler, body, fault: handler.reply(200, change(handler.server.loopback.answer(body)))


def _raw(change: Callable[[bytes], bytes]) -> Callable[[_Handler, dict[str, Any], Fault], None]:
    """A fault that answers with changed bytes."""
    return lambda handler, body, fault: handler.reply(200, change(handler.whole(body)), fault.headers)


def _unknown_parameter(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
    """Refuse the parameter (or `name=value` of response_format) that the fault's message names."""
    handler.error(
        400,
        Fault("", headers=fault.headers),
        f"Unsupported parameter: '{fault.message}'",
        "unsupported_parameter",
        param=fault.message,
    )


def _hang(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
    """Say nothing until the client has gone."""
    handler.connection.settimeout(HANG_SECONDS)
    handler.connection.recv(1)
    handler.close_connection = True


def _headers_only(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", "1000")
    handler.end_headers()
    handler.wfile.flush()
    _hang(handler, body, fault)


def _drip(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
    """A byte at a time, faster than any timeout that counts per read."""
    content = handler.whole(body)
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(content)))
    handler.end_headers()
    for byte in content:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


def _reset(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
    """Half of the answer, then a reset."""
    _half(handler, body)
    time.sleep(0.05)
    handler.reset()


def _closed(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
    """Half of the answer, then an orderly end of the connection."""
    _half(handler, body)
    handler.close_connection = True


def _half(handler: _Handler, body: dict[str, Any]) -> None:
    content = handler.whole(body)
    handler.send_response(200)
    handler.send_header("content-length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])
    handler.wfile.flush()


def _first_list(text: str, change: Callable[[list[Any]], Any]) -> str:
    document = json.loads(text)
    table = next(iter(document))
    document[table] = change(document[table])
    return json.dumps(document, ensure_ascii=False)


def _first_entity(text: str, **changes: Any) -> str:
    document = json.loads(text)
    for entities in document.values():
        for entity in entities[:1]:
            entity.update(changes)
            return json.dumps(document, ensure_ascii=False)
    return text


def _reformed_quotes(text: str) -> str:
    """Every quote with other spaces, quotation marks and Unicode form than the speaker's."""
    document = json.loads(text)
    for item in (item for found in document.values() for entity in found for item in entity["evidence"]):
        item["quote"] = f"“{unicodedata.normalize('NFD', item['quote'])}”".replace(" ", "\u00a0 ")
    return json.dumps(document, ensure_ascii=False)


def _examples(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
    """Every entity is one of the examples that the instructions show."""
    document = handler.server.loopback.extracted(body)
    shown = itertools.cycle(re.findall("«(.+?)»", str(body["messages"][0]["content"])))
    for entity in (entity for entities in document.values() for entity in entities):
        example = next(shown)
        entity |= {"label": example, "evidence": [{"question_index": 0, "quote": example}]}
    content = json.dumps(document, ensure_ascii=False)
    handler.reply(200, handler.server.loopback.answer(body, content=content))


def _echo_key(handler: _Handler, body: dict[str, Any], fault: Fault) -> None:
    key = handler.headers.get("authorization", "").removeprefix("Bearer ")
    handler.error(
        int(fault.message or 401), Fault("", headers=fault.headers), f"Incorrect API key provided: {key}."
    )


FAULTS: dict[str, Callable[[_Handler, dict[str, Any], Fault], None]] = {
    "429": _status(429, "Rate limit reached", "rate_limit_exceeded"),
    "quota": _status(429, "You exceeded your current quota", "insufficient_quota"),
    "401": _echo_key,
    "404": _status(404, "The model does not exist", "model_not_found"),
    "too_long": _status(400, "This model's maximum context length is 100 tokens", "context_length_exceeded"),
    "400": _status(400, "Something about this request is wrong"),
    "parameter": _unknown_parameter,
    **{str(code): _status(code, "The server is in trouble") for code in (500, 502, 503, 504, 529)},
    "hang": _hang,
    "headers": _headers_only,
    "drip": _drip,
    "reset": _reset,
    "closed": _closed,
    "html": _raw(lambda raw: b"<!doctype html><title>Welcome</title>"),
    "half_body": _raw(lambda raw: raw[: len(raw) // 2]),
    "not_utf8": _raw(lambda raw: raw[:-40] + b"\xff\xfe" + raw[-40:]),
    "echo_200": lambda handler, body, fault: handler.reply(
        200,
        handler.server.loopback.answer(body) | {"debug": handler.headers.get("authorization")},
        {"x-request-id": handler.headers.get("authorization", "")},
    ),
    "no_choices": _envelope(lambda answer: {**answer, "choices": []}),
    "choices_missing": _envelope(lambda answer: {k: v for k, v in answer.items() if k != "choices"}),
    "error_200": lambda handler, body, fault: handler.reply(
        200, {"error": {"message": fault.message or "upstream failed"}}
    ),
    "null_content": _envelope(
        lambda answer: {**answer, "choices": [{"finish_reason": "stop", "message": {"content": None}}]}
    ),
    "length": _content(lambda text: text[: len(text) // 2], "length"),
    "cut": _content(lambda text: text[: len(text) // 2]),
    "content_filter": _content(lambda text: "", "content_filter"),
    "refusal": lambda handler, body, fault: handler.reply(
        200,
        handler.server.loopback.answer(body)
        | {
            "choices": [
                {
                    "finish_reason": "stop",
                    "message": {"content": None, "refusal": fault.message or "I cannot help with that"},
                }
            ]
        },
    ),
    "fence": _content(lambda text: f"```json\n{text}\n```"),
    "prose": _content(lambda text: f"Here is what I found:\n\n{text}\n\nI hope this helps."),
    "two_objects": _content(lambda text: f"{text}\n{text}"),
    "wrong_schema": _content(lambda text: _first_list(text, lambda entities: "none")),
    "passed_over": _content(lambda text: _first_list(text, lambda entities: entities[1:])),
    "wrong_type": _content(lambda text: _first_entity(text, confidence="high")),
    "missing_table": _content(lambda text: json.dumps(dict(list(json.loads(text).items())[1:]))),
    "duplicate_keys": _content(lambda text: text[:-1] + ", " + text[1:]),
    "nan": _content(lambda text: _first_entity(text, confidence=float("nan"))),
    "surrogate": _content(lambda text: text.replace('"label": "', '"label": "\\ud800', 1)),
    "big_number": _content(lambda text: _first_entity(text, confidence=2**70)),
    "deep": _content(lambda text: '{"a":' * 100_000 + "1" + "}" * 100_000),
    "deep_in_prose": _content(lambda text: 'The "answer" is "' + '{"a":' * 100_000 + "1" + "}" * 100_000),
    "deep_after": _content(lambda text: f'{text} or "' + '{"a":' * 100_000 + "1" + "}" * 100_000),
    "huge": _content(lambda text: json.dumps({"noise": "x" * 50_000_000})),
    "invented_quote": _content(
        lambda text: _first_entity(
            text, evidence=[{"question_index": 0, "quote": "Nobody ever said these words."}]
        )
    ),
    "examples": _examples,
    "reformed_quote": _content(lambda text: _reformed_quotes(text)),
    "empty_lists": _content(lambda text: json.dumps({table: [] for table in json.loads(text)})),
}
"""Every fault by name."""

REJECTED = {"429", "quota", "401", "404", "too_long", "400", "parameter", "500", "502", "503", "504", "529"}
BILLED = set(FAULTS) - REJECTED
"""Faults after which a real server bills, or may bill."""


def schema_of(body: dict[str, Any]) -> dict[str, Any]:
    """The schema that the answer has to follow, wherever the request says it."""
    given = body.get("response_format", {}).get("json_schema", {}).get("schema")
    if given:
        return dict(given)
    text = body["messages"][0]["content"]
    for line in text.splitlines():
        if line.startswith('{"type":"object"'):
            return dict(json.loads(line))
    raise ValueError("the request has no schema")


def schema_name(body: dict[str, Any]) -> str:
    """The name of the call."""
    return str(body.get("response_format", {}).get("json_schema", {}).get("name", ""))


def interview_of(body: dict[str, Any]) -> str:
    """The message with the interview."""
    return str(body["messages"][-1]["content"])


def extract(body: dict[str, Any], most: int = 2, prompt: str = "") -> dict[str, list[dict[str, Any]]]:
    """An answer that follows the schema, from sentences of the interview that a hash picks for each table."""
    salt = hashlib.sha256(prompt.encode()).digest() if prompt else b""
    if schema_name(body) in QUESTIONS:
        return judge(schema_name(body), interview_of(body))
    sentences = sentences_of(interview_of(body))
    found = {}
    for table, spec in schema_of(body)["properties"].items():
        ordered = sorted(
            sentences, key=lambda item: hashlib.sha256(salt + f"{table}/{item[1]}".encode()).digest()
        )
        words = 3 + salt[0] % 4 if salt else 6
        found[table] = [_entity(spec["items"], index, quote, words) for index, quote in ordered[:most]]
    return found


def sentences_of(text: str) -> list[tuple[int, str]]:
    """Every sentence of an answer of three words or more, with its question's number."""
    found = []
    blocks = list(BLOCK.finditer(text))
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        answer = text[block.end() : following.start() if following else len(text)]
        for sentence in SENTENCE.findall(answer):
            quote = sentence.strip().removeprefix("(…)").removesuffix("(…)").strip()
            if len(quote.split()) >= 3:
                found.append((int(block[1]), quote[:300]))
    return found


def _entity(schema: dict[str, Any], index: int, quote: str, words: int) -> dict[str, Any]:
    entity = {name: _nothing(spec) for name, spec in schema["properties"].items()}
    return entity | {
        "label": " ".join(quote.split()[:words]),
        "description": quote,
        "confidence": 0.8,
        "evidence": [{"question_index": index, "quote": quote}],
    }


def _nothing(spec: dict[str, Any]) -> Any:
    return [] if spec["type"] == "array" else None


def _fault_argument(text: str) -> Fault:
    name, _, rest = text.partition(":")
    share, _, times = rest.partition(":")
    if name not in FAULTS:
        raise argparse.ArgumentTypeError(f"no fault {name!r}; there are {', '.join(FAULTS)}")
    return Fault(name, share=float(share or 1), times=int(times) if times else None)


def _limit_argument(text: str) -> Limits:
    requests, _, seconds = text.partition("/")
    return Limits(int(requests), float(seconds))


def main(arguments: list[str] | None = None) -> None:
    """Serve until the process is ended; the first line on stdout is the base URL."""
    parser = argparse.ArgumentParser(prog="python -m tests.loopback", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument(
        "--log", type=Path, help="a file for one JSON line when a call begins and one when it ends"
    )
    parser.add_argument("--fault", type=_fault_argument, action="append", help="NAME[:SHARE[:TIMES]]")
    parser.add_argument(
        "--limit", type=_limit_argument, action="append", help="REQUESTS/SECONDS that it enforces"
    )
    parser.add_argument("--model", action="append", help="a model that it has; others are 404")
    parser.add_argument("--entities", type=int, default=2, help="entities of each table in an answer")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--url-file", type=Path, help="a file to write the base URL to")
    given = parser.parse_args(arguments)
    server = LoopbackServer(
        port=given.port,
        latency=given.latency,
        log=given.log,
        faults=given.fault,
        limits=given.limit,
        models=tuple(given.model) if given.model else None,
        entities=given.entities,
        seed=given.seed,
    )
    print(server.url, flush=True)
    if given.url_file:
        given.url_file.write_text(server.url, "utf-8")
    try:
        server.serve()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
