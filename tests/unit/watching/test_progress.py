"""How far a run is and how long the rest takes."""

import pytest

from intelligence_capture.watching.progress import Job, Left, Progress


def started(progress, number, rule, at):
    progress.start(number, Job(rule, at))


def test_what_is_left_is_the_median_over_as_many_as_run_abreast():
    progress = Progress({})
    progress.plan({"extract": 10})
    for number in range(2):
        started(progress, number, "extract", 0.0)
    progress.finish(0, 4.0)
    progress.finish(1, 6.0)

    left = progress.left(6.0)

    assert left == Left(seconds=8 * 5.0 / 2, whole=True)
    assert (progress.finished, progress.planned, progress.of("extract")) == (2, 10, (2, 10))


def test_what_runs_has_done_a_part_but_never_more_than_its_median():
    progress = Progress({"merge": 10.0})
    progress.plan({"merge": 1})
    started(progress, 1, "merge", 0.0)

    assert progress.left(4.0) == Left(6.0, whole=True)
    assert progress.left(400.0) == Left(0.0, whole=True)


def test_a_rule_that_nobody_has_seen_makes_it_at_least():
    progress = Progress({"merge": 3.0})
    progress.plan({"merge": 1, "graph": 1})

    assert progress.left(0.0) == Left(3.0, whole=False)


def test_this_run_counts_more_than_earlier_ones():
    progress = Progress({"extract": 100.0})
    progress.plan({"extract": 2})
    started(progress, 1, "extract", 0.0)
    progress.finish(1, 2.0)

    assert progress.medians() == {"extract": 2.0}


def test_a_failed_job_is_not_done():
    progress = Progress({})
    progress.plan({"merge": 1})
    started(progress, 1, "merge", 0.0)
    progress.fail(1)

    assert progress.finished == 0
    assert progress.left(9.0).seconds == pytest.approx(0.0)
