"""Results that were changed since their job wrote them are noticed, those that were not are left alone."""

import os
from pathlib import Path

import pytest

from intelligence_capture.written import changed_by_hand, is_as_written, note_written, noting, rebuild_message


@pytest.fixture
def results(tmp_path):
    """A results folder with a file and a folder, both noted."""
    with noting(tmp_path, [str(tmp_path / "extracted/ana.json"), str(tmp_path / "tables")]):
        for name in ("extracted/ana.json", "tables/systems.csv", "tables/roles.csv"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("as written", "utf-8")
    (tmp_path / "tables" / ".snakemake_timestamp").touch()
    return tmp_path


def test_what_nobody_touched_or_only_touched_is_as_it_was_written(results):
    os.utime(results / "extracted/ana.json", (1, 1))

    assert changed_by_hand(results) == []


@pytest.mark.parametrize("name", ["extracted/ana.json", "tables/roles.csv"])
def test_an_edit_of_the_same_length_is_noticed_by_its_checksum(results, name):
    (results / name).write_text("as WRITTEN", "utf-8")
    changed = results / ("tables" if "tables" in name else name)

    assert changed_by_hand(results) == [changed]
    assert f"--forcerun {changed}" in rebuild_message([changed])


def test_a_file_that_is_missing_from_a_folder_is_noticed(results):
    (results / "tables/roles.csv").unlink()

    assert changed_by_hand(results) == [results / "tables"]


def test_what_a_killed_job_wrote_raises_no_alarm(results):
    path = results / "extracted/ana.json"
    with pytest.raises(KeyboardInterrupt), noting(results, [str(path)]):
        path.write_text("half", "utf-8")
        raise KeyboardInterrupt

    assert changed_by_hand(results) == []
    assert not is_as_written(results, path)


def test_what_was_rewritten_by_a_job_is_right_again(results):
    path = results / "extracted/ana.json"
    path.write_text("other", "utf-8")
    note_written(results, [path])

    assert changed_by_hand(results) == []


def test_a_name_is_quoted_in_the_command():
    assert "--forcerun 'mis resultados/a.json'" in rebuild_message([Path("mis resultados/a.json")])


def test_what_lies_in_a_storage_is_not_noted(tmp_path):
    staged = tmp_path / ".snakemake/storage/s3/captures/results/extracted/ana.json"
    with noting(tmp_path / "results", [str(staged)]):
        staged.parent.mkdir(parents=True)
        staged.write_text("as written", "utf-8")

    assert changed_by_hand(tmp_path / "results") == []
