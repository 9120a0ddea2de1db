"""One kind of trouble a clause, and one entity for what is said twice."""

import numpy as np
import pytest

from intelligence_capture.offline.choosing import Chosen, choose, said_once
from intelligence_capture.offline.fragments import is_fragment
from intelligence_capture.offline.segments import Unit

UNIT = Unit(0, 20, 0, -1, item=False)


def test_a_clause_is_the_kind_of_trouble_that_it_is_most_of():
    tables = ("pain_points", "inefficiencies", "processes")
    scores = np.array([[0.4, 0.9, 0.5]], dtype=np.float32)

    chosen = choose(0, [UNIT], scores, tables, folded="x" * 20)

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


@pytest.mark.parametrize(
    "said", ["siempre", "casi nunca.", "a veces", "no, nada!!", "always", "17 dias", "un dia completo"]
)
def test_how_often_or_how_long_alone_is_no_trouble(said):
    assert is_fragment("pain_points", said)


@pytest.mark.parametrize(
    "said", ["no alcanza", "siempre llega tarde", "17 dias para un pago", "nada funciona"]
)
def test_what_goes_wrong_is_one_with_few_words_too(said):
    assert not is_fragment("pain_points", said)


def test_clauses_that_follow_one_another_tell_one_thing_unless_the_second_begins_anew():
    said = "reviso los pedidos, hago las guias con la hoja, que es una lata"
    starts = (0, said.index("hago"), said.index("que es"))
    ends = (said.index(", hago"), said.index(", que"), len(said))
    clauses = [Unit(*span, 0, index, item=False) for index, span in enumerate(zip(starts, ends, strict=True))]
    tables = ("pain_points", "processes")
    scores = np.full((3, 2), 0.5, dtype=np.float32)

    chosen = choose(0, clauses, scores, tables, folded=said)

    assert [(one.table, said[one.unit.start : one.unit.end]) for one in chosen] == [
        ("pain_points", said),
        ("processes", "reviso los pedidos"),
        ("processes", "hago las guias con la hoja, que es una lata"),
    ]
