"""The real workflow, struck down and resumed with the README's command: the quick set of the crash harness.

`make crash` is the long one.
"""

import pytest

from tests.crash.proofs import PROOFS
from tests.crash.trial import Plan, run_trial
from tests.crash.variants import VARIANTS, apply


@pytest.fixture(scope="module")
def baseline(tmp_path_factory):
    """A project that nobody disturbs: its dump."""
    outcome = run_trial(tmp_path_factory.mktemp("baseline") / "t", Plan(seed=0, strikes=0, faults=False))

    assert outcome.problems == [] and outcome.accepted == 16
    return outcome.dump


def test_struck_down_in_every_way_the_same_command_goes_on(baseline, tmp_path):
    modes = ("group", "main alone", "full disk", "one worker")
    plan = Plan(seed=20, strikes=4, modes=modes, in_turn=True, at_first_call=True)

    outcome = run_trial(tmp_path / "t", plan)

    assert outcome.problems == [] and outcome.struck == dict.fromkeys(modes, 1)
    assert outcome.dump == baseline
    assert outcome.accepted <= 16 + outcome.lost + outcome.faulted


@pytest.mark.long
def test_after_a_full_disk_the_same_command_completes(baseline, tmp_path):
    outcome = run_trial(tmp_path / "t", Plan(seed=77, strikes=3, modes=("full disk",), faults=False))

    assert outcome.problems == [] and outcome.struck["full disk"] > 0
    assert outcome.dump == baseline


@pytest.mark.long
@pytest.mark.parametrize("variant", ["no store", "SDK retries on"])
def test_a_broken_variant_is_caught(variant, tmp_path):
    assert PROOFS[variant].catches(tmp_path / "t")


def test_every_broken_variant_has_its_proof():
    assert set(PROOFS) == set(VARIANTS)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_broken_variant_can_be_made_of_the_code_of_today(variant, tmp_path):
    assert apply(variant, tmp_path).is_dir()
