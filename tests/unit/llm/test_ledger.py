"""The ledger and the budget that all processes share."""

import multiprocessing
import threading
import time

import pytest

from intelligence_capture.llm.ledger import BudgetReached, Ledger, read_ledger
from intelligence_capture.llm.request import About

ABOUT = About(interview="ana", call="work")


def reserve(ledger: Ledger, usd: float | None, **more) -> str:
    return ledger.reserve(ABOUT, key="k", model="m", worst_usd=usd, **more)


def test_a_call_is_reserved_at_its_worst_and_settled_at_its_cost(tmp_path):
    ledger = Ledger(tmp_path, run="r", limit_usd=1.0)

    for _ in range(5):
        ledger.settle(reserve(ledger, 0.6), "answered", usd=0.1)

    assert ledger.spent() == pytest.approx(0.5)
    with pytest.raises(BudgetReached, match=r"0\.5000 dollars spent"):
        reserve(ledger, 0.6)


@pytest.mark.parametrize("outcome", ["rejected", "not_sent"])
def test_what_was_not_billed_gives_its_reservation_back(tmp_path, outcome):
    ledger = Ledger(tmp_path, run="r", limit_usd=1.0)

    ledger.settle(reserve(ledger, 0.9), outcome)

    assert reserve(ledger, 0.9)


@pytest.mark.parametrize("facts", [("unknown", {}), ("answered", {"usd": None})])
def test_what_is_perhaps_billed_stays_reserved_also_for_other_processes(tmp_path, facts):
    outcome, known = facts
    ledger = Ledger(tmp_path, run="r", limit_usd=1.0)
    ledger.settle(reserve(ledger, 0.9), outcome, **known)

    with pytest.raises(BudgetReached):
        reserve(Ledger(tmp_path, run="r", limit_usd=1.0), 0.2)


def test_another_run_has_its_own_budget(tmp_path):
    reserve(Ledger(tmp_path, run="first", limit_usd=1.0), 0.9)

    assert reserve(Ledger(tmp_path, run="second", limit_usd=1.0), 0.9)


def test_a_budget_of_nothing_lets_free_calls_pass(tmp_path):
    ledger = Ledger(tmp_path, run="r", limit_usd=0.0)

    assert reserve(ledger, 0.0)
    with pytest.raises(BudgetReached):
        reserve(ledger, 0.01)


def test_a_call_waits_for_those_in_flight_where_only_they_are_in_the_way(tmp_path):
    ledger = Ledger(tmp_path, run="r", limit_usd=1.0)
    first = reserve(ledger, 0.9)
    begun = time.monotonic()
    threading.Timer(0.3, lambda: ledger.settle(first, "answered", usd=0.1)).start()

    assert reserve(ledger, 0.9, patience_seconds=5)

    assert time.monotonic() - begun > 0.25


def _spend(folder, number):
    ledger = Ledger(folder, run="r", limit_usd=1.0)
    for _ in range(number):
        try:
            call = ledger.reserve(ABOUT, key="k", model="m", worst_usd=0.05)
        except BudgetReached:
            return
        ledger.settle(call, "answered", usd=0.03)


def test_many_processes_together_keep_one_budget(tmp_path):
    processes = [multiprocessing.Process(target=_spend, args=(tmp_path, 20)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    spent = Ledger(tmp_path, run="r", limit_usd=1.0).spent()

    assert 0.8 < spent <= 1.0


def test_a_line_that_was_cut_harms_no_other(tmp_path):
    ledger = Ledger(tmp_path, run="r", limit_usd=1.0)
    ledger.settle(reserve(ledger, 0.5), "answered", usd=0.4)
    with (tmp_path / "r.jsonl").open("a") as file:
        file.write('{"event": "answered", "id": "x", "us')

    later = Ledger(tmp_path, run="r", limit_usd=1.0)
    later.settle(reserve(later, 0.5), "answered", usd=0.2)

    assert Ledger(tmp_path, run="r", limit_usd=1.0).spent() == pytest.approx(0.6)
    assert [event["event"] for event in read_ledger(tmp_path)] == ["reserved", "answered"] * 2
