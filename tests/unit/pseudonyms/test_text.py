"""Replacing and mapping back: every place of what is shown leads to what was really said."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.pseudonyms.text import HiddenText, Searched


@st.composite
def hidden_texts(draw):
    """A text of pieces, some of which are replaced by a placeholder of any length."""
    pieces = draw(
        st.lists(st.tuples(st.text(max_size=6), st.booleans(), st.text(min_size=1, max_size=5)), max_size=8)
    )
    found, place = [], 0
    for number, (piece, replaced, placeholder) in enumerate(pieces):
        if replaced and piece:
            found.append((place, place + len(piece), placeholder, str(number)))
        place += len(piece)
    return HiddenText("".join(piece for piece, _, _ in pieces), found)


@given(hidden_texts())
def test_pieces_of_what_is_shown_are_pieces_of_the_original(hidden):
    shown = ""
    last = 0
    for one in hidden.replaced:
        assert hidden.shown[last : one.shown_start] == hidden.said(last, one.shown_start)
        assert hidden.back(one.shown_start, one.shown_end) == (one.start, one.end)
        shown += hidden.said(last, one.shown_start) + hidden.said(one.shown_start, one.shown_end)
        last = one.shown_end

    assert shown + hidden.said(last, len(hidden.shown)) == hidden.original


@given(hidden_texts(), st.data())
def test_every_span_of_the_original_that_cuts_no_name_comes_back_as_it_was(hidden, data):
    inside = {place for one in hidden.replaced for place in range(one.start + 1, one.end)}
    borders = [place for place in range(len(hidden.original) + 1) if place not in inside]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(borders), st.sampled_from(borders))))

    def there(place):
        before = [one for one in hidden.replaced if one.end <= place]
        return place + sum((one.shown_end - one.shown_start) - (one.end - one.start) for one in before)

    if start < end:
        assert hidden.back(there(start), there(end)) == (start, end)


@given(hidden_texts(), st.data())
def test_half_a_placeholder_is_the_whole_of_what_was_said(hidden, data):
    start = data.draw(st.integers(0, len(hidden.shown)))
    end = data.draw(st.integers(start, len(hidden.shown)))
    if start < end:
        first, last = hidden.back(start, end)

        for one in hidden.replaced:
            if start < one.shown_end and one.shown_start < end:
                assert first <= one.start and one.end <= last


@given(st.text())
def test_each_character_of_a_searched_text_stands_somewhere_in_the_original(text):
    searched = Searched(text)
    for place in range(len(searched.text)):
        start, end = searched.place(place, place + 1)

        assert 0 <= start < end <= len(text)
        assert searched.text[place] in Searched(text[start:end]).text


def test_neither_accents_nor_width_nor_what_is_invisible_hides_a_name():
    text = unicodedata.normalize("NFD", "a José") + "\u200b２\u00ad3\x07"
    searched = Searched(text)

    assert searched.text == "a Jose23"
    assert text[slice(*searched.place(2, 6))] == unicodedata.normalize("NFD", "José")
