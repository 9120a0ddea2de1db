"""The extractor on a server that behaves, killed and interrupted in between."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from intelligence_capture.errors import RunStopped
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import Source
from intelligence_capture.llm.estimate import estimate
from intelligence_capture.llm.run import begin_run, stopped
from intelligence_capture.records import Answer, Interview
from tests.loopback import Fault
from tests.unit.llm.conftest import ROOT, long_interview


def test_an_answer_in_the_store_costs_nothing_and_says_the_same(make_bench, interview):
    bench = make_bench()

    first = bench.extractor()(interview)
    second = bench.extractor()(interview)

    assert len(bench.server.calls) == 4
    assert second.candidates == first.candidates
    assert (first.usage.calls_from_store, second.usage.calls_from_store) == (0, 4)
    assert first.cost_usd == second.cost_usd > 0


def test_the_log_says_the_current_rate_and_the_time_waited(make_bench, interview, caplog):
    caplog.set_level("INFO")

    make_bench().extractor()(interview)

    assert "ana-prueba, people: answered; waited 0.0 s; 4 of 6000 calls in the last minute" in caplog.text


def test_every_quote_is_found_where_it_was_said(make_bench, interview):
    bench = make_bench(entities=5)

    found = bench.extractor()(interview)

    assert len(found.candidates) == 5 * 17
    for candidate in found.candidates:
        for item in candidate.evidence:
            assert item.verified
            assert interview.answer(item.question_index)[item.start : item.end] == item.quote


def test_no_more_calls_are_in_flight_than_the_settings_say(make_bench, interview):
    bench = make_bench(latency=0.15)

    bench.extractor(parallel_calls=3)(interview)

    assert bench.server.peak == 3


@pytest.mark.parametrize(("plan", "number"), [("single", 1), ("per_type", 17)])
def test_the_other_call_plans_find_the_same_types(make_bench, interview, plan, number):
    bench = make_bench()

    found = bench.extractor(call_plan=plan)(interview)

    assert len(bench.server.calls) == number
    assert {candidate.type for candidate in found.candidates} == set(bench.catalogue.tables)


def test_a_type_that_is_edited_pays_for_its_group_alone(make_bench, interview):
    bench = make_bench()
    bench.extractor()(interview)
    kpis = bench.catalogue["kpis"].model_copy(update={"counts": "a number that people are judged by"})
    types = tuple(
        kpis if entity_type.table == "kpis" else entity_type for entity_type in bench.catalogue.types
    )
    bench.catalogue = bench.catalogue.model_copy(update={"types": types})

    bench.extractor()(interview)

    assert [call["schema"] for call in bench.server.calls[4:]] == ["measures"]


def test_flex_is_asked_for_and_changes_no_address(make_bench, interview):
    tiers = []
    bench = make_bench(Fault("500", when=lambda body: tiers.append(body.get("service_tier"))))

    bench.extractor()(interview)
    bench.extractor(service_tier="flex")(interview)
    bench.extractor(service_tier="flex")(long_interview(300))

    assert tiers == [None] * 4 + ["flex"] * 4


def test_an_interview_without_an_answer_makes_no_call(make_bench):
    bench = make_bench()
    silent = Interview(id="a", source="a", sha256="0", answers=(Answer(question="¿?", answer=" \n"),))

    assert bench.extractor()(silent).candidates == ()
    assert bench.server.calls == []


def test_a_long_interview_is_read_in_parts_without_doubles_or_gaps(make_bench):
    bench = make_bench(entities=3)
    interview = long_interview(30_000)

    found = bench.extractor(max_input_tokens=2000)(interview)
    entities = extract_interview(
        Source("larga", ROOT, None, "1" * 64, interview),
        bench.extractor(max_input_tokens=2000),
        bench.catalogue,
    ).entities

    starts = sorted(item.start for c in found.candidates if c.type == "kpis" for item in c.evidence)
    assert len(bench.server.calls) == 5 * 4
    assert (
        len(starts) == len(set(starts)) >= 12
    )  # of 15: those that the context alone shows are the last part's
    assert starts[-1] > 25_000
    assert all(item.verified for found in entities.values() for e in found for item in e.evidence)


@pytest.mark.long
def test_an_interview_of_ten_megabytes_is_read_to_its_end_for_what_the_estimate_said(make_bench):
    bench = make_bench()
    interview = long_interview(10_000_000)
    settings = {"max_cost_usd": None, "requests_per_minute": 1_000_000, "timeout_seconds": 60}

    before = estimate(
        [interview],
        settings=bench.settings(**settings),
        catalogue=bench.catalogue,
        prompt=bench.prompt,
        responses=bench.responses,
    )
    found = bench.extractor(parallel_calls=4, **settings)(interview)

    last = max(item.start for candidate in found.candidates for item in candidate.evidence)
    assert before.calls == len(bench.server.calls) > 400
    assert all(item.verified for candidate in found.candidates for item in candidate.evidence)
    assert last > 9_900_000


def test_the_budget_stops_the_run_before_it_is_spent(make_bench, interview):
    bench = make_bench()
    spent = bench.extractor()(interview).cost_usd
    limit = spent + 0.02

    with pytest.raises(RunStopped, match=r"openai\.max_cost_usd"):
        for size in range(300, 9000, 300):
            bench.extractor(new_run=False, max_cost_usd=limit)(long_interview(size))
    paid = sum(event["usd"] for event in bench.ledger("answered"))

    assert stopped(bench.state)["cause"] == "budget"
    assert limit / 2 < paid <= limit


def test_a_stopped_run_leaves_the_interview_pending(make_bench, interview):
    bench = make_bench("quota")

    record = extract_interview(Source("a", ROOT, None, "0", interview), bench.extractor(), bench.catalogue)

    assert record.status == "pending"


def start_job(bench, text: str = "", largest_file: int = 10**9) -> subprocess.Popen:
    """An extraction in a process of its own, as a job of a run has it."""
    program = textwrap.dedent(f"""
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_file}, resource.RLIM_INFINITY))
        from pathlib import Path
        from intelligence_capture.catalogue import load_catalogue
        from intelligence_capture.llm.factory import openai_extractor
        from intelligence_capture.records import Answer, Interview
        from intelligence_capture.settings import OpenAISettings
        extractor = openai_extractor(
            settings=OpenAISettings(base_url={bench.server.url!r}, requests_per_minute=6000),
            catalogue=load_catalogue(Path("ontology")), prompt=Path("prompts/extract.md").read_text("utf-8"),
            responses=Path({str(bench.responses)!r}), state=Path({str(bench.state)!r}),
            limits=Path({str(bench.folder / "limits")!r}),
        )
        answer = Answer(question="¿Qué haces?", answer="Llevo las cuentas de la obra norte." + {text!r})
        print(len(extractor(Interview(id="a", source="a", sha256="0", answers=(answer,))).candidates))
    """)
    return subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True
    )


def wait_for(condition, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_job_killed_in_a_call_repeats_that_call_alone_and_names_it(make_bench, sign):
    bench = make_bench(latency=0.4)
    begin_run(bench.state)
    job = start_job(bench)
    wait_for(lambda: len(bench.server.calls) == 3)
    time.sleep(0.1)
    os.kill(job.pid, sign)
    job.wait()
    begin_run(bench.state)

    again = start_job(bench)
    found = int(again.communicate()[0])

    requests = [call["request"] for call in bench.server.calls]
    repeated = bench.ledger("repeated")
    assert found == 17
    assert len(requests) <= 5
    assert len(requests) - len(set(requests)) == len(repeated)
    assert start_job(bench).wait() == 0
    assert len(bench.server.calls) == len(requests)


def test_two_jobs_on_one_interview_pay_once(make_bench):
    bench = make_bench(latency=0.3)
    begin_run(bench.state)

    jobs = [start_job(bench) for _ in range(2)]
    outputs = [job.communicate()[0] for job in jobs]

    assert outputs == ["17\n", "17\n"]
    assert len(bench.server.calls) == 4


@pytest.mark.parametrize("largest_file", [100, 100_000])
def test_where_nothing_more_can_be_written_no_call_is_made(make_bench, largest_file):
    bench = make_bench()
    begin_run(bench.state)

    full = start_job(bench, largest_file=largest_file)
    message = full.communicate()[1]
    calls = len(bench.server.calls)
    begin_run(bench.state)
    again = start_job(bench).communicate()[0]

    assert "RunStopped" in message
    assert calls == 0
    assert again == "17\n"
    assert len(bench.server.calls) == 4
