"""Splitting long interviews."""

from hypothesis import given, settings
from hypothesis import strategies as st

from intelligence_capture.llm.parts import halves, split, whole
from intelligence_capture.records import Answer, Interview
from tests.unit.llm.conftest import long_interview


def interview_of(*answers: str) -> Interview:
    return Interview(
        id="a", source="a", sha256="0", answers=tuple(Answer(question="¿?", answer=text) for text in answers)
    )


def told_again(interview: Interview, parts) -> list[str]:
    texts = ["" for _ in interview.answers]
    for part in parts:
        for piece in part.pieces:
            assert piece.start == len(texts[piece.question_index])
            assert piece.context_start <= piece.start
            texts[piece.question_index] += interview.answer(piece.question_index)[piece.start : piece.end]
    return texts


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab. \né😀", max_size=300), min_size=1, max_size=5), st.integers(1, 200))
def test_every_character_is_in_exactly_one_part(answers, characters):
    interview = interview_of(*answers)

    parts = split(interview, characters=characters)

    assert told_again(interview, parts) == answers
    assert all(sum(p.end - p.start for p in part.pieces) <= characters for part in parts)


def test_a_short_interview_is_one_part():
    interview = interview_of("Uno.", "Dos.")

    assert split(interview, characters=100) == (whole(interview),)


def test_a_cut_falls_between_sentences_and_shows_what_stood_before():
    interview = interview_of("Primera frase aquí. Segunda frase allí. Tercera frase al final.")

    first, second = split(interview, characters=45)

    assert interview.answer(0)[first.pieces[0].start : first.pieces[0].end] == (
        "Primera frase aquí. Segunda frase allí. "
    )
    assert second.pieces[0].context_start < second.pieces[0].start


def test_a_word_of_many_letters_is_cut_where_it_must_be():
    interview = interview_of("x" * 100_000)

    assert told_again(interview, split(interview, characters=30_000)) == ["x" * 100_000]


def test_ten_megabytes_are_split_in_no_time():
    interview = long_interview(10_000_000)

    parts = split(interview, characters=84_000)

    assert 119 <= len(parts) <= 125


def test_halves_end_in_a_part_that_cannot_be_cut():
    interview = interview_of("ab")

    (part,) = split(interview, characters=10)
    while len(smaller := halves(interview, part)) > 1:
        part = smaller[0]

    assert sum(piece.end - piece.start for piece in part.pieces) == 1
