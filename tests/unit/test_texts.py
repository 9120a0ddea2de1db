"""Texts are compared without case, accents and punctuation, whatever the alphabet."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.graph.quantities import plain
from intelligence_capture.texts import fold


def test_accents_case_and_punctuation_do_not_count():
    assert fold("¡Facturación  «URGENTE», en Perú!") == fold("facturacion urgente en peru")
    assert fold("ﬁn del año") == "fin del ano"


@given(st.text())
def test_no_mark_is_left_in_any_alphabet(text):
    assert not [char for char in fold(text) if unicodedata.combining(char)]


@given(st.text())
def test_plain_text_is_as_long_as_the_text_and_its_places_stay(text):
    assert len(plain(text)) == len(text)
    assert all(plain(char) == there for char, there in zip(text, plain(text), strict=True))


def test_plain_text_has_neither_case_nor_accents():
    assert plain("Á las 8 — ÑANDÚ") == "a las 8 — nandu"
