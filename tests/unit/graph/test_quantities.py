"""Amounts in text on one scale."""

import pytest

from intelligence_capture.graph.quantities import quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("demora dos días", ["2880 minutes"]),
        ("entre cuatro y seis días", ["5760 to 8640 minutes"]),
        ("una hora y media", ["90 minutes"]),
        ("tope de S/ 1,500 y US$ 2 mil", ["1500 PEN", "2000 USD"]),
        ("33 % o 12.5 por ciento", ["33 percent", "12.5 percent"]),
        ("tres veces por semana", ["156 times a year"]),
        ("se hace todos los días", ["365 times a year"]),
        ("cada dos semanas", ["26 times a year"]),
        ("ahora los cuartos y la 507", []),
        ("twice a month, 3 hours", ["24 times a year", "180 minutes"]),
    ],
)
def test_amounts_are_brought_to_one_scale(text, expected):
    assert [one.text for one in quantities(text)] == expected


def test_rounding_is_no_clash():
    (about,), (exact,), (other,) = map(quantities, ("5 días", "121 horas", "9 días"))

    assert not about.clashes(exact)
    assert about.clashes(other)
