"""Answers in batches: half price, submitted once whatever happens, in the store where the extraction finds them."""

import json
import multiprocessing

import pytest

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.batch_folder import BatchFolder, BatchRequest, split
from intelligence_capture.llm.estimate import estimate, estimate_text
from intelligence_capture.llm.factory import half_price, policy_of
from intelligence_capture.llm.half_price import HalfPrice
from intelligence_capture.llm.missing import missing_requests, store_extractor
from intelligence_capture.llm.request import About
from intelligence_capture.llm.run import begin_run, stopped
from intelligence_capture.llm.spending import spending
from tests.loopback_batches import Batches
from tests.unit.llm.conftest import KEY, Bench

CALLS = 4


def needs(bench: Bench, **settings: object):
    given = bench.settings(**settings)
    return {
        "settings": given,
        "catalogue": bench.catalogue,
        "prompt": bench.prompt,
        "responses": bench.responses,
    }


def missing(bench: Bench, interview):
    return missing_requests(store_extractor(**needs(bench)), interview)


def half_price_on(bench: Bench, **settings: object) -> HalfPrice:
    """The Batch API as a job of a run of its own has it."""
    begin_run(bench.state)
    given = bench.settings(mode="batch", batch_poll_seconds=0.02, **settings)
    quick = {"base_seconds": 0.02, "longest_seconds": 0.05, "failing_seconds": 0.0}
    return half_price(
        settings=given,
        responses=bench.responses,
        state=bench.state,
        policy=policy_of(given).model_copy(update=quick),
        limits=bench.folder / "limits",
    )


def test_the_extraction_finds_every_answer_of_a_batch_and_makes_no_call(make_bench, interview):
    bench = make_bench(batches=Batches())
    desk = half_price_on(bench)

    said = desk.submit(missing(bench, interview))
    brought = desk.collect()
    found = bench.extractor(new_run=False)(interview)

    assert said.startswith(f"{CALLS} requests in 1 batches submitted") and brought == f"{CALLS} answered"
    assert found.candidates and found.usage.calls_from_store == CALLS and bench.server.calls == []
    assert [batch.state for batch in BatchFolder(bench.responses).all()] == ["collected"]


def test_a_batch_is_reserved_whole_and_costs_half(make_bench, interview):
    bench = make_bench(batches=Batches())
    desk = half_price_on(bench)
    before = estimate([interview], **needs(bench, mode="batch"))
    live = estimate([interview], **needs(bench))
    desk.submit(missing(bench, interview))
    on_its_way = estimate([interview], **needs(bench, mode="batch"))
    desk.collect()

    (spent,) = spending(bench.responses / "ledger")
    other = make_bench()
    other.responses = bench.folder / "live"
    full = other.extractor()(interview).cost_usd

    assert sum(event["usd"] for event in bench.ledger("reserved")) == pytest.approx(
        before.worst_usd, rel=1e-4
    )
    assert before.worst_usd == pytest.approx(live.worst_usd / 2, rel=1e-4)
    assert (on_its_way.calls, on_its_way.calls_in_batches) == (0, CALLS)
    assert spent.answered == CALLS and spent.open_usd == 0
    assert spent.usd == pytest.approx(full / 2, rel=0.25)  # the live calls had cached prompts


def test_what_the_budget_does_not_hold_whole_is_not_sent_at_all(make_bench, interview):
    bench = make_bench(batches=Batches())

    with pytest.raises(RunStopped, match="max_cost_usd"):
        half_price_on(bench, max_cost_usd=0.005).submit(missing(bench, interview))

    assert stopped(bench.state)["cause"] == "budget" and bench.server.batches.files == {}
    assert BatchFolder(bench.responses).all() == ()
    assert "the run would stop" in estimate_text(
        estimate([interview], **needs(bench, mode="batch")),
        settings=bench.settings(mode="batch", max_cost_usd=0.005),
    )


@pytest.mark.parametrize(
    "played",
    [
        Batches(ends="expired", answers=3),
        Batches(refuse=lambda line: "quality" in json.dumps(line["body"]["response_format"])),
    ],
    ids=["expired", "partly failed"],
)
def test_what_a_batch_has_not_answered_is_paid_live_and_alone(make_bench, interview, played):
    bench = make_bench(batches=played)
    desk = half_price_on(bench)

    desk.submit(missing(bench, interview))
    desk.collect()
    found = bench.extractor(new_run=False)(interview)

    open_requests = CALLS - len(played.answered)
    assert 0 < open_requests < CALLS
    assert len(bench.server.calls) == open_requests and found.usage.calls_from_store == CALLS - open_requests
    assert len(bench.ledger("rejected")) == open_requests


