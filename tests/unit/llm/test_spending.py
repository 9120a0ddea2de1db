"""The ledger summed by run, model and interview."""

import pytest

from intelligence_capture.llm.ledger import Ledger
from intelligence_capture.llm.request import About
from intelligence_capture.llm.spending import Spent, spending, spending_text

USAGE = {"prompt_tokens": 100, "cached_tokens": 60, "completion_tokens": 10}


@pytest.fixture
def folder(tmp_path):
    """Two runs: ana is answered twice, luz once by another model; one call is rejected, one never settled."""
    for run, model, interview, outcome in (
        ("r1", "mini", "ana", "answered"),
        ("r1", "mini", "ana", "rejected"),
        ("r1", "mini", "luz", "not_sent"),
        ("r1", "mini", "luz", None),
        ("r2", "mini", "ana", "answered"),
        ("r2", "large", "luz", "answered"),
    ):
        ledger = Ledger(tmp_path, run=run, limit_usd=None)
        about = About(interview=interview, call="work")
        call = ledger.reserve(about, key=f"{interview}-{outcome}", model=model, worst_usd=0.5)
        if outcome == "answered":
            ledger.settle(call, outcome, usd=0.1, usage=USAGE)
        elif outcome:
            ledger.settle(call, outcome)
        if model == "large":
            ledger.repeated(call, key="k", about=about, earlier={"id": "x", "run": "r1"})
    return tmp_path


def test_each_run_and_model_has_its_sum(folder):
    found = {(row.run, row.model): row for row in spending(folder, "run", "model")}

    assert set(found) == {("r1", "mini"), ("r2", "mini"), ("r2", "large")}
    assert found["r1", "mini"] == Spent(
        run="r1", model="mini", answered=1, rejected=1, unknown=1, usd=0.1, open_usd=0.5, **USAGE
    )
    assert found["r2", "large"].repeated == 1


def test_each_interview_has_its_sum_over_all_runs(folder):
    found = {row.interview: (row.answered, row.unknown, row.usd) for row in spending(folder, "interview")}

    assert found == {"ana": (2, 0, 0.2), "luz": (1, 1, 0.1)}


def test_the_table_ends_with_the_total_and_says_what_is_unknown(folder):
    text = spending_text(folder)

    assert text.splitlines()[-2].startswith("all") and "$0.3000" in text
    assert "1 calls the outcome is unknown" in text and "$0.5000 at most" in text


def test_a_ledger_that_is_not_there_is_no_call(tmp_path):
    assert spending(tmp_path / "none") == () and "No call" in spending_text(tmp_path / "none")
