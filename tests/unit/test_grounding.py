"""Finding quotes: faults.md 17, 18, 32 and 41."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intelligence_capture.grounding import ground, spoken
from tests.conftest import interview

SAID = interview(
    "Me encargo de la recepción.", "El  sistema “Opera” se\r\ncae los viernes y no podemos cobrar 😀."
)


def span(evidence):
    return evidence.question_index, evidence.quote


def test_finds_an_exact_quote_with_its_offsets():
    evidence = ground("la recepción", SAID.answers)

    assert (evidence.start, evidence.end, evidence.verified) == (14, 26, True)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ('el sistema "Opera" se cae', "El  sistema “Opera” se\r\ncae"),
        ("se cae los viernes", "se\r\ncae los viernes"),
        (unicodedata.normalize("NFD", "la recepción"), "la recepción"),
        ("«Opera»", "“Opera”"),
        ("no podemos cobrar…", "no podemos cobrar"),
    ],
)
def test_finds_a_quote_that_differs_in_spaces_quotation_marks_or_form(quote, said):
    evidence = ground(quote, SAID.answers)

    assert evidence.verified
    assert said.strip("“”") in evidence.quote or evidence.quote == said


@pytest.mark.parametrize(
    ("answer", "quote", "said"),
    [
        ("nulo\x00 Uso\x1b Opera a diario", "Uso Opera", "Uso\x1b Opera"),
        ("👩‍👩‍👧 Uso Opera", "Uso Opera", "Uso Opera"),
        ("עברית Uso Opera \u202eעברית", "Uso Opera", "Uso Opera"),
        ("la recepcio\u0301n y Opera", "recepción y Opera", "recepcio\u0301n y Opera"),
        ("ñ" * 100_000 + " Uso Opera", "Uso Opera", "Uso Opera"),
    ],
    ids=["control characters", "emoji", "right to left", "combining", "a word of 100,000 letters"],
)
def test_offsets_are_code_points_of_the_answer_as_it_was_given(answer, quote, said):
    answers = interview(answer).answers

    evidence = ground(quote, answers)

    assert evidence.verified and evidence.quote == said
    assert answer[evidence.start : evidence.end] == said


def test_finds_a_quote_with_a_slip_of_the_pen():
    evidence = ground("se cae los vierness y no podemos cobrar", SAID.answers)

    assert evidence.verified and "viernes y no podemos cobrar" in evidence.quote


def test_rejects_a_quote_the_speaker_never_said():
    evidence = ground("la facturación electrónica tarda demasiado", SAID.answers, question_index=1)

    assert evidence.model_dump() == {
        "question_index": 1,
        "start": None,
        "end": None,
        "quote": "la facturación electrónica tarda demasiado",
        "verified": False,
    }


@pytest.mark.parametrize(
    "claim",
    [
        "tardamos 45 minutos en cerrar cada caja de noche",
        "tardamos 15 minutos en no cerrar cada caja de noche",
    ],
)
def test_no_fuzziness_passes_over_a_number_or_a_negation(claim):
    said = interview("tardamos 15 minutos en cerrar cada caja de noche")

    assert not ground(claim, said.answers).verified


def test_looks_first_where_the_quote_is_said_to_be():
    twice = interview("Uso Opera", "Opera falla")

    assert ground("Opera", twice.answers, question_index=1).question_index == 1
    assert ground("Opera", twice.answers, question_index=7).question_index == 0


@pytest.mark.parametrize("quote", ["", "   ", "…", "\u200b"])
def test_nothing_is_no_evidence(quote):
    assert not ground(quote, SAID.answers).verified


def test_refuses_a_span_without_words():
    with pytest.raises(ValueError, match="no words"):
        spoken(SAID.answers, 0, 5, 500)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3), st.data())
def test_whatever_was_said_is_found_where_it_stands(texts, data):
    said = interview(*texts)
    index = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[index]) - 1))
    end = data.draw(st.integers(start + 1, len(texts[index])))
    text, quote = texts[index], texts[index][start:end]
    assume(not (start and text[start - 1].isalnum() and text[start].isalnum()))
    assume(not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum()))

    evidence = ground(quote, said.answers, question_index=index)

    assert evidence.verified == bool(quote.strip())
    if evidence.verified:
        assert said.answer(evidence.question_index)[evidence.start : evidence.end] == evidence.quote == quote


@given(st.text(), st.lists(st.text(), max_size=3))
def test_verified_means_that_the_words_are_there(quote, texts):
    said = interview(*texts)

    evidence = ground(quote, said.answers)

    if evidence.verified:
        assert said.answer(evidence.question_index)[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("quote", ["Excel", "SAP", "sap"])
def test_a_name_is_not_found_inside_another_word(quote):
    said = interview("El servicio es Excelente y los papeles desaparecen")

    assert not ground(quote, said.answers).verified
