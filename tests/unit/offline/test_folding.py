from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.offline.folding import Folded, compile_folded


def test_folds_case_accents_and_line_breaks_but_keeps_the_way_back():
    text = Folded("Facturación\r\nÓPTIMA\u2028y más")

    assert text.folded == "facturacion\noptima\ny mas"
    assert text.raw[slice(*text.raw_span(12, 18))] == "ÓPTIMA"


def test_a_combining_accent_stays_with_its_letter():
    text = Folded("cafe\u0301 solo")

    assert text.folded == "cafe solo"
    assert text.raw[slice(*text.raw_span(0, 4))] == "cafe\u0301"


def test_leaves_out_invisible_characters():
    text = Folded("a\x00b\u200bc")

    assert text.folded == "abc"
    assert text.raw_span(0, 3) == (0, 5)


def test_a_pattern_with_accents_matches_folded_text():
    assert compile_folded(r"\bgestión\b").search(Folded("la GESTIÓN").folded)


@given(st.text())
def test_every_folded_character_comes_from_the_text(raw):
    text = Folded(raw)

    assert len(text.folded) == len(text.origin)
    assert text.origin == sorted(text.origin)
    assert all(0 <= index < len(raw) for index in text.origin)
