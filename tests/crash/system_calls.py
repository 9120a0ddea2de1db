"""Jobs under strace: their system calls in order, and kills at any one of them."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

STRACE = shutil.which("strace")
CALLS = ("fallocate", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "flock")
"""The calls at which what is on the disk changes, or somebody's right to change it."""

LINE = re.compile(r"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)")


@dataclass(frozen=True)
class Call:
    """One system call that succeeded: which thread, its name, its arguments with paths."""

    thread: str
    name: str
    arguments: str

    @property
    def file(self) -> str:
        """The path of the descriptor that the call is about."""
        found = re.match(r"\d+<([^>]*)>", self.arguments)
        return found[1] if found else ""

    @property
    def names(self) -> list[str]:
        """The paths that stand among the arguments by name."""
        return re.findall(r'"([^"]*)"', self.arguments)


def trace(job: list[str], folder: Path, *, package: Path = ROOT) -> list[Call]:
    """What a job calls, from its start to its end."""
    log = folder / "trace"
    wanted = f"trace={','.join(CALLS)}"
    command = [STRACE, "-f", "-y", "-s", "300", "-e", wanted, "-e", "signal=none", "-o", str(log)]
    subprocess.run([*command, *_python(job)], env=_environment(package), check=True, capture_output=True)
    found = [LINE.match(line) for line in log.read_text("utf-8", "replace").splitlines()]
    calls = [Call(m[1], m[2], m[3]) for m in found if m and int(m[4]) >= 0]
    log.unlink()
    return calls


def moments(calls: list[Call], folder: Path) -> list[tuple[str, int]]:
    """Where a kill can strike: each call of the working thread below this folder, by name and number."""
    return [moment for call, moment in numbered(calls, folder) if str(folder) in call.arguments]


def numbered(calls: list[Call], folder: Path) -> list[tuple[Call, tuple[str, int]]]:
    """The calls of the thread that works most below this folder, each with its name and its number.

    strace counts by thread, too, when it kills at the nth call of a name.
    """
    threads = Counter(call.thread for call in calls if str(folder) in call.arguments)
    [(working, _)] = threads.most_common(1)
    numbers: Counter[str] = Counter()
    found = []
    for call in calls:
        if call.thread == working:
            numbers[call.name] += 1
            found.append((call, (call.name, numbers[call.name])))
    return found


def kill_at(job: list[str], moment: tuple[str, int], *, package: Path = ROOT) -> bool:
    """Whether the job was killed when it made this call for the nth time."""
    name, number = moment
    inject = f"inject={name}:signal=KILL:when={number}"
    command = [STRACE, "-f", "-e", f"trace={name}", "-e", inject, "-o", os.devnull, *_python(job)]
    done = subprocess.run(command, env=_environment(package), capture_output=True)
    return done.returncode != 0


def run(job: list[str], *, package: Path = ROOT) -> subprocess.CompletedProcess:
    """The job to its end, left alone."""
    return subprocess.run(_python(job), env=_environment(package), capture_output=True, text=True)


def start(job: list[str], *, package: Path = ROOT) -> subprocess.Popen:
    """The job, under way."""
    return subprocess.Popen(
        _python(job), env=_environment(package), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def published_unsynced(calls: list[Call], *, folder: Path, sync_folder: bool = True) -> list[str]:
    """The files below `folder` that got their name before their content, or whose name, was not on the disk."""
    problems, dirty, unnamed = [], set(), {}
    for call in calls:
        if call.name in ("write", "pwrite64", "ftruncate"):
            dirty.add(call.file)
        elif call.name in ("fsync", "fdatasync"):
            dirty.discard(call.file)
            unnamed.pop(call.file, None)
        elif call.name == "rename":
            source, target = call.names
            if not target.startswith(str(folder)):
                continue
            if source in dirty:
                problems.append(f"{Path(target).name}: renamed before it was synced")
            unnamed[str(Path(target).parent)] = Path(target).name
    if sync_folder:
        problems += [f"{name}: its folder was not synced" for name in unnamed.values()]
    return problems


def _python(job: list[str]) -> list[str]:
    return [sys.executable, "-m", "tests.crash.one_job", *job]


def _environment(package: Path) -> dict[str, str]:
    paths = f"{package}{os.pathsep}{ROOT}"
    quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": paths, "PYTHONSAFEPATH": "1"}
    return {**os.environ, **quiet, "OPENAI_API_KEY": "sk-canary-7d20c41be5a9"}
