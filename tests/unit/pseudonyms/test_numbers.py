"""Addresses and numbers of people are replaced, other numbers are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.pseudonyms.numbers import Numbers
from intelligence_capture.pseudonyms.pseudonyms import PLACEHOLDER, Pseudonyms

ALL = ("email", "telephone", "account", "identity")

# Well-known examples of their authorities, and invented ones with right check digits.
PLANTED = [
    ("email", "ana.ruiz+x@sol.com.pe"),
    ("email", "ANA@SOL.PE"),
    ("email", "ana @ sol.pe"),
    ("email", "ana punto ruiz arroba sol punto pe"),
    ("email", "ana [at] sol.pe"),
    ("email", "ana@\nsol.pe"),
    ("email", "José.Núñez@peñón.pe"),
    ("telephone", "+51 987 654 321"),
    ("telephone", "+34 (91) 123-45-67"),
    ("telephone", "987654321"),
    ("telephone", "９８７ ６５４ ３２１"),
    ("telephone", "987-654-321"),
    ("telephone", "987  654\t 321"),
    ("telephone", "612 34 56 78"),
    ("telephone", "91 123 45 67"),
    ("telephone", "(01) 234-5678"),
    ("telephone", "55 1234 5678"),
    ("account", "ES91 2100 0418 4502 0005 1332"),
    ("account", "GB29NWBK60161331926819"),
    ("account", "4111 1111 1111 1111"),
    ("account", "3782 822463 10005"),
    ("account", "002-193-001234567890-12"),
    ("account", "193-12345678-0-12"),
    ("account", "00219300123456789012"),
    ("identity", "20131312955"),
    ("identity", "20-12345678-6"),
    ("identity", "12345678Z"),
    ("identity", "X1234567L"),
    ("identity", "12.345.678-5"),
    ("identity", "111.444.777-35"),
    ("identity", "1710034065"),
    ("identity", "GODE561231HMNRRN09"),
    ("identity", "GODE561231GR8"),
    ("identity", "123-45-6789"),
]
SAID_TO_BE = [
    ("Mi teléfono es el {}", "234-5678", "telephone"),
    ("mi número: {}", "234 5678", "telephone"),
    ("con DNI N.º {}", "45678912", "identity"),
    ("pasaporte {}", "AB123456", "identity"),
    ("D.N.I. {}", "45678912", "identity"),
    ("el {}", "dni45678912", "identity"),
    ("DNI:\n{}", "45678912", "identity"),
    ("Teléfono\n{}", "4567890", "telephone"),
    ("RUC: {}", "10 45678912 9", "identity"),
    ("a la cuenta de ahorros {}", "0011-0123456789", "account"),
    ("CCI {}", "002 193 0012345678", "account"),
]
OTHERS = [
    "Vendemos 987 654 321 soles, S/ 987 654 321, $ 650.000.000 y 1 250 000 unidades.",
    "Del 2019-2024, el 12-10-2024, 2024/10/12, a las 10:30, 45 678 912 visitas, v 1.2.3456",
    "La factura F001-00012345, el pedido 12345678, el lote 123456789012, cuenta 6011, anexo 4512",
    "el celular de 128 GB, WhatsApp del 12-10-2024, el DNI vence en 2027, tarjeta 40",
    "pesa 12.345.678-1 kg; la obra 20131312950; 4111 1111 1111 1112",
]


def shown(text, *patterns):
    hidden = Pseudonyms([Numbers(patterns or ALL)], b"k" * 32).hide([text])
    return PLACEHOLDER.sub("#", hidden.texts[0].shown)


@pytest.mark.parametrize(("kind", "value"), PLANTED)
def test_a_number_is_known_by_its_form_wherever_it_stands(kind, value):
    for before, after in (("es ", " y más"), ("(", ")"), ("", "."), ("a:", "\nb"), ("", ", 3 veces")):
        assert shown(f"{before}{value}{after}", kind) == f"{before}#{after}"


@pytest.mark.parametrize(("sentence", "value", "kind"), SAID_TO_BE)
def test_what_is_said_to_be_a_number_is_one(sentence, value, kind):
    assert shown(sentence.format(value), kind) == sentence.format("#")


@pytest.mark.parametrize("text", OTHERS)
def test_amounts_dates_and_codes_stay(text):
    assert shown(text) == text


def test_one_telephone_has_one_placeholder_however_it_is_written():
    hidden = Pseudonyms([Numbers(ALL)], b"k" * 32).hide(["987654321", "+51 987-654-321", "987 654 321"])

    assert len({text.replaced[0].number for text in hidden.texts}) == 1


def test_two_numbers_are_both_replaced_where_a_slash_is_between_them():
    assert shown("987654321/912345678") == "#/#"


def test_a_mail_address_with_a_name_in_it_is_replaced_whole():
    from intelligence_capture.pseudonyms.names import KnownNames

    both = Pseudonyms([Numbers(ALL), KnownNames((), ["Ana Ruiz"])], b"k" * 32)

    assert PLACEHOLDER.sub("#", both.hide(["Ana Ruiz@sol.pe, ana.ruiz@sol.pe"]).texts[0].shown) == "#, #"


WORDS = st.sampled_from(["llama", "al", "de", "12", "3.5", "S/", "(", ")", "...", "\n", "el 2024", "y"])


@given(st.lists(st.sampled_from([value for _, value in PLANTED]), min_size=1, max_size=3), st.data())
def test_nothing_planted_survives(planted, data):
    pieces = []
    for value in planted:
        pieces += [*data.draw(st.lists(WORDS, max_size=3)), "dice", value, "y"]
    sent = shown(" ".join(pieces))

    assert not [value for value in planted if value in sent]
