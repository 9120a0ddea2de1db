"""Long answers cut down: every quote keeps its words."""

from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.reports.excerpts import excerpt


@given(
    text=st.text(min_size=1, max_size=3000),
    starts=st.lists(st.tuples(st.integers(0, 2999), st.integers(1, 40)), max_size=4),
    repeat=st.integers(1, 4),
)
def test_every_quote_keeps_its_words(text, starts, repeat):
    text = text * repeat
    spans = [(start, min(start + length, len(text))) for start, length in starts if start < len(text)]

    shown, moved = excerpt(text, spans)

    assert [shown[slice(*moved[span])] for span in spans] == [text[slice(*span)] for span in spans]
    assert len(shown) <= len(text)


def test_says_where_something_was_left_out():
    shown, moved = excerpt("a" * 1000 + "QUOTE" + "b" * 1000, [(1000, 1005)])

    assert shown == "[…] " + "a" * 240 + "QUOTE" + "b" * 240 + " […]"
    assert shown[slice(*moved[1000, 1005])] == "QUOTE"
