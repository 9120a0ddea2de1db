"""Two readers of one interview: what both found, what one found, what they call by different types."""

from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture import second_reading
from intelligence_capture.errors import ExtractionFailed, RunStopped
from intelligence_capture.extraction import assemble, position
from intelligence_capture.grounding import ground
from intelligence_capture.interviews import Source
from intelligence_capture.records import Candidate
from intelligence_capture.second_reading import ALONE, extract_twice, joined, surer
from tests.conftest import QuoteExtractor, interview

SAID = interview(
    "Uso Opera y SAP todos los días. Opera se cae los viernes por la tarde.",
    "El cierre de caja tarda dos horas y nadie lo revisa.",
)
SOURCE = Source("ana", Path("ana.json"), None, "0" * 64, SAID)
WORDS = sorted({word for answer in SAID.answers for word in answer.answer.split()})


def candidate(table, quote, *, label=None, confidence=0.8, **fields):
    evidence = (ground(quote, SAID.answers),)
    return Candidate(
        type=table, label=label or quote, confidence=confidence, evidence=evidence, fields=fields
    )


def read(catalogue, *candidates, by="a"):
    found = assemble("ana", candidates, catalogue, extractor=by)
    return [entity for entities in found.values() for entity in entities]


def all_of(entities):
    return [entity for table in entities.values() for entity in table]


def test_what_both_found_is_one_entity_surer_than_before_in_the_first_readers_words(catalogue):
    first = read(
        catalogue,
        candidate("pain_points", "Opera se cae los viernes", confidence=0.6, severity="high"),
    )
    second = read(
        catalogue,
        candidate("pain_points", "Opera se cae los viernes por la tarde", label="Caídas", confidence=0.5),
        by="b",
    )

    (pain,) = all_of(joined(first, second, catalogue))

    assert pain == first[0].model_copy(update={"confidence": 0.8, "extractor": "a + b"})


def test_one_label_of_one_type_is_one_thing_with_the_places_of_both(catalogue):
    first = read(catalogue, candidate("systems", "Opera"))
    second = read(catalogue, candidate("systems", "Opera se cae los viernes por la tarde", label="ópera"))

    (opera,) = all_of(joined(first, second, catalogue))

    assert [(e.start, e.quote) for e in opera.evidence] == [
        (4, "Opera"),
        (32, "Opera se cae los viernes por la tarde"),
    ]
    assert opera.id == first[0].id


def test_what_one_reader_alone_found_is_kept_and_up_for_review(catalogue):
    first = read(catalogue, candidate("systems", "Opera", confidence=0.7))
    second = read(catalogue, candidate("systems", "SAP", confidence=0.9), by="b")

    opera, sap = all_of(joined(first, second, catalogue))

    assert [(e.label, e.confidence, e.extractor) for e in (opera, sap)] == [
        ("Opera", 0.7, "a"),
        ("SAP", 0.9, "b"),
    ]
    assert opera.needs_review and sap.needs_review
    assert opera.review_reasons == sap.review_reasons == (ALONE,)


def test_the_same_words_under_two_types_are_both_up_for_review_and_name_each_other(catalogue):
    words = "El cierre de caja tarda dos horas"
    first = read(catalogue, candidate("pain_points", words, label="Cierre lento"))
    second = read(catalogue, candidate("inefficiencies", words, label="Cierre de dos horas"))

    pain, inefficiency = all_of(joined(first, second, catalogue))

    assert pain.review_reasons == (
        "the second reader sees another type: inefficiencies, Cierre de dos horas",
    )
    assert inefficiency.review_reasons == ("the first reader sees another type: pain_points, Cierre lento",)
    assert (pain.confidence, inefficiency.confidence) == (0.8, 0.8)


def test_fields_on_which_both_say_something_else_are_noted_and_the_first_readers_stay(catalogue):
    words = "Opera se cae los viernes por la tarde"
    first = read(catalogue, candidate("pain_points", words, severity="high", frequency="viernes"))
    second = read(catalogue, candidate("pain_points", words, severity="medium", frequency="cada viernes"))
    silent = read(catalogue, candidate("pain_points", words))

    (pain,) = all_of(joined(first, second, catalogue))
    (other,) = all_of(joined(first, silent, catalogue))

    assert pain.fields == first[0].fields
    assert pain.needs_review and pain.review_reasons == (
        "the two readers differ: severity is high or medium",
    )
    assert not other.needs_review


def test_agreement_settles_low_confidence_and_missing_evidence_but_no_other_reason(catalogue):
    invented = candidate("systems", "Dicho por nadie", label="Opera", confidence=0.4)
    first = read(catalogue, invented.model_copy(update={"fields": {"satisfaction": 11}}))
    second = read(catalogue, candidate("systems", "Opera", confidence=0.45))

    (opera,) = all_of(joined(first, second, catalogue))

    assert first[0].review_reasons == (
        "satisfaction cannot be '11'",
        "no verified evidence",
        "low confidence",
    )
    assert (opera.confidence, opera.review_reasons) == (0.67, ("satisfaction cannot be '11'",))


def test_two_who_agree_without_evidence_are_no_surer(catalogue):
    invented = read(catalogue, candidate("systems", "Dicho por nadie", label="Opera"))

    (opera,) = all_of(joined(invented, invented, catalogue))

    assert (opera.confidence, opera.review_reasons) == (0.8, ("no verified evidence",))


