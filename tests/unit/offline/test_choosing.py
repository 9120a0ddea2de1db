"""One kind of trouble a clause, and one entity for what is said twice."""

import numpy as np

from intelligence_capture.offline.choosing import Chosen, choose, said_once
from intelligence_capture.offline.fragments import is_fragment
from intelligence_capture.offline.segments import Unit

UNIT = Unit(0, 20, 0, -1, item=False)


def test_a_clause_is_the_kind_of_trouble_that_it_is_most_of():
    tables = ("pain_points", "inefficiencies", "processes")
    scores = np.array([[0.4, 0.9, 0.5]], dtype=np.float32)

    chosen = choose(0, [UNIT], scores, tables, np.full(3, 0.3, dtype=np.float32))

    assert [one.table for one in chosen] == ["inefficiencies", "processes"]


def test_the_same_trouble_in_two_answers_is_one_thing_and_in_one_answer_two():
    chosen = [Chosen(answer, UNIT, 0, "pain_points", 0.5) for answer in (0, 1, 1)]
    meanings = np.array([[1.0, 0.0], [0.9, 0.1], [1.0, 0.0]], dtype=np.float32)

    groups = said_once(chosen, meanings)

    assert [len(group) for group in groups] == [2, 1]


def test_half_sentences_and_bare_values_are_nothing():
    assert is_fragment("temporal_patterns", "que se ejecuta los jueves")
    assert is_fragment("kpis", "estamos en 5")
    assert not is_fragment("kpis", "rechazos por ruta")


def test_clauses_that_follow_one_another_tell_one_trouble_but_are_two_processes():
    clauses = [Unit(0, 20, 0, 0, item=False), Unit(22, 40, 0, 1, item=False), Unit(60, 80, 1, 0, item=False)]
    tables = ("pain_points", "processes")
    scores = np.full((3, 2), 0.5, dtype=np.float32)

    chosen = choose(0, clauses, scores, tables, np.full(2, 0.3, dtype=np.float32))

    assert [(one.table, one.unit.start, one.unit.end) for one in chosen] == [
        ("pain_points", 0, 40),
        ("pain_points", 60, 80),
        ("processes", 0, 20),
        ("processes", 22, 40),
        ("processes", 60, 80),
    ]
