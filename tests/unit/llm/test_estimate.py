"""What a run would pay for, before it does."""

from intelligence_capture.llm.estimate import estimate, estimate_text
from tests.loopback import Fault
from tests.unit.llm.conftest import long_interview


def estimate_on(bench, interviews, **settings):
    return estimate(
        interviews,
        settings=bench.settings(**settings),
        catalogue=bench.catalogue,
        prompt=bench.prompt,
        responses=bench.responses,
    )


def test_what_is_in_the_store_is_not_paid_for(make_bench, interview):
    bench = make_bench()
    other = long_interview(1000)
    bench.extractor()(interview)

    found = estimate_on(bench, [interview, other])

    assert (found.interviews, found.interviews_paid, found.calls, found.calls_in_store) == (2, 1, 4, 4)
    assert len(bench.server.calls) == 4


def test_an_interview_that_was_split_on_the_way_is_known_to_be_paid(make_bench):
    bench = make_bench(
        Fault("too_long", when=lambda body: len(body["messages"][-1]["content"]) > 3000),
        Fault("length", times=1),
        Fault("wrong_schema", times=1),
    )
    bench.extractor()(long_interview(5000))

    assert estimate_on(bench, [long_interview(5000)]).calls == 0


def test_the_estimate_holds_the_calls_of_a_run(make_bench, interview):
    bench = make_bench()
    interviews = [interview, long_interview(400_000)]

    before = estimate_on(bench, interviews)
    extractor = bench.extractor(max_cost_usd=None, parallel_calls=4)
    for each in interviews:
        extractor(each)

    assert before.calls == len(bench.server.calls)
    assert before.longest == ("larga", 20)


def test_the_cost_at_worst_is_what_the_budget_reserves(make_bench, interview):
    bench = make_bench()

    before = estimate_on(bench, [interview])
    bench.extractor()(interview)
    reserved = sum(event["usd"] for event in bench.ledger("reserved"))

    assert before.worst_usd == round(reserved, 6)
    assert before.usd < before.worst_usd


def test_an_unknown_price_is_said_to_be_unknown(make_bench, interview):
    bench = make_bench()

    found = estimate_on(bench, [interview], models=["a-model-nobody-knows"])

    assert found.usd is None
    assert "unknown" in estimate_text(found, settings=bench.settings())


def test_the_text_says_whether_the_budget_is_enough(make_bench, interview):
    bench = make_bench()
    found = estimate_on(bench, [interview])

    assert "$5 is enough" in estimate_text(found, settings=bench.settings())
    assert "would stop" in estimate_text(found, settings=bench.settings(max_cost_usd=0.0001))
    assert "no limit" in estimate_text(found, settings=bench.settings(max_cost_usd=None))
