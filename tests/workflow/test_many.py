"""Five thousand interviews: planned in bounded time and memory."""

import resource
import time

import pytest

NUMBER = 5000


@pytest.mark.long
def test_five_thousand_interviews_are_planned_in_bounded_time_and_memory(project):
    for number in range(NUMBER):
        project.write(f"p{number:04}", f"Uso Opera en el turno {number}. El sistema se cae los lunes." * 20)
    begun = time.monotonic()

    run = project.run("-n", "--quiet", "all")

    seconds = time.monotonic() - begun
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{NUMBER} interviews: {seconds:.0f} s, {megabytes:.0f} MB")
    assert run.status == 0, run.output[-2000:]
    assert seconds < 300 and megabytes < 1024
