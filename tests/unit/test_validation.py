"""The gate: what opens it, what closes it, and what it says."""

import pytest

from intelligence_capture.settings import ValidationSettings
from intelligence_capture.validation import (
    DatabaseFacts,
    InterviewState,
    Problem,
    as_markdown,
    gate_message,
    validate,
)

ANA = InterviewState(
    id="ana", source="ana.json", status="ok", error="", company="Sol", company_as_written="sol",
    known_place=True, characters=900, entities=3, warnings=(),
)  # fmt: skip
SOUND = DatabaseFacts(
    interviews=(ANA,), expected_interviews=1, entities_by_type={"systems": 2, "roles": 1}, entities=3,
    for_review=1, unverified=0, mean_confidence=0.8, integrity="ok", dangling_references=0, wrong_offsets=(),
    unverified_examples=(), unproven_not_for_review=(), placeholder_labels=(), garbled_labels=(),
    long_labels=(), duplicates=(),
)  # fmt: skip
PROBLEM = (Problem(where="systems system-1", what="n/a"),)


def judged(settings=None, **changes):
    return validate(SOUND.model_copy(update=changes), settings or ValidationSettings())


def verdicts(validation):
    return {check.name: check.verdict for check in validation.checks if check.verdict != "pass"}


def test_a_sound_database_opens_the_gate():
    validation = judged()

    assert (validation.gate, verdicts(validation)) == ("open", {})
    assert gate_message(validation).startswith("Quality gate open: 1 of 1 interviews, 2 of 2 types")


@pytest.mark.parametrize(
    ("changes", "check", "verdict"),
    [
        ({"expected_interviews": 2}, "interviews_extracted", "fail"),
        ({"entities_by_type": {"systems": 3, "roles": 0}}, "types_with_data", "fail"),
        ({"interviews": (ANA.model_copy(update={"entities": 0}),)}, "interviews_with_entities", "fail"),
        ({"unverified": 1}, "verified_evidence", "fail"),
        ({"for_review": 3}, "share_for_review", "warn"),
        ({"mean_confidence": 0.2}, "mean_confidence", "warn"),
        ({"placeholder_labels": PROBLEM}, "no_placeholders", "fail"),
        ({"garbled_labels": PROBLEM}, "no_mojibake", "warn"),
        ({"long_labels": PROBLEM}, "short_labels", "warn"),
        ({"duplicates": PROBLEM}, "no_duplicates_within_interview", "warn"),
        ({"decisions": 2, "idle_decisions": PROBLEM}, "decisions_hold", "warn"),
        ({"integrity": "row 3 missing"}, "database_is_sound", "fail"),
        ({"dangling_references": 1}, "no_dangling_reference", "fail"),
        ({"wrong_offsets": PROBLEM}, "quotes_stand_where_they_say", "fail"),
        ({"unproven_not_for_review": PROBLEM}, "unproven_is_for_review", "fail"),
        ({"interviews": (ANA.model_copy(update={"known_place": False}),)}, "known_companies", "warn"),
        ({"interviews": (ANA.model_copy(update={"warnings": ("odd",)}),)}, "clean_input", "warn"),
    ],
)
def test_each_check_notices_its_problem(changes, check, verdict):
    validation = judged(**changes)

    assert verdicts(validation) == {check: verdict}
    assert validation.gate == ("closed" if verdict == "fail" else "open")


def test_an_empty_type_that_is_not_required_is_a_warning():
    settings = ValidationSettings(required_types=["systems"])

    assert verdicts(judged(settings, entities_by_type={"systems": 1, "roles": 0})) == {
        "types_with_data": "warn"
    }


def test_a_required_type_that_does_not_exist_closes_the_gate():
    assert judged(ValidationSettings(required_types=["sistemas"])).gate == "closed"


def test_the_message_names_every_failed_interview_and_what_to_do():
    failed = ANA.model_copy(update={"status": "failed", "error": "ana.json: the file is empty"})

    message = gate_message(judged(interviews=(failed,)))

    assert "failed   ana: ana.json: the file is empty" in message
    assert "Run the same command again" in message


def test_markdown_is_inert():
    hostile = (Problem(where="systems x", what="<script>alert(1)</script> | [a](javascript:b)\n# h"),)

    text = as_markdown(judged(placeholder_labels=hostile))

    assert (
        "systems x: &#60;script&#62;alert(1)&#60;/script&#62; &#124; &#91;a&#93;(javascript:b) &#35; h"
        in text
    )
    assert "<script>" not in text and "](javascript" not in text and "\n# h" not in text


def test_control_characters_do_not_reach_the_terminal():
    failed = ANA.model_copy(update={"status": "failed", "error": "mal\x1b[31m\x07.json: broken\nhere"})

    message = gate_message(judged(interviews=(failed,)))

    assert "\x1b" not in message and "\x07" not in message and "broken here" in message
