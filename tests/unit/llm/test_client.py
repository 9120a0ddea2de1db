"""What a hostile server, or a mistaken environment, can do to the client, and what it then says."""

import gzip
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.bounded import LARGEST_REPLY
from intelligence_capture.llm.client import Client
from intelligence_capture.llm.credentials import Credentials
from intelligence_capture.llm.faults import CallFailed
from tests.unit.llm.conftest import KEY

BODY = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hola"}]}


@contextmanager
def answering(answer):
    """A server on loopback whose every answer `answer` writes; its address and the headers it was sent."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            """Nothing on the console."""

        def do_POST(self):
            self.rfile.read(int(self.headers.get("content-length", 0)))
            seen.append(dict(self.headers.items()))
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", seen
    finally:
        server.shutdown()
        server.server_close()


def send(handler, status, content=b"{}", **headers):
    handler.send_response(status)
    handler.send_header("content-length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def call(server, seconds=20):
    client = Client(Credentials(server, KEY), timeout_seconds=seconds)
    try:
        return client(BODY)
    finally:
        client.close()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_takes_neither_the_interview_nor_the_key_anywhere(status):
    with answering(lambda handler: send(handler, 200)) as (elsewhere, reached):
        target = f"{elsewhere}/chat/completions"
        with (
            answering(lambda handler: send(handler, status, location=target)) as (server, asked),
            pytest.raises(CallFailed, match=f"HTTP {status}") as failed,
        ):
            call(server)

    assert len(asked) == 1 and reached == []
    assert failed.value.fault.kind == "refused"


def pour(handler, status):
    """Begin an answer that has no end."""
    handler.send_response(status)
    handler.send_header("connection", "close")
    handler.end_headers()
    for _ in range(4 * LARGEST_REPLY // 1_000_000):
        handler.wfile.write(b"x" * 1_000_000)


@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_without_an_end_does_not_fill_the_memory(status):
    with (
        answering(lambda handler: pour(handler, status)) as (server, _),
        pytest.raises(CallFailed, match="larger than") as failed,
    ):
        call(server)

    assert failed.value.fault.kind == "unknown"


@pytest.fixture(scope="module")
def bomb():
    return gzip.compress(b"x" * (LARGEST_REPLY * 5 // 4))


@pytest.mark.parametrize("status", [200, 400])
def test_a_compressed_answer_does_not_unfold_into_gigabytes(bomb, status):
    with (
        answering(lambda handler: send(handler, status, bomb, content_encoding="gzip")) as (server, asked),
        pytest.raises(CallFailed, match="larger than") as failed,
    ):
        call(server)

    assert failed.value.fault.kind == "unknown"
    assert asked[0]["accept-encoding"] == "identity"


def test_an_answer_that_comes_compressed_nonetheless_is_read():
    content = gzip.compress(b'{"choices": []}')

    with answering(lambda handler: send(handler, 200, content, content_encoding="gzip")) as (server, _):
        assert call(server).body == b'{"choices": []}'


def test_the_environment_of_openai_is_not_told_to_another_server(monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-canary")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-canary")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-admin-canary")

    with answering(lambda handler: send(handler, 200)) as (server, asked):
        call(server)

    assert "canary" not in str({name: value for name, value in asked[0].items() if KEY not in value})


def test_a_proxy_of_the_environment_is_not_used_for_this_machine(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    with answering(lambda handler: send(handler, 200)) as (server, asked):
        call(server)

    assert len(asked) == 1


def test_a_proxy_that_refuses_was_never_paid(monkeypatch):
    def refuse(handler):
        send(handler, 407)

    with answering(refuse) as (proxy, _):
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy.removesuffix("/v1"))
        with pytest.raises(CallFailed) as failed:
            call("https://models.example.org/v1")

    assert failed.value.fault.kind == "unreachable"


@pytest.mark.parametrize("key", ["sk-ñandú", "sk-two words", "sk-a\nX-Other: b"])
def test_a_key_that_fits_in_no_header_stops_the_run_and_is_not_shown(make_bench, interview, monkeypatch, key):
    monkeypatch.setenv("OPENAI_API_KEY", key)
    bench = make_bench()

    with pytest.raises(RunStopped, match="OPENAI_API_KEY") as stop:
        bench.extractor()(interview)

    assert key not in str(stop.value) and bench.server.calls == []
