"""The real workflow against a real server on loopback: the cap, resuming, the budget, the key."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.loopback import Fault, LoopbackServer
from tests.workflow.conftest import kill_group

KEY = "sk-canary-4f1c2b7e9d"
CALLS = 4


@pytest.fixture
def paying(project, tmp_path):
    """A project that asks a model; `people(n)` sets the number of interviews."""

    def people(count):
        for path in (project.folder / "data" / "interviews").glob("*.json"):
            path.unlink()
        for number in range(count):
            project.write(
                f"p{number}", f"Uso Opera en el turno {number}. El sistema {number} se cae los lunes."
            )

    project.people = people
    project.state = str(tmp_path / "state")
    project.configure(extractor="openai", openai="{requests_per_minute: 100000}")
    people(3)
    return project


def pay(project, server, *arguments):
    return project.run(*arguments, **variables(project, server))


def variables(project, server):
    return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.url, "XDG_STATE_HOME": project.state}


def extractions(project):
    folder = project.folder / "results" / "extracted"
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def files_with_the_key(project):
    """All files of the project, and of the limits that it shares with others, in which the key stands."""
    files = [*project.folder.rglob("*"), *Path(project.state).rglob("*")]
    return [
        path
        for path in files
        if path.is_file() and not path.is_symlink() and KEY.encode() in path.read_bytes()
    ]


@pytest.mark.parametrize("arguments", [("-j", "16", "--resources", "api_calls=4"), ("-j", "16")])
def test_at_most_four_calls_are_in_flight_also_where_the_flag_is_forgotten(paying, arguments):
    paying.people(10)
    with LoopbackServer(latency=1.5) as server:
        run = pay(paying, server, *arguments)

    assert run.status == 0, run.output[-2000:]
    assert server.peak == 4
    assert len(server.accepted) == 10 * CALLS


@pytest.mark.long
def test_parallel_calls_count_as_that_many(paying):
    paying.configure(openai="{requests_per_minute: 100000, parallel_calls: 2}")
    paying.people(6)
    with LoopbackServer(latency=1.0) as server:
        run = pay(paying, server, "-j", "8", "--resources", "api_calls=4")

    assert run.status == 0 and server.peak <= 4


@pytest.mark.parametrize(("interviews", "workers"), [(5, 2), (10, 4)])
def test_five_interviews_with_two_workers_and_ten_with_four_without_an_error(paying, interviews, workers):
    paying.people(interviews)
    with LoopbackServer(latency=0.2) as server:
        run = pay(paying, server, "-j", str(workers), "--resources", f"api_calls={workers}")

    assert run.status == 0
    assert [record["status"] for record in extractions(paying).values()] == ["ok"] * interviews
    assert not [call for call in server.calls if call["fault"]]


def test_what_was_paid_is_never_paid_again(paying):
    with LoopbackServer() as server:
        pay(paying, server)
        first = paying.dump()
        again = pay(paying, server)
        for folder in (".snakemake", "results"):
            os.system(f"rm -rf '{paying.folder / folder}'")  # noqa: S605 - a folder of this test
        rebuilt = pay(paying, server)

    assert again.jobs == {}
    assert rebuilt.status == 0 and rebuilt.did("extract_interview") == {"extract_interview": 3}
    assert len(server.accepted) == 3 * CALLS
    assert paying.dump() == first


@pytest.mark.long
def test_an_edited_type_pays_only_for_its_call_group(paying):
    with LoopbackServer() as server:
        pay(paying, server)
        path = paying.folder / "ontology" / "roles.yaml"
        path.write_text(path.read_text("utf-8").replace("a job title", "the job title"), "utf-8")
        pay(paying, server)

    assert len(server.accepted) == 3 * CALLS + 3


@pytest.mark.long
def test_a_killed_run_repeats_at_most_the_calls_in_flight(paying):
    paying.people(6)
    with LoopbackServer(latency=0.3) as server:
        process = paying.start(**variables(paying, server))
        deadline = time.monotonic() + 60
        while len(server.accepted) < 8 and time.monotonic() < deadline:
            time.sleep(0.05)
        in_flight = server.in_flight
        kill_group(process, signal.SIGKILL)
        resumed = pay(paying, server)
        further = pay(paying, server)

    assert resumed.status == 0, resumed.output[-2000:]
    assert 6 * CALLS <= len(server.accepted) <= 6 * CALLS + max(in_flight, 4)
    assert further.jobs == {}


def test_a_spent_budget_stops_cleanly_and_the_next_run_goes_on(paying):
    paying.configure(openai="{requests_per_minute: 100000, max_cost_usd: 0.012}")
    paying.people(6)
    with LoopbackServer() as server:
        stopped = pay(paying, server)
        spent = len(server.accepted)
        statuses = [record["status"] for record in extractions(paying).values()]
        report = (paying.folder / "results/reports/dashboard.html").exists()
        paying.configure(openai="{requests_per_minute: 100000, max_cost_usd: 5.0}")
        resumed = pay(paying, server)

    assert stopped.status != 0 and "stopped" in stopped.output and "budget" in stopped.output.lower()
    assert "pending" in statuses and report and spent < 6 * CALLS
    assert resumed.status == 0
    assert len(server.accepted) == 6 * CALLS


def test_a_failed_interview_is_repeated_alone(paying):
    with LoopbackServer(
        faults=[Fault("content_filter", times=1, when=lambda body: "turno 1" in json.dumps(body))]
    ) as server:
        first = pay(paying, server)
        second = pay(paying, server)

    assert first.status != 0 and "2 of 3 interviews" in first.output
    assert second.status == 0 and second.did("extract_interview") == {"extract_interview": 1}


def test_estimate_pays_nothing_and_knows_what_is_paid(paying):
    with LoopbackServer() as server:
        before = pay(paying, server, "-j", "1", "estimate")
        assert server.calls == []
        pay(paying, server)
        after = pay(paying, server, "-j", "1", "estimate")

    assert before.status == 0 and "calls to pay   12" in before.output
    assert "calls to pay   0" in after.output


def test_the_key_stands_nowhere(paying):
    with LoopbackServer(faults=[Fault("401", times=1)]) as server:
        runs = [pay(paying, server), pay(paying, server)]

    assert all(KEY not in run.output for run in runs)
    assert files_with_the_key(paying) == []


def test_results_deleted_edited_or_damaged_come_back_without_a_call(paying):
    results = paying.folder / "results"
    with LoopbackServer() as server:
        pay(paying, server)
        first, calls = paying.dump(), len(server.calls)

        (results / "extracted/p0.json").unlink()
        edited = results / "extracted/p1.json"
        edited.write_text(edited.read_text("utf-8").replace("turno 1", "turno 9"), "utf-8")
        os.truncate(results / "intelligence.db", 5000)
        repaired = pay(paying, server)
        said = next(line for line in repaired.output.splitlines() if "--forcerun" in line)
        rebuilt = pay(paying, server, *said.split()[1:])

    assert repaired.status == 0 and repaired.did("extract_interview") == {"extract_interview": 1}
    assert "intelligence.db is damaged" in repaired.output
    assert said.split()[-2:] == ["--forcerun", "results/extracted/p1.json"]
    assert [path.name for path in paying.folder.glob("backups/*-damaged/*")] == ["intelligence.db"]
    assert rebuilt.status == 0 and paying.dump() == first
    assert paying.nothing_to_do()
    assert len(server.calls) == calls
    assert files_with_the_key(paying) == []


def test_a_graph_by_a_model_survives_a_fault_and_goes_on_in_the_next_run(paying):
    paying.configure(graph="{judge: model}")
    for who in ("p0", "p1"):
        paying.write(who, f"Uso Opera. El sistema de ventas {who} se cae cuando cierran las cajas.")
    asks_pairs = [Fault("400", times=1, when=lambda body: "pairs" in json.dumps(body["response_format"]))]
    with LoopbackServer(faults=asks_pairs) as server:
        first = pay(paying, server, "graph")
        second = pay(paying, server, "graph")
        idle = pay(paying, server, "-n", "graph")

    judged = [call for call in server.accepted if call["schema"] in ("same_thing", "contradiction")]
    assert first.status == 0 and "were not judged by a model: HTTP 400" in first.output
    assert second.status == 0 and second.did("extract_interview", "build_graph") == {"build_graph": 1}
    assert judged and len(server.accepted) == 3 * CALLS + len(judged)
    assert idle.did("extract_interview", "build_graph") == {}
