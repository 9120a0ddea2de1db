from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.offline.labels import description, label_of, short_label


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


def test_a_label_never_ends_inside_a_phrase():
    said = "yo no puedo cerrar los vanos del hall del segundo piso porque el tablero sigue en la aduana desde marzo"

    assert short_label(said) == "Yo no puedo cerrar los vanos del hall del segundo piso"


def test_a_label_begins_with_what_it_names():
    assert short_label("y propongo que el parte se llene en el celular") == "El parte se llene en el celular"
    assert short_label("I'd love a bot that books guests") == "A bot that books guests"


def test_each_type_is_named_as_people_name_it():
    assert label_of("roles", "bueno yo soy el contador general de los hoteles y respondo por los libros") == (
        "Contador general de los hoteles"
    )
    assert label_of("kpis", "margen, la obra se presupuestó con 11 %") == "Margen"
    assert label_of("external_dependencies", "los subcontratistas") == "Subcontratistas"
