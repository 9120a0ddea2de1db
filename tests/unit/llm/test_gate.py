"""Limits that all processes keep together."""

import multiprocessing
import time

import pytest

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.gate import file_gate
from intelligence_capture.llm.pace import FilePace, Pace, announced_pause, duration
from tests.unit.llm.conftest import has_to_wait


def nothing() -> None:
    """The run goes on."""


def gate_in(folder, **changes):
    return file_gate(folder, **{"requests_per_minute": 6000, "tokens_per_minute": None} | changes)


def _calls(folder, number, queue) -> None:
    gate = gate_in(folder, requests_per_minute=20, window_ms=1000)
    for _ in range(number):
        gate.pass_through(0, nothing)
        queue.put(time.time())


def test_no_window_holds_more_calls_than_the_limit_over_all_processes(tmp_path):
    queue = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=_calls, args=(tmp_path, 20, queue)) for _ in range(4)]
    for process in processes:
        process.start()
    times = sorted(queue.get(timeout=30) for _ in range(80))
    for process in processes:
        process.join()

    # A process may be late in writing its time down: the window looked at is shorter than the limit's.
    fullest = max(sum(begin <= at < begin + 0.7 for at in times) for begin in times)
    assert fullest <= 20


def test_tokens_are_limited_in_thousands(tmp_path):
    gate = gate_in(tmp_path, tokens_per_minute=10_000, window_ms=800)

    begun = time.monotonic()
    for _ in range(3):
        gate.pass_through(4500, nothing)

    assert time.monotonic() - begun > 0.7


def test_a_call_larger_than_the_limit_on_tokens_still_passes(tmp_path):
    assert gate_in(tmp_path, tokens_per_minute=2000).pass_through(50_000, nothing) < 2


def test_a_pause_holds_for_other_processes(tmp_path):
    one, other = gate_in(tmp_path), gate_in(tmp_path)
    assert not has_to_wait(other)

    one.pause(60)

    assert has_to_wait(other)


def test_the_longer_of_two_pauses_holds(tmp_path):
    gate = gate_in(tmp_path)
    gate.pause(60)
    gate.pause(0)

    assert has_to_wait(gate)


def test_who_waits_is_told_when_the_run_is_stopped(tmp_path):
    gate = gate_in(tmp_path)
    gate.pause(60)

    def stopped() -> None:
        raise RunStopped("quota")

    with pytest.raises(RunStopped):
        gate.pass_through(0, stopped)


def test_calls_keep_a_distance_after_a_rejection_and_lose_it_with_answers(tmp_path):
    gate = gate_in(tmp_path)
    FilePace(tmp_path / "pace.json").change(lambda pace: pace.model_copy(update={"gap": 0.2}))
    gate.pause(0, slow_down=True)
    begun = time.monotonic()
    for _ in range(3):
        gate.pass_through(0, nothing)
    slow = time.monotonic() - begun
    for _ in range(100):
        gate.learn({}, 0)

    assert slow > 0.7
    assert FilePace(tmp_path / "pace.json").read().gap == 0


def test_a_damaged_count_is_begun_anew(tmp_path, caplog):
    (tmp_path / "requests.sqlite").write_bytes(b"this is no database" * 100)
    (tmp_path / "pace.json").write_text("{half")

    assert gate_in(tmp_path).pass_through(0, nothing) < 2
    assert "damaged" in caplog.text


def test_the_current_rate_counts_the_calls_of_all_processes(tmp_path):
    gate_in(tmp_path).pass_through(0, nothing)
    gate_in(tmp_path).pass_through(0, nothing)

    assert gate_in(tmp_path).rate() == "2 of 6000 calls in the last minute"


@pytest.mark.parametrize(
    ("headers", "tokens", "pause"),
    [
        ({}, 10, 0),
        ({"x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "9s"}, 10, 0),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1.5s"}, 10, 1.5),
        ({"x-ratelimit-remaining-tokens": "9", "x-ratelimit-reset-tokens": "20ms"}, 10, 0.02),
        (
            {
                "x-ratelimit-remaining-tokens": "900",
                "x-ratelimit-limit-tokens": "900",
                "x-ratelimit-reset-tokens": "1s",
            },
            1000,
            0,
        ),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "24h"}, 10, 60),
        ({"x-ratelimit-remaining-requests": "zero", "x-ratelimit-reset-requests": "1s"}, 10, 0),
    ],
)
def test_a_server_that_announces_its_limit_is_given_time(headers, tokens, pause):
    assert announced_pause(headers, tokens) == pause


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("6m0s", 360), ("1h2m3s", 3723), ("20ms", 0.02), ("7", 7), ("", 0), ("-3s", 0), ("x", 0)],
)
def test_durations_are_read_as_servers_write_them(text, seconds):
    assert duration(text) == pytest.approx(seconds)


def test_many_rejections_at_once_slow_down_once():
    pace = Pace()
    for _ in range(16):
        pace = pace.slower(10.0)

    assert pace.gap == Pace().slower(10.0).gap


def test_the_gap_has_an_end_both_ways():
    widest = Pace()
    for second in range(50):
        widest = widest.slower(10.0 + 2 * second)
    narrowest = widest
    for _ in range(500):
        narrowest = narrowest.faster()

    assert widest.gap == 5.0
    assert narrowest.gap == 0.0
