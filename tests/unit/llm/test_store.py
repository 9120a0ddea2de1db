"""The store of responses, killed and damaged in every way."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from intelligence_capture.llm.client import Reply
from intelligence_capture.llm.request import About, Request
from intelligence_capture.llm.store import ResponseStore, usage_of
from tests.unit.llm.conftest import ROOT

ABOUT = About(interview="ana", call="work")


@pytest.fixture
def request_of():
    def make(text: str = "hola", **changes) -> Request:
        base = {
            "server": "http://127.0.0.1:1/v1",
            "model": "gpt-4o-mini",
            "messages": ({"role": "system", "content": "mine"}, {"role": "user", "content": text}),
            "schema_name": "work",
            "answer_schema": {"type": "object"},
            "temperature": 0.0,
            "max_output_tokens": 100,
        }
        return Request.model_validate(base | changes)

    return make


def put(store: ResponseStore, request: Request, body: bytes = b'{"usage": null}') -> None:
    with store.hold(request.key), store.room(request.key) as room:
        store.save(request, Reply(headers={"x-request-id": "1"}, body=body), ABOUT, 0.01, room)


@pytest.mark.parametrize("body", [b"{}", b"", b"\xff\xfe not utf8", "ñ\u2028\x00".encode(), b"x" * 1_000_000])
def test_what_is_saved_is_read_byte_by_byte(tmp_path, request_of, body):
    put(ResponseStore(tmp_path), request_of(), body)

    assert ResponseStore(tmp_path).read(request_of().key).body == body


@pytest.mark.parametrize(
    "change",
    [
        {"server": "http://127.0.0.1:2/v1"},
        {"model": "gpt-4o"},
        {"answer_schema": {"type": "array"}},
        {"temperature": 1.0},
        {"max_output_tokens": 200},
        {"messages": ({"role": "system", "content": "other"}, {"role": "user", "content": "hola"})},
    ],
)
def test_whatever_changes_the_answer_changes_its_address(request_of, change):
    assert request_of().key != request_of(**change).key


def test_nothing_but_the_answer_is_left_in_the_folder(tmp_path, request_of):
    put(ResponseStore(tmp_path), request_of())

    assert [path.name for path in tmp_path.rglob("*.*")] == [f"{request_of().key}.json"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw.replace(b"gpt-4o-mini", b"gpt-9o-mini"),
        lambda raw: b"",
        lambda raw: b"[1, 2]",
        lambda raw: b"\x00" * 500,
        lambda raw: b'{"a":' * 100_000,
    ],
)
def test_a_damaged_answer_is_noticed_and_set_aside(tmp_path, request_of, damage, caplog):
    store = ResponseStore(tmp_path)
    put(store, request_of())
    path = next(tmp_path.rglob("*.json"))
    path.write_bytes(damage(path.read_bytes()))

    assert store.look(request_of().key) is None
    assert path.exists()
    assert store.read(request_of().key) is None
    assert not path.exists()
    assert "damaged" in caplog.text
    assert len(list(tmp_path.rglob("*.damaged-1.json"))) == 1


def test_an_answer_filed_under_another_address_is_damaged(tmp_path, request_of):
    store = ResponseStore(tmp_path)
    put(store, request_of("uno"))
    put(store, request_of("dos"))
    first, second = (store._path(request_of(text).key) for text in ("uno", "dos"))
    second.write_bytes(first.read_bytes())

    assert store.read(request_of("dos").key) is None


def test_an_answer_whose_process_died_before_naming_it_is_taken_over(tmp_path, request_of):
    store = ResponseStore(tmp_path)
    put(store, request_of())
    path = next(tmp_path.rglob("*.json"))
    path.rename(path.with_suffix(".part"))

    with store.hold(request_of().key):
        assert store.read(request_of().key) is not None


def test_an_answer_whose_process_died_before_giving_the_spare_room_back_is_taken_over(tmp_path, request_of):
    store = ResponseStore(tmp_path)
    put(store, request_of())
    path = next(tmp_path.rglob("*.json"))
    whole = path.read_bytes()
    path.with_suffix(".part").write_bytes(whole + b"\x00" * 1000)
    path.unlink()

    with store.hold(request_of().key):
        assert store.read(request_of().key) is not None
    assert path.read_bytes() == whole


def test_half_a_temporary_file_is_thrown_away(tmp_path, request_of):
    store = ResponseStore(tmp_path)
    put(store, request_of())
    path = next(tmp_path.rglob("*.json"))
    path.with_suffix(".part").write_bytes(path.read_bytes()[:100])
    path.unlink()

    with store.hold(request_of().key):
        assert store.read(request_of().key) is None
    assert list(tmp_path.rglob("*.part")) == []


def test_only_one_of_many_threads_holds_a_request(tmp_path, request_of):
    store, inside, most = ResponseStore(tmp_path), [], []

    def work() -> None:
        for _ in range(20):
            with store.hold(request_of().key):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.0005)
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(most) == 1
    assert list(tmp_path.rglob("*.lock")) == []


def test_a_process_that_is_killed_while_it_calls_leaves_word_and_no_lock(tmp_path, request_of):
    program = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from intelligence_capture.llm.store import ResponseStore
        with ResponseStore(Path({str(tmp_path)!r})).hold({request_of().key!r}) as held:
            held.mark({{"call": "abc", "run": "r1"}})
            print("sent", flush=True)
            time.sleep(60)
    """)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT)
    process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    with ResponseStore(tmp_path).hold(request_of().key) as held:
        assert held.interrupted == {"call": "abc", "run": "r1"}
        held.clear()
    with ResponseStore(tmp_path).hold(request_of().key) as held:
        assert held.interrupted == {}


def test_room_for_the_answer_is_taken_before_the_call(tmp_path, request_of):
    store = ResponseStore(tmp_path)
    with store.hold(request_of().key), store.room(request_of().key) as room:
        assert room.stat().st_size >= 256 * 1024


@pytest.mark.parametrize(
    "usage",
    [None, "many", {}, {"prompt_tokens": "3"}, {"prompt_tokens": -1, "completion_tokens": 2}, [1]],
)
def test_a_usage_that_makes_no_sense_is_unknown(usage):
    assert usage_of(json.dumps({"usage": usage}).encode()) is None


def test_cached_tokens_are_read_where_the_server_tells_them():
    usage = {"prompt_tokens": 9, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 4}}

    assert usage_of(json.dumps({"usage": usage}).encode()) == {
        "prompt_tokens": 9,
        "completion_tokens": 2,
        "cached_tokens": 4,
    }
