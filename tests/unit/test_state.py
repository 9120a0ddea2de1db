"""What a results folder remembers: what a record says of itself, and marks to run again."""

import os

import pytest

from intelligence_capture.errors import StateError
from intelligence_capture.state import RunState, holds


@pytest.mark.parametrize(
    ("content", "held"),
    [
        ('{"status": "ok", "sha256": "1"}', True),
        ('{"status": "pending", "sha256": "1"}', False),
        ('{"status": "ok", "sha256": "2"}', False),
        ('{"status": "ok", "sha', False),
        ("[]", False),
        ("", False),
        ("[" * 100_000, False),
        (None, False),
    ],
)
def test_a_record_holds_what_it_says_and_a_damaged_one_nothing(tmp_path, content, held):
    path = tmp_path / "ana.json"
    if content is not None:
        path.write_text(content, "utf-8")

    assert holds(path, status="ok", sha256="1") is held


def test_a_mark_is_renewed_once_a_process_and_says_something_new(tmp_path):
    first = RunState(tmp_path).mark("extract_again", renew=False)
    os.utime(first, (1, 1))
    before = first.read_text("utf-8")
    state = RunState(tmp_path)

    state.mark("extract_again", renew=False)
    assert first.read_text("utf-8") == before and first.stat().st_mtime == 1
    renewed = state.mark("extract_again", renew=True).read_text("utf-8")
    assert renewed != before and first.stat().st_mtime > 1
    assert state.mark("extract_again", renew=True).read_text("utf-8") == renewed


def test_a_mark_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / ".state").write_text("a file in its place", "utf-8")

    with pytest.raises(StateError, match="cannot be written"):
        RunState(tmp_path).mark("extract_again", renew=True)
