"""The texts of the reports: nothing of ours is shown raw, or in the other language."""

import pytest

from intelligence_capture.graph.contradictions import AMOUNTS, PEOPLE, TEXTS_WITH_AMOUNTS, field_of
from intelligence_capture.graph.contradictions import FIELDS as NAMES
from intelligence_capture.reports.rows import Check
from intelligence_capture.reports.wording import check_message, reasons_text, wording
from intelligence_capture.second_reading import ALONE
from intelligence_capture.settings import ValidationSettings
from intelligence_capture.validation import validate
from tests.unit.test_validation import SOUND

AMOUNT_KINDS = {
    f"{kind}{how}"
    for kind in ("minutes", "percent", "PEN", "USD", "EUR", "times a year", "year")
    for how in ("", " once", " aimed at")
}
KINDS = {
    *AMOUNT_KINDS,
    *NAMES,
    *("PEN a year", "time of day until", "weekday from", "approver of purchases"),
    *("count", "method", "statement", "supplier"),
}
"""What claims are called while they are compared."""
FIELDS = {*AMOUNTS, *TEXTS_WITH_AMOUNTS, *PEOPLE, "amount", "satisfaction"}
PATTERNS = set(
    "recurring_pain shared_pain company_pain problematic_system manual_flow bottleneck_role "
    "automation_demand".split()
)


def test_every_kind_of_contradiction_and_of_pattern_has_a_plain_name():
    known = wording("es").keys()

    assert (set(map(field_of, KINDS)) | FIELDS | PATTERNS) - known == set()


def test_every_check_says_in_spanish_what_it_found():
    checks = validate(SOUND, ValidationSettings()).checks

    assert [c.name for c in checks if check_message(c, "es") == c.message and c.message != "ok"] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "confianza media 0,62; avisa por debajo de 0,40"),
        ("en", "mean confidence 0.62; warns below 0.40"),
    ],
)
def test_a_check_keeps_its_numbers(language, said):
    check = Check(name="mean_confidence", verdict="pass", message="mean confidence 0.62; warns below 0.40")

    assert check_message(check, language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "1.432 de 3.752 hallazgos por revisar (38\u00a0%); avisa desde más de 60\u00a0%"),
        ("en", "1,432 of 3,752 findings are up for review (38%); warns above 60%"),
    ],
)
def test_a_check_writes_its_numbers_as_the_language_does(language, said):
    message = "1432 of 3752 entities are up for review (38%); warns above 60%"
    check = Check(name="share_for_review", verdict="pass", message=message)

    assert check_message(check, language) == said


def test_a_check_of_another_form_is_shown_as_it_is():
    check = Check(name="mean_confidence", verdict="pass", message="no entities")

    assert check_message(check, "es") == "no entities"


def test_reasons_for_a_review_are_in_the_language_and_keep_their_facts():
    reasons = ("low confidence", "people disagree: Ana: edit; Luz: reject", "satisfaction cannot be '11'")

    assert reasons_text(reasons, "es") == (
        "Confianza baja; Las personas no coinciden: Ana: edit; Luz: reject; satisfaction cannot be '11'"
    )


def test_every_reason_of_two_readers_has_a_spanish_text(catalogue):
    kinds = {
        "the two readers differ",
        ALONE,
        *(f"the {one} reader sees another type" for one in ("first", "second")),
    }

    assert all(reasons_text((kind,), "es") != kind for kind in kinds)
