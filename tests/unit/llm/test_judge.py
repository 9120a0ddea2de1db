"""Pairs judged by a model: each once, whatever call it was asked in; no fault of the server is one of the graph."""

import random

import pytest

from intelligence_capture.graph.judging import question
from intelligence_capture.llm.estimate import estimate, estimate_judging, estimate_text
from intelligence_capture.llm.factory import model_judge, policy_of
from intelligence_capture.llm.judge import PAIRS_A_CALL, ModelJudge
from intelligence_capture.llm.run import begin_run, stopped
from intelligence_capture.settings import GraphSettings
from tests.loopback import Fault
from tests.unit.llm.conftest import ROOT, Bench

PROMPTS = GraphSettings(prompts=str(ROOT / "prompts")).prompt_texts()
MANY = [question("same_thing", "pain_points", f"copia {n} a mano", f"copia {n} manual") for n in range(60)]
FEW = [
    question("same_thing", "pain_points", "El stock no cuadra", "El stock nunca cuadra"),
    question("same_thing", "pain_points", "Colas los viernes", "Se cae la red"),
    question("same_thing", "pain_points", "Falta gente", "Falta gente, doubt"),
]


def judge_on(bench: Bench, *, new_run: bool = True, calls: int = 40, **settings: object) -> ModelJudge:
    """A judge as the graph job of a run has it."""
    if new_run:
        begin_run(bench.state)
    given = bench.settings(**settings)
    quick = {"base_seconds": 0.02, "longest_seconds": 0.1, "failing_seconds": 0.0}
    return model_judge(
        settings=given,
        prompts=PROMPTS,
        calls=calls,
        responses=bench.responses,
        state=bench.state,
        policy=policy_of(given).model_copy(update=quick),
        limits=bench.folder / "limits",
    )


def nothing(bench):
    """What an estimate needs besides interviews."""
    catalogue, responses = bench.catalogue, bench.responses
    return {
        "settings": bench.settings(),
        "catalogue": catalogue,
        "prompt": bench.prompt,
        "responses": responses,
    }


def verdicts(answers):
    return [answers[one].verdict for one in FEW]


def test_several_pairs_are_judged_in_one_call_and_the_judge_is_named(make_bench):
    bench = make_bench()

    answers = judge_on(bench)(FEW)

    assert verdicts(answers) == ["same", "different", "unsure"]
    assert {said.judge for said in answers.values()} == {"gpt-4o-mini"}
    assert len(bench.server.calls) == 1


def test_a_pair_is_paid_for_once_in_whatever_company_and_order_it_comes(make_bench):
    bench = make_bench()
    first = judge_on(bench)(MANY)
    again = random.Random(1).sample(MANY, len(MANY))  # noqa: S311 - an order, no secret

    second = judge_on(bench)([*again, FEW[0]])

    assert len(bench.server.calls) == 3 + 1
    assert {one: second[one] for one in MANY} == first
    assert [judge_on(bench).address(FEW[0])] in [event["items"] for event in bench.ledger("reserved")]


def test_the_order_within_a_pair_is_no_other_pair():
    assert question("contradiction", "", "b", "a") == question("contradiction", "", "a", "b")


def test_calls_are_bounded_and_what_is_beyond_the_bound_is_left_out(make_bench):
    bench = make_bench()

    answers = judge_on(bench, calls=4)(MANY)

    assert list(answers) == MANY[: 2 * PAIRS_A_CALL]
    assert len(bench.server.calls) == 2
    judge = judge_on(bench, calls=4)
    judge(MANY)
    assert judge.unanswered == {} and len(bench.server.calls) == 2


@pytest.mark.parametrize("fault", ["500", "400", "hang", "html", "refusal", "wrong_schema", "401", "quota"])
def test_a_fault_of_the_server_leaves_pairs_unjudged_and_the_next_run_asks_for_them(make_bench, fault):
    bench = make_bench(Fault(fault, times=8 if fault == "500" else 2 if fault == "hang" else 1))
    judge = judge_on(bench, timeout_seconds=0.3 if fault == "hang" else 5)

    answers = judge(FEW)
    later = judge_on(bench)(FEW)

    assert verdicts(answers) == ["not judged"] * 3
    assert sum(judge.unanswered.values()) == 3
    assert verdicts(later) == ["same", "different", "unsure"]


def test_a_spent_budget_leaves_the_rest_unjudged_and_says_so(make_bench):
    bench = make_bench()
    judge = judge_on(bench, max_cost_usd=0.0056)

    answers = judge(MANY)
    asked = len(bench.server.calls)

    assert 0 < asked < 3 and stopped(bench.state)["cause"] == "budget"
    assert sum(said.verdict == "same" for said in answers.values()) == asked * PAIRS_A_CALL
    assert "budget" in next(iter(judge.unanswered))
    judge_on(bench)(MANY)
    assert len(bench.server.calls) == 3


def test_pairs_that_an_answer_passes_over_are_asked_for_alone_by_the_next_run(make_bench):
    bench = make_bench(Fault("passed_over", times=1))

    first = judge_on(bench)(FEW)
    second = judge_on(bench)(FEW)

    assert verdicts(first) == ["not judged", "different", "unsure"]
    assert verdicts(second) == ["same", "different", "unsure"]
    assert sorted(len(event["items"]) for event in bench.ledger("reserved")) == [1, 3]


def test_another_prompt_or_model_is_another_judge(make_bench):
    bench = make_bench()
    judge_on(bench)(FEW)

    judge_on(bench, models=["gpt-4o"])(FEW)

    assert len(bench.server.calls) == 2


def test_the_estimate_bounds_what_is_paid(make_bench):
    bench = make_bench()

    most = estimate_judging(PROMPTS, 4, bench.settings())
    judge_on(bench, calls=4)(MANY)

    text = estimate_text(estimate([], **nothing(bench)), settings=bench.settings(), judging=most)
    assert "graph          at most 4 calls more" in text
    assert most.calls == 4 >= len(bench.server.calls)
    assert sum(event["usd"] for event in bench.ledger("reserved")) <= most.worst_usd
