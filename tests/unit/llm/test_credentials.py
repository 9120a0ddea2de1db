"""Where the key comes from, where it may go, and how it stays out of sight."""

import pytest

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.credentials import Credentials, read_credentials
from tests.loopback import Fault
from tests.unit.llm.conftest import KEY


def test_the_key_comes_from_the_environment_before_the_file(tmp_path):
    (tmp_path / ".env").write_text("OPENAI_API_KEY=from-file\n")

    def key(environment):
        return read_credentials(None, environment=environment, dotenv=tmp_path / ".env").key

    assert key({"OPENAI_API_KEY": "from-environment"}) == "from-environment"
    assert key({}) == "from-file"


def test_without_a_key_the_run_stops_and_says_where_to_put_it(tmp_path):
    with pytest.raises(RunStopped, match=r"OPENAI_API_KEY.*\.env"):
        read_credentials(None, environment={}, dotenv=tmp_path / ".env")


def test_the_file_may_have_a_byte_order_mark(tmp_path):
    (tmp_path / ".env").write_text("OPENAI_API_KEY=from-file\n", "utf-8-sig")

    assert read_credentials(None, environment={}, dotenv=tmp_path / ".env").key == "from-file"


def test_a_key_in_the_file_is_taken_as_it_stands(tmp_path):
    (tmp_path / ".env").write_text("OPENAI_API_KEY=sk-${HOME}-x\n")

    assert read_credentials(None, environment={}, dotenv=tmp_path / ".env").key == "sk-${HOME}-x"


def test_a_file_that_is_no_text_stops_the_run(tmp_path):
    (tmp_path / ".env").write_bytes(b"OPENAI_API_KEY=\xff\xfe\n")

    with pytest.raises(RunStopped, match=r"\.env is no UTF-8 text"):
        read_credentials(None, environment={}, dotenv=tmp_path / ".env")


def test_a_local_server_needs_no_key(tmp_path):
    assert read_credentials("http://localhost:8080/v1", environment={}, dotenv=tmp_path / ".env").local


@pytest.mark.parametrize(
    "server",
    [
        "http://api.example.org/v1",
        "http://10.0.0.5/v1",
        "http://localhost.example.org/v1",
        "http://127.0.0.1.nip.io",
    ],
)
def test_the_key_is_not_sent_in_the_clear_to_another_machine(server):
    with pytest.raises(RunStopped, match="plain http"):
        read_credentials(server, environment={"OPENAI_API_KEY": KEY})


@pytest.mark.parametrize(
    "server", ["http://localhost:1/v1", "http://127.8.8.8/v1", "http://[::1]:1/v1", "https://a.b"]
)
def test_loopback_and_https_are_allowed(server):
    assert read_credentials(server, environment={"OPENAI_API_KEY": KEY}).key == KEY


@pytest.mark.parametrize(
    "server",
    [
        "ftp://a.b",
        "api.example.org",
        "https://user:secret@a.b/v1",
        "https://a.b/v1?api-key=secret",
        "https://a.b/v1#secret",
        "https://a.b:port/v1",
        "https://a.b:99999/v1",
        "https://[::1/v1",
        "https://a.b/v1\r\nX-Other: secret",
        "https://a.b/v 1",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(server):
    with pytest.raises(RunStopped) as stop:
        read_credentials(server, environment={"OPENAI_API_KEY": KEY})

    assert "secret" not in str(stop.value)


def test_neither_the_key_nor_what_looks_like_one_survives_in_a_message():
    credentials = Credentials("https://a.b", KEY)

    text = credentials.redact(f"Incorrect key {KEY}, sk-proj-****abcd, Bearer abc.def in use")

    assert text == "Incorrect key [key], [key], Bearer [key] in use"
    assert KEY not in repr(credentials)


def test_a_server_that_echoes_the_key_finds_it_nowhere_on_disk(make_bench, interview, caplog):
    caplog.set_level("DEBUG")
    bench = make_bench("echo_200", Fault("401", times=0))

    bench.extractor()(interview)

    written = [
        path for path in bench.folder.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()
    ]
    assert written == []
    assert KEY not in caplog.text
    assert all(call["keyed"] for call in bench.server.calls)
