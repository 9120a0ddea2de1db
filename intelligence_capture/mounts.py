"""Which file systems folders lie on: locks and SQLite files mean less on some than on others."""

import re
from pathlib import Path

from intelligence_capture.records import Record

TABLE = Path("/proc/self/mounts")

_NETWORK = frozenset(
    "9p afs beegfs ceph cifs davfs davfs2 gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 orangefs panfs pvfs2"
    " smb2 smb3 smbfs vboxsf virtiofs wekafs".split()
)
_LOCAL_FUSE = frozenset(
    "fuse.ext2 fuse.ext4 fuse.fuse-overlayfs fuse.ntfs-3g fuse.ntfs fuse.squashfuse".split()
)
_WITHOUT_LOCKS = re.compile(r"fuse\.(?:.*s3.*|gcsfuse|goofys|blobfuse\d?|rclone|sshfs)")
_LOCAL_LOCKS = frozenset("nolock local_lock=all local_lock=flock localflock noflock nobrl".split())


class Mount(Record):
    """Where a file system is mounted, of which kind, and with which options."""

    point: str
    kind: str
    options: frozenset[str] = frozenset()

    @property
    def network(self) -> bool:
        """Whether other machines may use the same files; a FUSE of unknown kind counts as such."""
        return self.kind in _NETWORK or (self.kind.startswith("fuse.") and self.kind not in _LOCAL_FUSE)

    @property
    def locks_reach_all(self) -> bool:
        """False where a file lock is known to hold on one machine only, or not at all."""
        return not (self.options & _LOCAL_LOCKS or _WITHOUT_LOCKS.fullmatch(self.kind))


def mount_of(path: Path, table: Path = TABLE) -> Mount | None:
    """The mount that a file or folder lies on, there or not yet; None where the system has no such table."""
    try:
        lines = table.read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    wanted = path.resolve()
    found = None
    for line in lines:
        mount = _mount(line)
        # Of two mounts on one point the later one hides the earlier.
        if (
            mount
            and wanted.is_relative_to(mount.point)
            and len(mount.point) >= len(found.point if found else "")
        ):
            found = mount
    return found


def _mount(line: str) -> Mount | None:
    fields = line.split(" ")
    if len(fields) < 4:
        return None
    point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
    return Mount(point=point, kind=fields[2], options=frozenset(fields[3].split(",")))
