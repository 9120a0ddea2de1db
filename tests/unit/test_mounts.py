"""Which file system a folder lies on, by tables as machines have them."""

from pathlib import Path

import pytest

from intelligence_capture.mounts import mount_of

TABLE = """\
/dev/vda1 / ext4 rw,relatime 0 0
proc /proc proc rw,nosuid 0 0
filer:/home /home nfs4 rw,relatime,vers=4.2,local_lock=none,addr=10.0.0.9 0 0
/dev/vdb1 /home/ana/disco\\040duro xfs rw,relatime 0 0
filer:/old /old nfs rw,vers=3,nolock,local_lock=all 0 0
/dev/vdc1 /shadowed ext4 rw 0 0
10.0.0.7@tcp:/scratch /shadowed lustre rw,flock 0 0
//nas/share /nas cifs rw,nobrl 0 0
s3fs /bucket fuse.s3fs rw,user_id=0 0 0
a line that means nothing
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "mounts"
    path.write_text(TABLE, "utf-8")
    return path


@pytest.fixture
def look(table):
    """The mount of a path of that machine."""
    return lambda path: mount_of(Path(path), table)


@pytest.mark.parametrize(
    ("path", "kind", "network", "locks"),
    [
        ("/var/lib/x", "ext4", False, True),
        ("/home/luz/captures/responses", "nfs4", True, True),
        ("/homework", "ext4", False, True),
        ("/home/ana/disco duro/responses", "xfs", False, True),
        ("/old/responses", "nfs", True, False),
        ("/shadowed/responses", "lustre", True, True),
        ("/nas/responses", "cifs", True, False),
        ("/bucket/responses", "fuse.s3fs", True, False),
    ],
)
def test_the_innermost_and_latest_mount_counts(look, path, kind, network, locks):
    mount = look(path)

    assert (mount.kind, mount.network, mount.locks_reach_all) == (kind, network, locks)


def test_a_link_is_followed_to_where_it_leads(look, tmp_path):
    link = tmp_path / "responses"
    link.symlink_to("/home/luz/responses")

    assert look(link).kind == "nfs4"


def test_a_system_without_such_a_table_says_nothing(tmp_path):
    assert mount_of(tmp_path, tmp_path / "no table") is None
