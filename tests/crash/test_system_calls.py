"""Killed at any system call, the store and the merge lose nothing; and the order of sync and rename."""

import pytest

from tests.crash import variants
from tests.crash.sweeps import (
    crashed_and_resumed,
    decisive,
    extracted_folder,
    half_built_is_noticed,
    merges,
    traced_extraction,
    twins,
)
from tests.crash.system_calls import STRACE, moments, published_unsynced

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed: apt-get install strace")


@pytest.fixture(scope="module")
def extraction_calls(tmp_path_factory):
    """The system calls of an undisturbed extraction, and its folder."""
    folder = tmp_path_factory.mktemp("traced")
    return traced_extraction(folder), folder


@pytest.fixture
def extracted(tmp_path):
    """A folder with three extractions, and an older database of two of them."""
    return extracted_folder(tmp_path)


def test_an_answer_is_synced_before_it_has_a_name_and_its_folder_after(extraction_calls):
    calls, folder = extraction_calls

    assert published_unsynced(calls, folder=folder / "responses") == []


def test_renaming_before_syncing_would_be_noticed(tmp_path):
    calls = traced_extraction(tmp_path, variant="rename before fsync")

    assert published_unsynced(calls, folder=tmp_path / "responses")


def test_two_jobs_never_send_one_request_at_a_time_and_without_the_lock_that_would_be_noticed(tmp_path):
    assert twins(tmp_path / "product") == 0
    assert twins(tmp_path / "broken", variant="no lock") > 0


def test_a_job_killed_around_an_answer_loses_at_most_the_call_in_flight(extraction_calls, tmp_path):
    calls, folder = extraction_calls
    chosen = decisive(calls, folder / "responses")

    found = {m: crashed_and_resumed(tmp_path / f"{m[0]}-{m[1]}", m) for m in chosen}

    assert len(chosen) >= 4
    assert {m: problems for m, problems in found.items() if problems} == {}


@pytest.mark.long
def test_a_job_killed_at_any_system_call_loses_at_most_the_call_in_flight(extraction_calls, tmp_path):
    calls, folder = extraction_calls
    chosen = moments(calls, folder / "responses")

    found = {m: crashed_and_resumed(tmp_path / f"{m[0]}-{m[1]}", m) for m in chosen}

    assert len(chosen) > 50
    assert {m: problems for m, problems in found.items() if problems} == {}


def test_a_call_in_flight_that_leaves_no_mark_would_be_noticed(extraction_calls, tmp_path):
    calls, folder = extraction_calls
    variants.apply("no mark of a call in flight", tmp_path)
    written = [m for m in decisive(calls, folder / "responses") if m[0] == "write"]

    assert crashed_and_resumed(tmp_path / "work", written[0], package=tmp_path)


def test_a_merge_killed_at_a_system_call_leaves_the_old_database_or_the_new_one(extracted):
    calls, problems, _ = merges(extracted, most=6)

    assert problems == {}
    assert published_unsynced(calls, folder=extracted) == []


@pytest.mark.long
def test_a_merge_killed_at_any_system_call_leaves_the_old_database_or_the_new_one(extracted):
    assert merges(extracted, most=1000)[1] == {}


def test_plain_inserts_into_the_database_would_be_noticed(extracted):
    assert half_built_is_noticed(extracted, variant="plain inserts")
