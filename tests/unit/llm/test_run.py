"""What the jobs of a run know of each other, while they come and go."""

import threading

import pytest

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.run import Run, begin_run, stopped


def test_a_failure_is_counted_while_another_job_ends_the_row(tmp_path):
    begin_run(tmp_path)
    over = threading.Event()

    def succeed() -> None:
        while not over.is_set():
            Run(tmp_path).succeeded()

    other = threading.Thread(target=succeed)
    other.start()
    try:
        counts = [Run(tmp_path).failed()[0] for _ in range(2000)]
    finally:
        over.set()
        other.join()

    assert min(counts) >= 1


def test_a_job_that_outlived_its_run_does_not_stop_the_next_one(tmp_path):
    begin_run(tmp_path)
    orphan = Run(tmp_path)
    begin_run(tmp_path)

    with pytest.raises(RunStopped, match="its own budget"):
        raise orphan.stop("budget", "its own budget")

    assert stopped(tmp_path) is None
    Run(tmp_path).check()


def test_the_first_reason_stays(tmp_path):
    begin_run(tmp_path)
    Run(tmp_path).stop("quota", "first")
    Run(tmp_path).stop("budget", "second")

    assert stopped(tmp_path)["reason"] == "first"
    with pytest.raises(RunStopped, match="first"):
        Run(tmp_path).check()
