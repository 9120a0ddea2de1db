"""The same limits over several machines, on a real Redis where there is one."""

import shutil
import socket
import subprocess
import time

import pytest

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.redis_gate import redis_gate

SERVER = "https://api.example.org/v1"


def nothing() -> None:
    """The run goes on."""


@pytest.fixture
def redis_url(tmp_path):
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [program, "--port", str(port), "--dir", tmp_path, "--save", ""], stdout=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait()


def gate_on(url, **changes):
    return redis_gate(url, SERVER, **{"requests_per_minute": 6000, "tokens_per_minute": None} | changes)


def test_two_gates_on_one_redis_share_the_limit(redis_url):
    gates = [gate_on(redis_url, requests_per_minute=5, window_ms=1000) for _ in range(2)]

    times = []
    for number in range(10):
        gates[number % 2].pass_through(0, nothing)
        times.append(time.time())

    assert max(sum(begin <= at < begin + 0.95 for at in times) for begin in times) <= 5


def test_a_pause_holds_for_other_machines(redis_url):
    gate_on(redis_url).pause(0.6, slow_down=True)

    assert gate_on(redis_url).pass_through(0, nothing) >= 0.5


def test_an_extraction_runs_on_redis(redis_url, make_bench, interview):
    bench = make_bench()

    bench.extractor(redis_url=redis_url, tokens_per_minute=1_000_000)(interview)

    assert len(bench.server.calls) == 4
    assert not (bench.folder / "limits").exists()


def test_without_its_redis_the_run_stops_before_a_call_and_hides_the_password(make_bench, interview):
    bench = make_bench()

    with pytest.raises(RunStopped, match=r"openai\.redis_url") as stop:
        bench.extractor(redis_url="redis://:s3cret@127.0.0.1:9/0")(interview)

    assert "s3cret" not in str(stop.value)
    assert bench.server.calls == []
