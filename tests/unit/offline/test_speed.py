"""Text that no person typed costs time in proportion to its length."""

import time

import pytest

from intelligence_capture.offline.gazetteer import load_gazetteer
from intelligence_capture.offline.reading import read_answers
from intelligence_capture.records import Answer, Interview, Meta


def seconds(text: str) -> float:
    answers = (Answer(question="¿Qué sistemas usa?", answer=text),)
    interview = Interview(id="x", source="x", sha256="", meta=Meta(role=""), language="es", answers=answers)
    before = time.process_time()
    read_answers(interview, load_gazetteer())
    return time.process_time() - before


@pytest.mark.parametrize(
    "text", ["bla " * 300_000, "a" * 100_000, "Ab" * 50_000, "uso excel, toteat y nubox, " * 1500]
)
def test_a_text_without_end_is_read_in_seconds(text):
    seconds("uso excel")

    assert seconds(text) < 30


def test_twice_the_names_take_about_twice_the_time():
    seconds("uso excel")

    short, long = (seconds("uso excel, toteat y nubox, " * times) for times in (500, 2000))

    assert long < 9 * short + 0.2
