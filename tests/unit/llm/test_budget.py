"""What a call reserves is a bound on what it costs, whatever the server makes of it."""

import pytest

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.prices import Prices
from intelligence_capture.llm.request import Request
from intelligence_capture.llm.run import stopped
from tests.loopback import Fault
from tests.unit.llm.conftest import KEY

FLEXIBLE = {"models": ["gpt-5-mini"], "service_tier": "flex"}
"""A model that the table has a price of the flex class for."""


def refuses(parameter: str) -> Fault:
    return Fault("parameter", message=parameter, when=lambda body: parameter in body)


def full_price(bench, events) -> float:
    prices = Prices(bench.server.url, {})
    return sum(prices.cost("gpt-5-mini", event["usage"]) for event in events)


def test_a_server_without_the_flex_class_is_paid_in_full(make_bench, interview):
    bench = make_bench(refuses("service_tier"))

    found = bench.extractor(**FLEXIBLE)(interview)

    assert found.cost_usd == pytest.approx(full_price(bench, bench.ledger("answered")), rel=1e-4)


@pytest.mark.parametrize(("answered", "share"), [("flex", 0.5), ("default", 1.0), (None, 1.0)])
def test_the_class_that_answered_says_the_price(make_bench, interview, answered, share):
    bench = make_bench(service_tier=answered)

    found = bench.extractor(**FLEXIBLE)(interview)

    assert found.cost_usd == pytest.approx(share * full_price(bench, bench.ledger("answered")), rel=1e-4)
    assert all(event["usd"] > 0.008 * 2 for event in bench.ledger("reserved")), "reserved in full"


def test_an_answer_without_a_bound_is_not_paid_for(make_bench, interview):
    bench = make_bench(refuses("max_tokens"), refuses("max_completion_tokens"))

    with pytest.raises(RunStopped, match=r"without a limit on the answer.*openai\.max_cost_usd"):
        bench.extractor()(interview)

    assert bench.server.accepted == [] and stopped(bench.state)["cause"] == "parameter"


@pytest.mark.parametrize(
    "settings", [{"max_cost_usd": None}, {"prices": {"gpt-4o-mini": {"input": 0, "output": 0}}}]
)
def test_an_answer_without_a_bound_is_taken_where_it_costs_nothing_or_all_may(
    make_bench, interview, settings
):
    bench = make_bench(refuses("max_tokens"), refuses("max_completion_tokens"))

    assert bench.extractor(**settings)(interview).candidates


@pytest.mark.parametrize("text", ["说明" * 500, "Инструкция " * 200, "🧾" * 300])
def test_instructions_in_any_script_are_bounded(text):
    """A token is a byte at the shortest; of ASCII text of our own it has two characters and more."""
    request = Request(
        server=KEY,
        model="m",
        messages=({"role": "system", "content": text}, {"role": "user", "content": "hola"}),
        schema_name="s",
        answer_schema={},
        temperature=None,
        max_output_tokens=1,
    )

    assert request.worst_usage["prompt_tokens"] >= sum(not one.isascii() for one in text) * 2
