"""The key and the map are their owner's alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from intelligence_capture.errors import SettingsError
from intelligence_capture.pseudonyms.private import read_key, refuse_readable_by_others


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "private" / "pseudonyms.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_key(path), range(16)))

    assert len(keys) == 1 and len(keys.pop()) == 32
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(one.name for one in path.parent.iterdir()) == [".gitignore", path.name]


def test_what_others_can_read_is_refused_with_the_way_to_close_it(tmp_path):
    tmp_path.chmod(0o755)
    path = tmp_path / "names.csv"
    path.write_text("name\n")
    path.chmod(0o644)
    with pytest.raises(SettingsError, match=r"names.csv: others can read .* chmod 600 names.csv"):
        refuse_readable_by_others(path)

    path.chmod(0o600)
    refuse_readable_by_others(path)
    path.chmod(0o644)
    tmp_path.chmod(0o700)
    refuse_readable_by_others(path)


@pytest.mark.parametrize("content", ["", "zz", "00" * 31])
def test_a_key_that_is_not_whole_is_refused_and_not_replaced(tmp_path, content):
    path = tmp_path / "pseudonyms.key"
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(SettingsError, match="not a whole key"):
        read_key(path)
    assert path.read_text() == content