@pytest.mark.parametrize(
    ("one", "two", "together"),
    [(0.5, 0.5, 0.75), (0.9, 0.9, 0.95), (0.0, 0.3, 0.3), (1.0, 0.2, 1.0), (0.97, 0.1, 0.97)],
)
def test_two_are_surer_than_one_up_to_a_limit_and_never_less(one, two, together):
    assert surer(one, two) == surer(two, one) == together


def test_what_cannot_be_told_apart_keeps_ids_of_its_own(catalogue):
    nameless = [candidate("systems", quote, label="…") for quote in ("Dicho por nadie", "Nunca dicho")]
    first, second = read(catalogue, *nameless), read(catalogue, *nameless)

    entities = all_of(joined(first, second, catalogue))

    ids = {entity.id for entity in first}
    assert len(ids) == 2
    assert {entity.id for entity in entities} == ids | {f"{one}-2" for one in ids}


found = st.builds(
    candidate,
    st.sampled_from(["systems", "pain_points", "inefficiencies"]),
    st.sampled_from(WORDS),
    label=st.sampled_from(["Opera", "SAP", "cierre", "viernes", "…", "!"]),
    confidence=st.sampled_from([0.3, 0.6, 0.9]),
)


@given(st.lists(found, max_size=8), st.lists(found, max_size=8), st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_decides_nothing(catalogue, one, two, random):
    first, second = read(catalogue, *one), read(catalogue, *two, by="b")
    entities = all_of(joined(first, second, catalogue))
    random.shuffle(first)
    random.shuffle(second)

    assert all_of(joined(first, second, catalogue)) == entities
    both = [entity for entity in entities if entity.extractor == "a + b"]
    assert len(entities) == len(first) + len(second) - len(both)
    for table in {entity.type for entity in entities}:
        places = [position(entity.evidence) for entity in entities if entity.type == table]
        assert places == sorted(places)
    assert {entity.id for entity in first} <= {entity.id for entity in entities}
    kept = [(entity.type, entity.label, entity.evidence) for entity in entities if entity.extractor == "b"]
    left = [(entity.type, entity.label, entity.evidence) for entity in second]
    assert all(kept.count(one) <= left.count(one) for one in kept)
    assert all(entity.needs_review for entity in entities if entity.extractor in ("a", "b"))
    assert all(entity.needs_review == bool(entity.review_reasons) for entity in entities)
    places = {
        (entity.type, item.question_index, item.start) for entity in entities for item in entity.evidence
    }
    assert {(e.type, i.question_index, i.start) for e in first for i in e.evidence} <= places


class Failing:
    """A reader that ends with this error."""

    name = "openai"

    def __init__(self, error):
        self.error = error

    def __call__(self, given):
        raise self.error


LONG = interview(" ".join(f"palabra{number}" for number in range(120)))
PLACES = st.lists(st.tuples(st.integers(0, 1200), st.integers(1, 500)), max_size=4)


@given(PLACES, PLACES)
def test_no_pair_is_passed_over_for_the_stretches_in_which_quotes_are_looked_for(catalogue, one, two):
    def entities(places):
        quotes = [LONG.answers[0].answer[start : start + length] for start, length in places]
        found = [
            Candidate(
                type=("systems", "pain_points")[number % 2],
                label=f"{number} {quote[:5]}",
                confidence=0.8,
                evidence=(ground(quote, LONG.answers),),
            )
            for number, quote in enumerate(quotes)
        ]
        return read(catalogue, *found)

    first, second = entities(one), entities(two)
    with mock.patch.object(second_reading, "_keys", lambda _: ("all",)):
        every_pair = joined(first, second, catalogue)

    assert joined(first, second, catalogue) == every_pair


def test_what_the_second_reader_cannot_read_is_failed_and_says_who(catalogue):
    good, bad = QuoteExtractor({"systems": ["Opera"]}), Failing(ExtractionFailed("no answer"))

    failed = extract_twice(SOURCE, good, bad, catalogue, fingerprint="f")
    first = extract_twice(SOURCE, bad, good, catalogue, fingerprint="f")

    assert (failed.status, failed.error) == ("failed", "second reader: ana.json: no answer")
    assert (first.status, first.error) == ("failed", "ana.json: no answer")
    assert (failed.extractor, failed.fingerprint, failed.entities) == ("quotes + openai", "f", {})


def test_a_run_that_is_stopped_at_the_second_reader_leaves_the_interview_pending(catalogue):
    good, stopped = QuoteExtractor({"systems": ["Opera"]}), Failing(RunStopped("the budget is spent"))

    left = extract_twice(SOURCE, good, stopped, catalogue)

    assert (left.status, left.error, left.entities) == ("pending", "the budget is spent", {})


def test_the_record_of_both_says_who_found_what(catalogue):
    first = QuoteExtractor({"systems": ["Opera"]}, confidence=0.5)
    second = QuoteExtractor({"systems": ["Opera", "SAP"]}, confidence=0.5)

    record = extract_twice(SOURCE, first, second, catalogue, fingerprint="f")

    assert (record.status, record.extractor, record.model) == (
        "ok",
        "quotes + quotes",
        "quotes + quotes (second)",
    )
    assert [(e.label, e.extractor, e.confidence) for e in record.entities["systems"]] == [
        ("Opera", "quotes + quotes (second)", 0.75),
        ("SAP", "quotes (second)", 0.5),
    ]
