"""Killed at any moment, the README's command goes on; two runs at once do not meet."""

import os
import signal
import time

import pytest

from intelligence_capture.interrupts import INTERRUPTED
from tests.loopback import LoopbackServer
from tests.workflow.conftest import TEXTS, kill_group


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


@pytest.fixture
def extracted(project):
    for number in range(3):
        project.write(f"p{number}", *(f"{text} Turno {number}." for text in TEXTS.values()))
    return project.folder / "results" / "extracted"


@pytest.mark.long  # the quick set of tests/crash strikes in these ways too
@pytest.mark.parametrize("mode", ["group", "main alone", "interrupt"])
def test_a_killed_run_is_resumed_by_the_same_command(project, extracted, mode):
    process = project.start()
    wait_for(lambda: len(list(extracted.glob("[!.]*.json"))) >= 2)

    if mode == "group":
        kill_group(process)
    elif mode == "main alone":
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    else:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    resumed = project.run()
    killed = project.dump()
    project.run("clean_results")
    project.run()

    assert resumed.status == 0
    assert killed == project.dump()


def test_a_second_run_in_the_same_results_is_refused(project, extracted):
    process = project.start()
    wait_for(lambda: (project.folder / "results/.state/run.lock").exists())

    second = project.run()
    dry = project.run("-n")
    output, _ = process.communicate(timeout=120)

    assert process.returncode == 0, output
    assert second.status != 0 and "another run" in second.output and second.jobs == {}
    assert dry.status == 0


@pytest.mark.long
def test_unlocking_as_snakemake_advises_breaks_nothing(project, extracted):
    process = project.start()
    wait_for(lambda: len(list(extracted.glob("[!.]*.json"))) >= 1)
    kill_group(process)

    project.run("--unlock")
    resumed = project.run("--rerun-incomplete")

    assert resumed.status == 0
    assert project.nothing_to_do()


@pytest.mark.parametrize("mode", ["Ctrl-C", pytest.param("SIGTERM", marks=pytest.mark.long)])
def test_an_interrupted_run_ends_with_a_sentence_that_says_how_to_go_on(project, extracted, mode):
    process = project.start()
    wait_for(lambda: any((project.folder / "logs/extract_interview").glob("*.log")))

    if mode == "SIGTERM":
        process.send_signal(signal.SIGTERM)
    else:
        os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=120)
    resumed = project.run()

    assert process.returncode != 0
    assert resumed.status == 0 and len(list(extracted.glob("[!.]*.json"))) == 6
    assert "The same command goes on where this run ended" in output


def test_a_second_interrupt_stops_a_run_that_waits_for_its_calls(project, extracted, tmp_path):
    project.configure(extractor="openai", openai="{requests_per_minute: 100000}")
    with LoopbackServer(latency=600) as server:
        variables = {
            "OPENAI_API_KEY": "sk-canary-4f1c2b7e9d",
            "OPENAI_BASE_URL": server.url,
            "XDG_STATE_HOME": str(tmp_path / "state"),
        }
        process = project.start(**variables)
        wait_for(lambda: server.in_flight)
        # The main process alone: jobs that the terminal interrupts too may end the run before a second one comes.
        process.send_signal(signal.SIGINT)
        wait_for(lambda: any("Terminating processes" in log.read_text("utf-8") for log in project.logs()))
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate(timeout=60)
        server.latency = 0
        resumed = project.run(**variables)

    assert process.returncode == INTERRUPTED
    assert "Stopped at once." in output and "The same command goes on where this run ended" in output
    assert "snakemake/cli.py" not in output, "Snakemake's own traceback"
    assert resumed.status == 0 and len(list(extracted.glob("[!.]*.json"))) == 6
