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


def unread(path):
    """The same size and time stamp with nothing in it that a reader would find."""
    stat = path.stat()
    path.write_bytes(b" " * stat.st_size)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_what_did_not_change_is_not_read_again_by_the_next_run(tmp_path, record):
    first, checksum = Seen(tmp_path), checksum_of(record)
    assert first.holds(record, **WANTED) and first.checksum(record) == checksum
    first.save()
    unread(record)

    later = Seen(tmp_path)
    assert later.holds(record, **WANTED) and later.checksum(record) == checksum
    assert not later.holds(record, **WANTED | {"sha256": "2"})


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
