"""The 44 sample interviews are what data/README.md says of them."""

import re
from collections import Counter, defaultdict

import pytest

from intelligence_capture.interviews import find_interviews
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def samples():
    return [source.interview for source in find_interviews(ROOT / "data" / "interviews")]


def sizes(samples):
    return {interview.id: sum(len(a.answer) for a in interview.answers) for interview in samples}


def test_forty_are_spanish_and_four_english(samples):
    assert Counter(interview.language for interview in samples) == {"es": 40, "en": 4}


def test_they_are_as_long_as_forms_are(samples):
    lengths = sizes(samples)

    assert 4300 < sum(lengths.values()) / len(lengths) < 5000
    assert 13_000 < max(lengths.values()) < 15_000
    assert min(len(interview.answers) for interview in samples) == 1
    assert any(not a.answer.strip() for interview in samples for a in interview.answers)


def test_no_sentence_of_six_words_occurs_twice(samples):
    where = defaultdict(list)
    for interview in samples:
        for answer in interview.answers:
            for sentence in re.split(r"[.!?\n;:]+", answer.answer):
                words = re.findall(r"\w+", sentence.lower())
                if len(words) >= 6:
                    where[" ".join(words)].append(interview.id)

    assert {sentence: ids for sentence, ids in where.items() if len(ids) > 1} == {}


def test_one_orders_a_model_about_and_one_holds_html_and_a_formula(samples):
    said = "\n".join(a.answer for interview in samples for a in interview.answers).lower()

    assert "ignora" in said and "<script>" in said and "=suma(" in said and "=cmd|" in said
