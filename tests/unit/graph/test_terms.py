"""Words that mean the same: no line swallows what claims are built with, and each word has one line."""

from collections import Counter

import pytest

from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.scope import NEUTRAL
from intelligence_capture.graph.terms import stems_of, words_by_line


def test_no_line_stands_for_what_says_nothing():
    assert [line[0] for line in words_by_line() if stems_of([line[0].rstrip("*")]) & NEUTRAL] == []


def test_no_word_stands_in_two_lines():
    counts = Counter(word for line in words_by_line() for word in line)

    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("planilla", "payroll"),
        ("puntualidad", "punctuality"),
        ("inspección", "inspection"),
        ("almacenes", "warehouse"),
        ("metodo", "method"),
    ],
)
def test_words_of_one_meaning_or_one_origin_are_one(a, b):
    assert stems_of([plain(a)]) == stems_of([plain(b)]) != frozenset()
