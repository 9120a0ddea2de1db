"""The same limits over several machines, on a real Redis where there is one."""

import multiprocessing
import shutil
import socket
import subprocess
import time

import pytest
import redis
from pyrate_limiter import Rate, RateItem

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.redis_gate import ADMIT, TimedByRedis, redis_gate
from tests.unit.llm.conftest import has_to_wait

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

    for number in range(10):
        gates[number % 2].pass_through(0, nothing)

    times = times_in(redis_url, "requests")
    assert len(times) == 10
    assert max(sum(begin <= at < begin + 1000 for at in times) for begin in times) == 5


def _calls(url, number, tokens) -> None:
    gate = gate_on(url, requests_per_minute=40, tokens_per_minute=100_000, window_ms=1000)
    for _ in range(number):
        gate.pass_through(tokens, nothing)


@pytest.mark.parametrize(("tokens", "counted", "limit"), [(500, "requests", 40), (10_000, "tokens", 100)])
def test_eight_processes_keep_the_limits_on_requests_and_on_tokens_together(
    redis_url, tokens, counted, limit
):
    each = 3 * 40 // 8 if counted == "requests" else 3 * 10 // 8
    processes = [multiprocessing.Process(target=_calls, args=(redis_url, each, tokens)) for _ in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    admitted = times_in(redis_url, counted)
    assert len(admitted) == 8 * each * (1 if counted == "requests" else 10)
    assert max(sum(begin <= at < begin + 1000 for at in admitted) for begin in admitted) == limit


def times_in(url, counted) -> list[float]:
    """When each unit was let pass, in milliseconds, as the Redis wrote it down."""
    with redis.Redis.from_url(url) as client:
        (key,) = client.keys(f"*:{counted}")
        return [at for _, at in client.zrange(key, 0, -1, withscores=True)]


def test_a_call_that_was_overtaken_counts_those_that_overtook_it(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        bucket = TimedByRedis([Rate(1, 1000)], client, "overtaken", client.script_load(ADMIT))
        now = bucket.now()

        assert bucket.put(RateItem("later", now))
        assert not bucket.put(RateItem("earlier", now - 10))


def test_a_pause_holds_for_other_machines(redis_url):
    one, other = gate_on(redis_url), gate_on(redis_url)
    assert not has_to_wait(other)

    one.pause(60, slow_down=True)

    assert has_to_wait(other)


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
