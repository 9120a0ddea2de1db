"""How a run is struck down: each way takes a running Snakemake and returns when what was to die is dead."""

import ctypes
import errno
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.crash.watched import is_alive

BALLAST = "ballast"
PATIENCE = 120


def members(group: int) -> list[int]:
    """The living processes of a process group."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] not in "ZX":
                found.append(int(stat.parent.name))
    return found


def workers(group: int) -> list[int]:
    """The processes of a run that are at work on a job."""
    found = []
    for pid in members(group):
        with suppress(OSError):
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if b"python" in arguments[0] and any(b"/scripts/" in argument for argument in arguments[1:]):
                found.append(pid)
    return found


def wait_until(condition: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Whether the condition came true in this time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


def kill_group(run: subprocess.Popen, folder: Path) -> None:
    os.killpg(run.pid, signal.SIGKILL)
    wait_until(lambda: not members(run.pid))


def kill_main(run: subprocess.Popen, folder: Path) -> None:
    """Its children live on and go on calling."""
    os.kill(run.pid, signal.SIGKILL)
    run.wait(PATIENCE)


def kill_worker(run: subprocess.Popen, folder: Path) -> None:
    """One job dies; Snakemake goes on with the others and then gives up."""
    found = workers(run.pid)
    if found:
        os.kill(found[0], signal.SIGKILL)
        wait_until(lambda: not is_alive(found[0]))


def interrupt(run: subprocess.Popen, folder: Path) -> None:
    """Ctrl-C, which a terminal sends to the whole group."""
    os.killpg(run.pid, signal.SIGINT)
    _end(run)


def interrupt_twice(run: subprocess.Popen, folder: Path) -> None:
    os.killpg(run.pid, signal.SIGINT)
    time.sleep(0.2)
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGINT)
    _end(run)


def terminate(run: subprocess.Popen, folder: Path) -> None:
    """What `kill`, a container or a batch system sends, to the main process."""
    os.kill(run.pid, signal.SIGTERM)
    _end(run)


def fill_disk(run: subprocess.Popen, folder: Path) -> None:
    """Nothing more can be written until `free_disk`; the run has to end by itself."""
    if os.path.ismount(folder):
        with (folder / BALLAST).open("ab") as file:
            size = 1 << 24
            while size >= 512:
                try:
                    os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, size)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    size //= 2
    else:
        for pid in members(run.pid):
            with suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (100, 100))
    _end(run)


def free_disk(folder: Path) -> None:
    (folder / BALLAST).unlink(missing_ok=True)


def _end(run: subprocess.Popen) -> None:
    run.wait(PATIENCE)
    wait_until(lambda: not members(run.pid))


STRIKES: dict[str, Callable[[subprocess.Popen, Path], None]] = {
    "group": kill_group,
    "main alone": kill_main,
    "one worker": kill_worker,
    "Ctrl-C": interrupt,
    "Ctrl-C twice": interrupt_twice,
    "SIGTERM": terminate,
    "full disk": fill_disk,
}

MS_DETACH = 2


def mount_small_disk(folder: Path, megabytes: int = 64) -> bool:
    """Whether a small disk of its own is mounted there; without the right to, a limit on files stands in."""
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"size={megabytes}m".encode()
    return libc.mount(b"tmpfs", bytes(folder), b"tmpfs", 0, options) == 0


def unmount_small_disk(folder: Path) -> None:
    ctypes.CDLL(None).umount2(bytes(folder), MS_DETACH)
