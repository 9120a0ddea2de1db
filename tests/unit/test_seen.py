"""What results held is remembered by size and time stamp, and of what is gone nothing is kept."""

import json
import os

import pytest

from intelligence_capture.seen import FILE, Seen
from intelligence_capture.written import checksum_of

WANTED = {"status": "ok", "sha256": "1"}


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "extracted" / "ana.json"
    path.parent.mkdir()
    path.write_text(json.dumps(WANTED), "utf-8")
    return path


def remember_otherwise(results):
    """Let the cache say what no file says: whoever repeats it did not read."""
    kept = json.loads((results / FILE).read_text("utf-8"))
    for facts in kept.values():
        facts |= {"checksum": "as remembered"}
    (results / FILE).write_text(json.dumps(kept), "utf-8")


def test_what_did_not_change_is_not_read_again_by_the_next_run(tmp_path, record):
    first = Seen(tmp_path)
    assert first.holds(record, **WANTED) and first.checksum(record) == checksum_of(record)
    first.save()
    remember_otherwise(tmp_path)

    later = Seen(tmp_path)
    assert later.holds(record, **WANTED) and later.checksum(record) == "as remembered"
    assert not later.holds(record, **WANTED | {"sha256": "2"})


def test_an_edit_that_keeps_size_and_time_stamp_is_seen(tmp_path, record):
    first, before = Seen(tmp_path), record.stat()
    first.checksum(record)
    first.save()
    record.write_text(record.read_text("utf-8").replace("ok", "no"), "utf-8")
    os.utime(record, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert Seen(tmp_path).checksum(record) == checksum_of(record)


def test_two_files_of_a_folder_that_change_places_are_seen(tmp_path):
    tables = tmp_path / "tables"
    tables.mkdir()
    for name, text in (("a.csv", "one"), ("b.csv", "two")):
        (tables / name).write_text(text, "utf-8")
    first = Seen(tmp_path)
    first.checksum(tables)
    first.save()
    (tables / "a.csv").rename(tables / "c.csv")
    (tables / "b.csv").rename(tables / "a.csv")
    (tables / "c.csv").rename(tables / "b.csv")

    assert Seen(tmp_path).checksum(tables) == checksum_of(tables)


def test_what_could_not_be_read_is_read_the_next_time(tmp_path, record, monkeypatch):
    seen = Seen(tmp_path)
    with monkeypatch.context() as unreadable:
        unreadable.setattr("intelligence_capture.seen.told", lambda path, keys: None)
        assert not seen.holds(record, **WANTED)

    assert seen.holds(record, **WANTED)


def test_what_changed_is_read_again(tmp_path, record):
    seen = Seen(tmp_path)
    assert seen.holds(record, **WANTED)
    seen.save()
    record.write_text(json.dumps(WANTED | {"status": "failed"}), "utf-8")

    for again in (seen, Seen(tmp_path)):
        assert not again.holds(record, **WANTED)
        assert again.checksum(record) == checksum_of(record)


def test_what_is_gone_holds_nothing_and_leaves_nothing(tmp_path, record):
    seen = Seen(tmp_path)
    assert seen.holds(record, **WANTED)
    record.unlink()
    seen.save()

    assert not seen.holds(record, **WANTED)
    assert not (tmp_path / FILE).exists() or "ana" not in (tmp_path / FILE).read_text("utf-8")
    with pytest.raises(FileNotFoundError):
        seen.checksum(record)


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"a": 1}', '{"a": {"stamp": 3}}', "[" * 1000])
def test_a_damaged_cache_is_no_cache(tmp_path, record, content):
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(content, "utf-8")

    assert Seen(tmp_path).holds(record, **WANTED)
