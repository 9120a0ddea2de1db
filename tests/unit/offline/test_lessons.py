from pathlib import Path

import pytest

from intelligence_capture.errors import InterviewError
from intelligence_capture.offline.lessons import read_lessons, unmark

LESSONS = Path(__file__).parents[3] / "data" / "lessons"


def test_marks_may_stand_inside_marks():
    text, marks = unmark(r"[PT cada lunes [S Excel] al día] \[sic\]", "here")

    assert text == "cada lunes Excel al día [sic]"
    assert marks == [
        ("systems", 11, 16),
        ("processes", 0, 23),
        ("temporal_patterns", 0, 23),
    ] or sorted(marks) == sorted(
        [("systems", 11, 16), ("processes", 0, 23), ("temporal_patterns", 0, 23)],
    )


@pytest.mark.parametrize("marked", ["[Q what]", "[P open", "closed]"])
def test_a_broken_mark_is_refused_with_its_place(marked):
    with pytest.raises(InterviewError, match="here"):
        unmark(marked, "here")


def test_the_lessons_cover_every_type_in_both_languages(catalogue):
    lessons = read_lessons(LESSONS)

    for language in ("es", "en"):
        taught = {
            table for lesson in lessons if lesson.interview.language == language for table, _ in lesson.labels
        }
        assert taught == set(catalogue.tables)
