"""Precision, recall, F1, their intervals, calibration, and fields."""

import numpy as np
import pytest

from intelligence_capture.evaluation.fields import FieldScore, field_scores, likeness
from intelligence_capture.evaluation.items import Item
from intelligence_capture.evaluation.scores import calibration, differences, scores

TABLES = ("systems", "kpis", "roles")
GOOD = [4, 5, 5]  # right, found, labelled
BAD = [1, 5, 5]
NONE = [0, 0, 0]


def counts(*interviews):
    return np.array(interviews, dtype=np.int64)


def item(confidence):
    return Item(type="systems", label="x", spans=(), confidence=confidence)


def test_micro_counts_entities_and_macro_counts_types():
    whole = scores(counts([[9, 9, 9], [0, 1, 1], NONE]), TABLES)

    assert whole.micro.f1.value == pytest.approx(0.9)
    assert whole.macro.f1.value == pytest.approx(0.5)
    assert whole.types["roles"].f1.value is None


def test_a_type_that_is_found_but_never_labelled_pulls_macro_down():
    whole = scores(counts([[2, 2, 2], [0, 3, 0], NONE]), TABLES)

    assert (whole.types["kpis"].f1.value, whole.types["kpis"].recall.value) == (0.0, None)
    assert whole.macro.f1.value == pytest.approx(0.5)


def test_the_interval_holds_the_value_and_is_the_same_every_time():
    given = counts([GOOD, BAD, NONE], [BAD, BAD, GOOD], [GOOD, NONE, NONE], [GOOD, GOOD, BAD])

    first, second = scores(given, TABLES), scores(given, TABLES)

    assert first == second
    assert first.micro.f1.low < first.micro.f1.value < first.micro.f1.high


def test_interviews_that_score_alike_leave_no_interval():
    alike = scores(counts(*[[GOOD, GOOD, GOOD]] * 5), TABLES).micro.f1

    assert alike.low == alike.value == alike.high == pytest.approx(0.8)


def test_a_run_does_not_differ_from_itself():
    given = counts([GOOD, BAD, NONE], [BAD, BAD, GOOD])

    same = differences(given, given, TABLES)

    assert (same["micro"].low, same["micro"].value, same["micro"].high) == (0, 0, 0)
    assert same["systems"].value == 0


def test_differences_pair_the_interviews():
    """Interviews differ much from each other, the runs by the same in each: the interval stays narrow."""
    better = counts(*[[[n + 1, 20, 20]] for n in range(10)])
    worse = counts(*[[[n, 20, 20]] for n in range(10)])

    difference = differences(better, worse, ("systems",))["micro"]

    assert (difference.low, difference.high) == pytest.approx((0.05, 0.05))


def test_calibration_is_the_mean_distance_of_confidence_from_what_is_right():
    found = [(item(0.85), True)] * 8 + [(item(0.85), False)] * 2 + [(item(0.35), False)] * 10

    result = calibration(found)

    assert result.error == pytest.approx((10 * 0.05 + 10 * 0.35) / 20)
    assert [(b.low, b.entities) for b in result.bins if b.entities] == [(0.3, 10), (0.8, 10)]


def test_full_confidence_belongs_to_the_last_bin():
    assert calibration([(item(1.0), True)]).bins[-1].share_right == 1.0


def test_nothing_found_has_no_calibration():
    assert calibration([]).error is None


@pytest.mark.parametrize(
    ("gold", "found", "kind", "expected"),
    [
        ("Cierre de caja", "cierre de CAJA.", "text", 1.0),
        ("cierre de caja", "caja", "text", 0.5),
        ("cierre", "", "text", 0.0),
        ("!", "!", "text", 1.0),
        (["Opera", "SAP"], ["sap", "opera"], "list", 1.0),
        (["Opera", "SAP"], ["Opera"], "list", 2 / 3),
        (["Opera"], "opera", "list", 1.0),
        ("high", "high", "enum", 1.0),
        ("high", "low", "enum", 0.0),
        (120, 120.0, "number", 1.0),
        (120, None, "integer", 0.0),
    ],
)
def test_how_alike_two_values_of_a_field_are(gold, found, kind, expected):
    assert likeness(gold, found, kind) == pytest.approx(expected)


def test_only_labelled_fields_are_scored(catalogue):
    gold = Item(type="kpis", label="x", spans=(), fields={"owner": "Ana", "unit": "%"})
    found = Item(type="kpis", label="x", spans=(), fields={"owner": "", "unit": "%", "cadence": "daily"})

    assert field_scores([(gold, found)], catalogue) == {
        "kpis": {
            "owner": FieldScore(labelled=1, filled=0, precision=None, recall=0.0),
            "unit": FieldScore(labelled=1, filled=1, precision=1.0, recall=1.0),
        }
    }


def test_an_empty_field_costs_recall_and_a_wrong_one_precision_too(catalogue):
    gold = Item(type="kpis", label="x", spans=(), fields={"unit": "%"})
    found = [Item(type="kpis", label="x", spans=(), fields={"unit": unit}) for unit in ("", "días", "%")]

    scored = field_scores([(gold, one) for one in found], catalogue)["kpis"]["unit"]

    assert (scored.precision, scored.recall) == (1 / 2, 1 / 3)
