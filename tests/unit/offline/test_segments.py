from hypothesis import given, settings
from hypothesis import strategies as st

from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.segments import units_of


def pieces(raw: str) -> list[str]:
    text = Folded(raw)
    return [text.words(unit.start, unit.end) for unit in units_of(text)]


def sentences(raw: str) -> list[str]:
    text = Folded(raw)
    return [text.words(unit.start, unit.end) for unit in units_of(text) if unit.clause < 0]


def test_list_items_lose_their_markers():
    assert sentences("- Compras\r\n* Pagos\u20281) Cobranza\n2.- Caja\na. Archivo") == [
        "Compras",
        "Pagos",
        "Cobranza",
        "Caja",
        "Archivo",
    ]


def test_items_numbered_in_one_line_are_sentences():
    assert sentences("Hago: 1) pagos 2) cobros 3) caja") == ["Hago", "pagos", "cobros", "caja"]


def test_abbreviations_and_amounts_do_not_end_a_sentence():
    assert sentences("El Sr. Ruiz paga S/. 3,100.50 aprox. a las 5 p.m. del lunes. Luego cierra.") == [
        "El Sr. Ruiz paga S/. 3,100.50 aprox. a las 5 p.m. del lunes",
        "Luego cierra",
    ]


def test_a_full_stop_without_a_blank_ends_a_sentence_before_a_capital():
    assert sentences("Cierro la caja.Después reviso correos") == ["Cierro la caja", "Después reviso correos"]


def test_a_line_wrapped_by_hand_goes_on():
    wrapped = "Reviso las facturas que llegaron durante la noche y las paso\nal sistema de compras"

    assert len(sentences(wrapped)) == 1


def test_a_run_on_without_punctuation_is_cut_at_its_connectives():
    run_on = " y luego ".join(["reviso los pedidos que llegaron de las tiendas de provincia"] * 8)

    assert len(sentences(run_on)) > 1


def test_a_sentence_is_followed_by_its_clauses():
    assert pieces("Reviso correos, atiendo clientes y preparar informes pero no me da el tiempo") == [
        "Reviso correos, atiendo clientes y preparar informes pero no me da el tiempo",
        "Reviso correos",
        "atiendo clientes",
        "preparar informes",
        "pero no me da el tiempo",
    ]


def test_a_time_goes_with_what_happens_then():
    assert "10:30 – prendo las tablets" in pieces("10:30 – prendo las tablets, reviso los locales")


@settings(max_examples=60)
@given(st.text(alphabet="ab ,.;:\n\r\u2028-1)(yE¿?!ñ\u0301\x00\"'", max_size=300))
def test_units_lie_within_the_answer_and_hold_words(raw):
    text = Folded(raw)

    for unit in units_of(text):
        assert 0 <= unit.start < unit.end <= len(text)
        assert any(char.isalnum() for char in text.folded[unit.start : unit.end])


def test_a_word_of_a_hundred_thousand_letters_is_cut_in_bounded_pieces():
    assert max(len(piece) for piece in pieces("x" * 100_000)) <= 700
