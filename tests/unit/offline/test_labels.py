from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.offline.labels import description, short_label


def test_a_label_loses_its_connectives():
    assert short_label("y también el cierre de caja, ") == "El cierre de caja"


def test_a_long_label_ends_where_the_sense_allows():
    said = "Se agota la bebida en el local, pero en la aplicación sigue a la venta porque nadie avisa"

    assert short_label(said) == "Se agota la bebida en el local"


@given(st.text(min_size=1))
def test_a_label_has_at_most_twelve_words(said):
    assert len(short_label(said).split()) <= 12


def test_a_description_is_a_sentence():
    assert description("- reviso  correos") == "Reviso correos."
