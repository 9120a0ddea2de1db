"""Examples teach a model what is meant; none of them may come back as something that somebody said."""

import re

import pytest

from intelligence_capture.extraction import extract_interview
from intelligence_capture.grounding import ground
from intelligence_capture.interviews import Source, find_interviews
from intelligence_capture.llm.plan import plan_calls
from intelligence_capture.llm.prompt import Prompt
from intelligence_capture.texts import fold
from tests.loopback import Fault
from tests.unit.llm.conftest import ROOT

TEXT = (ROOT / "prompts" / "extract.md").read_text("utf-8")
SAYING = 5
"""Words from which an example is a saying; fewer are a name, which anybody may use."""


@pytest.fixture(scope="module")
def sayings(catalogue):
    """Every example and counter-example of the catalogue that is more than a name."""
    texts = [
        text
        for entity_type in catalogue.types
        for examples in (entity_type.examples, entity_type.counter_examples)
        for text in (*examples.es, *examples.en)
    ]
    return sorted({text for text in texts if len(fold(text).split()) >= SAYING})


@pytest.fixture(scope="module")
def samples():
    return [source.interview for source in find_interviews(ROOT / "data" / "interviews") if source.interview]


def test_each_call_shows_examples_of_its_types(catalogue):
    for call in plan_calls(catalogue):
        shown = re.findall("«(.+?)»", Prompt(TEXT).instructions(call))

        assert len(shown) >= 4 * len(call.types)


def test_no_example_is_said_in_a_sample_interview(sayings, samples):
    said = "\n".join(fold(answer.answer) for interview in samples for answer in interview.answers)

    assert [saying for saying in sayings if f" {fold(saying)} " in f" {said} "] == []


def test_an_example_as_a_quote_is_never_verified(sayings, samples):
    for interview in samples[::11]:
        assert [saying for saying in sayings if ground(saying, interview.answers).verified] == []


def test_a_model_that_returns_its_examples_finds_nothing_verified(make_bench, interview):
    bench = make_bench(Fault("examples"))

    extraction = extract_interview(
        Source("ana-prueba", ROOT, None, "0" * 64, interview), bench.extractor(), bench.catalogue
    )

    entities = [entity for found in extraction.entities.values() for entity in found]
    assert len(entities) >= len(bench.catalogue.tables)
    assert all(entity.needs_review for entity in entities)
    assert not any(item.verified for entity in entities for item in entity.evidence)