def test_a_batch_that_failed_whole_stops_the_run_and_the_next_one_submits_again(make_bench, interview):
    bench = make_bench(batches=Batches(ends="failed"))
    desk = half_price_on(bench)
    desk.submit(missing(bench, interview))

    with pytest.raises(RunStopped, match="enqueued token limit"):
        desk.collect()
    bench.server.batches.ends = "completed"
    again = half_price_on(bench)
    again.submit(missing(bench, interview))

    assert again.collect() == f"{CALLS} answered"
    assert len(bench.server.batches.created) == 2


def kill_while_sending(bench, requests, moment):
    """Submit in a process that is killed when the server has come to this moment."""
    played = bench.server.batches
    played.hangs_at = moment
    dying = multiprocessing.get_context("fork").Process(
        target=lambda: half_price_on(bench).submit(requests), daemon=True
    )
    dying.start()
    assert played.reached.wait(30)
    dying.kill()
    dying.join()
    played.hangs_at = ""
    played.released.set()


@pytest.mark.parametrize("moment", ["upload", "create", "created"])
def test_a_process_killed_at_any_moment_of_sending_submits_nothing_twice(make_bench, interview, moment):
    bench = make_bench(batches=Batches())
    requests = missing(bench, interview)

    kill_while_sending(bench, requests, moment)
    before = [batch.state for batch in BatchFolder(bench.responses).all()]
    resumed = half_price_on(bench)
    resumed.submit(requests)

    assert before == ["prepared"]
    assert resumed.collect() == f"{CALLS} answered"
    assert len(bench.server.batches.created) == 1
    (spent,) = spending(bench.responses / "ledger")
    assert (spent.answered, spent.unknown, spent.open_usd) == (CALLS, 0, 0)


def test_an_earlier_batch_of_the_same_requests_is_not_taken_for_the_one_that_was_never_created(
    make_bench, interview
):
    bench = make_bench(batches=Batches(ends="failed"))
    requests = missing(bench, interview)
    first = half_price_on(bench)
    first.submit(requests)
    with pytest.raises(RunStopped):
        first.collect()
    bench.server.batches.ends = "completed"

    kill_while_sending(bench, requests, "create")
    resumed = half_price_on(bench)
    resumed.submit(requests)

    assert resumed.collect() == f"{CALLS} answered"
    assert len(bench.server.batches.created) == 2


def test_a_process_killed_while_it_waits_goes_on_waiting_in_the_next_run(make_bench, interview):
    bench = make_bench(batches=Batches())
    half_price_on(bench).submit(missing(bench, interview))

    resumed = half_price_on(bench)
    said = resumed.submit(missing(bench, interview))

    assert said == f"0 requests in 0 batches submitted, {CALLS} were in open ones"
    assert resumed.collect() == f"{CALLS} answered"
    assert len(bench.server.batches.created) == 1


def test_a_lost_reply_to_the_submission_submits_nothing_twice(make_bench, interview):
    bench = make_bench(batches=Batches(lose_reply_to_create=True))
    desk = half_price_on(bench)

    desk.submit(missing(bench, interview))

    assert desk.collect() == f"{CALLS} answered"
    assert len(bench.server.batches.created) == 1


def test_a_server_without_the_endpoints_stops_the_run_with_the_way_out(make_bench, interview):
    bench = make_bench()

    with pytest.raises(RunStopped, match="mode: live"):
        half_price_on(bench).submit(missing(bench, interview))


def test_nothing_is_connected_where_every_answer_is_in_the_store(make_bench, interview, monkeypatch):
    bench = make_bench(batches=Batches())
    bench.extractor()(interview)
    monkeypatch.delenv("OPENAI_API_KEY")

    desk = half_price_on(bench, base_url=bench.server.url)

    assert desk.submit(missing(bench, interview)).startswith("0 requests")
    assert desk.collect() == "no batch was open"


def test_lines_are_split_by_the_limits_on_a_file():
    kept = BatchRequest(key="k", server="s", model="m", about=About(interview="ana", call="work"), usd=None)
    lines = [(b"x" * size, kept) for size in (4, 4, 4, 9, 1)]

    by_bytes = [[len(line) for line, _ in part] for part in split(lines, most_bytes=10)]
    by_number = [len(part) for part in split(lines, most_requests=2)]

    assert by_bytes == [[4, 4], [4], [9, 1]] and by_number == [2, 2, 1]


def test_the_key_stands_in_no_file_of_a_batch(make_bench, interview):
    bench = make_bench(batches=Batches())
    desk = half_price_on(bench)
    desk.submit(missing(bench, interview))
    desk.collect()

    for path in bench.folder.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()
