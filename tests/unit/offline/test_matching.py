from intelligence_capture.offline.matching import Span, matched, pairs


def test_spans_match_where_half_of_the_shorter_is_shared():
    assert matched(Span(0, 0, 20), Span(0, 10, 100))
    assert not matched(Span(0, 0, 20), Span(0, 11, 100))
    assert not matched(Span(0, 0, 20), Span(1, 0, 20))


def test_a_span_that_is_far_too_long_matches_nothing():
    assert matched(Span(0, 0, 120), Span(0, 5, 10))
    assert not matched(Span(0, 0, 121), Span(0, 5, 10))
    assert matched(Span(0, 0, 150), Span(0, 0, 50))


def test_pairs_are_one_to_one_and_as_many_as_possible():
    both, first = [Span(0, 0, 40)], [Span(0, 0, 20)]

    assert pairs([both, first], [first, [Span(0, 20, 40)]]) == [(0, 1), (1, 0)]
