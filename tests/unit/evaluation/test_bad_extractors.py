"""An extractor that is plainly bad scores as badly as it should."""

import pytest

from intelligence_capture.evaluation.evaluate import score_items
from intelligence_capture.evaluation.gold import gold_folders, gold_items
from intelligence_capture.interviews import find_interviews
from tests.conftest import ROOT
from tests.unit.evaluation.small_gold import BAD_EXTRACTORS, SMALL_GOLD

DEVELOPMENT = ROOT / "data/gold/development"


@pytest.fixture(scope="module")
def development(catalogue):
    sources = {source.id: source.interview for source in find_interviews(ROOT / "data/interviews")}
    labels = gold_folders([DEVELOPMENT])[0].labels
    return [(sources[name], gold_items(file, sources[name], catalogue)) for name, file in labels.items()]


@pytest.mark.parametrize("bad", BAD_EXTRACTORS)
def test_a_bad_extractor_scores_below_0_15_on_a_small_gold(bad, catalogue):
    pairs = [(gold, list(bad(given, catalogue.tables))) for given, gold in SMALL_GOLD]

    assert score_items(pairs, catalogue).micro.f1.value < 0.15


@pytest.mark.parametrize("bad", BAD_EXTRACTORS)
def test_a_bad_extractor_scores_below_0_15_on_the_development_gold(bad, development, catalogue):
    pairs = [(gold, list(bad(given, catalogue.tables))) for given, gold in development]

    assert score_items(pairs, catalogue).micro.f1.value < 0.15


def test_the_labels_themselves_score_1(catalogue):
    whole = score_items([(gold, gold) for _, gold in SMALL_GOLD], catalogue)

    assert (whole.micro.f1.value, whole.macro.f1.value, whole.micro.f1.low) == (1.0, 1.0, 1.0)


def test_saying_everything_right_twice_costs_half_of_the_precision(catalogue):
    whole = score_items([(gold, [*gold, *gold]) for _, gold in SMALL_GOLD], catalogue)

    assert (whole.micro.precision.value, whole.micro.recall.value) == (0.5, 1.0)


def test_finding_nothing_scores_0(catalogue):
    whole = score_items([(gold, []) for _, gold in SMALL_GOLD], catalogue)

    assert (whole.micro.f1.value, whole.micro.precision.value, whole.macro.f1.value) == (0.0, None, 0.0)
