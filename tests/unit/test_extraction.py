"""From candidates to entities: ids, merging within an interview, fields, reasons for review."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.errors import ExtractionFailed, RunStopped
from intelligence_capture.extraction import assemble, extract_interview, quadrant
from intelligence_capture.grounding import ground
from intelligence_capture.interviews import Source
from intelligence_capture.records import Candidate
from tests.conftest import QuoteExtractor, interview

SAID = interview("Uso Opera y SAP todos los días.", "Opera se cae los viernes.")
SOURCE = Source("ana", Path("ana.json"), None, "0" * 64, SAID)


def found(table, quote, *, index=0, confidence=0.9, label=None, **fields):
    evidence = (ground(quote, SAID.answers, question_index=index),)
    return Candidate(
        type=table, label=label or quote, confidence=confidence, evidence=evidence, fields=fields
    )


def entities(catalogue, *candidates, table="systems"):
    return assemble("ana", candidates, catalogue, extractor="test")[table]


def test_one_thing_said_twice_is_one_entity_with_both_quotes(catalogue):
    first = found("systems", "Opera", confidence=0.6, used_for="reservas")
    second = found("systems", "Opera", index=1, label="ópera", integration_problems=["se cae"])

    (opera,) = entities(catalogue, second, first)

    assert [(e.question_index, e.start) for e in opera.evidence] == [(0, 4), (1, 0)]
    assert opera.fields["used_for"] == "reservas"
    assert opera.fields["integration_problems"] == ["se cae"]
    assert opera.confidence == 0.9


def test_ids_are_stable_and_differ_between_things_in_one_quote(catalogue):
    both = [found("systems", "Opera y SAP", label=name) for name in ("Opera", "SAP")]

    forth, back = entities(catalogue, *both), entities(catalogue, *reversed(both))

    assert forth == back
    assert len({e.id for e in forth}) == 2
    assert forth[0].id == "system-871a6d8dfc3956a7"


def test_fills_every_field_of_the_type_and_refuses_what_cannot_be(catalogue):
    candidate = found("systems", "Opera", satisfaction=11, used_for=["reservas", "caja"], vendor=None)

    (opera,) = entities(catalogue, candidate)

    assert opera.fields == {
        "vendor": "",
        "category": "",
        "used_for": "reservas, caja",
        "satisfaction": None,
        "integration_problems": [],
    }
    assert opera.needs_review and opera.review_reasons == ("satisfaction cannot be '11'",)


@pytest.mark.parametrize("value", ["x", float("nan"), float("inf"), 10**400, 2.5, -1, True, ["1"]])
def test_a_number_that_is_none_becomes_null(catalogue, value):
    candidate = found("systems", "Opera", satisfaction=value)

    assert entities(catalogue, candidate)[0].fields["satisfaction"] in (None, 1)


def test_what_nobody_said_is_up_for_review(catalogue):
    (entity,) = entities(catalogue, found("systems", "Navision"))

    assert entity.review_reasons == ("no verified evidence",)


def test_low_confidence_is_up_for_review(catalogue):
    (entity,) = entities(catalogue, found("systems", "Opera", confidence=0.3))

    assert entity.review_reasons == ("low confidence",)


def test_long_labels_are_cut_to_twelve_words(catalogue):
    (entity,) = entities(catalogue, found("systems", "Opera", label=" ".join("abcdefghijklmn")))

    assert entity.label == "a b c d e f g h i j k l…"


def test_types_that_the_catalogue_does_not_have_are_left_out(catalogue):
    assert assemble("ana", (found("dreams", "Opera"),), catalogue, extractor="test") == {}


@pytest.mark.parametrize(
    ("effort", "impact", "expected"),
    [
        (2, 5, "quick_win"),
        (5, 5, "major_project"),
        (1, 1, "fill_in"),
        (5, 2, "thankless_task"),
        (None, 5, None),
    ],
)
def test_the_quadrant_follows_from_effort_and_impact(effort, impact, expected):
    assert quadrant(effort, impact) == expected


def test_a_broken_source_is_a_failed_record(catalogue):
    broken = Source("roto", Path("roto.json"), None, "1" * 64, None, "roto.json: the file is empty")

    record = extract_interview(broken, QuoteExtractor({}), catalogue)

    assert (record.status, record.error) == ("failed", "roto.json: the file is empty")


@pytest.mark.parametrize(
    ("error", "status"), [(ExtractionFailed("refused"), "failed"), (RunStopped("budget"), "pending")]
)
def test_failure_and_stop_are_recorded_and_not_raised(catalogue, error, status):
    class Raising:
        name = "raising"

        def __call__(self, _):
            raise error

    record = extract_interview(SOURCE, Raising(), catalogue)

    assert record.status == status
    assert str(error) in record.error


@given(st.permutations([
    found("systems", "Opera"), found("systems", "Opera", index=1), found("systems", "SAP"),
    found("pain_points", "se cae los viernes", index=1), found("systems", "Navision", confidence=0.1),
]))  # fmt: skip
def test_the_order_of_candidates_does_not_matter(catalogue, candidates):
    expected = assemble("ana", tuple(sorted(candidates, key=repr)), catalogue, extractor="test")

    assert assemble("ana", tuple(candidates), catalogue, extractor="test") == expected
