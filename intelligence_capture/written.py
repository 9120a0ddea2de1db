"""What jobs wrote, by checksum: a result that somebody changed since is noticed, and how to rebuild it said."""

import hashlib
import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from intelligence_capture.state import FOLDER, write_whole

NOTES = f"{FOLDER}/written"
"""One note a result, a file or a folder, under its own name: its checksum."""
SHOWN = 20


def stamp_of(path: Path) -> str:
    """What changes with a file, or any file of a folder: names, sizes, time stamps; OSError where there is none."""
    stats = [(str(file.relative_to(path)), file.stat()) for file in _files(path)]
    # The time of the last change of an inode, too: nobody sets that one back.
    told = [(name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for name, stat in stats]
    return hashlib.sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def checksum_of(path: Path) -> str:
    """The checksum of a file, or of all files of a folder with their names."""
    digest = hashlib.sha256()
    for file in _files(path):
        with file.open("rb") as opened:
            content = hashlib.file_digest(opened, "sha256").hexdigest()
        digest.update(f"{file.relative_to(path)}\0{content}\n".encode())
    return digest.hexdigest()


@contextmanager
def noting(results: Path, outputs: Iterable[str]) -> Iterator[None]:
    """Note these results when the job has written them.

    The old notes go first: a job that is killed leaves none, and no alarm about what it half did.
    What goes to a storage is not noted: nobody changes it here by hand.
    """
    paths = [path for path in map(Path, outputs) if path.is_relative_to(results)]
    for path in paths:
        _note(results, path).unlink(missing_ok=True)
    yield
    note_written(results, paths)


def note_written(results: Path, paths: Iterable[Path]) -> None:
    """Note that these results are as a job wrote them."""
    for path in paths:
        write_whole(_note(results, path), f"{checksum_of(path)}\n")


def is_as_written(results: Path, path: Path, checksum: Callable[[Path], str] = checksum_of) -> bool:
    """Whether a result is what a job noted, by its checksum."""
    try:
        noted = _note(results, path).read_text("utf-8").split()[-1:]
        return noted == [checksum(path)]
    except OSError:
        return False


def changed_by_hand(results: Path, checksum: Callable[[Path], str] = checksum_of) -> list[Path]:
    """The results that are there and are not as their job wrote them, sorted."""
    notes = results / NOTES
    paths = [results / note.relative_to(notes) for note in _files(notes) if note != notes]
    return [path for path in paths if path.exists() and not is_as_written(results, path, checksum)]


def is_changed_by_hand(results: Path, path: Path) -> bool:
    """Whether this result is there and is not as its job wrote it; what no job noted is not."""
    return path.exists() and _note(results, path).exists() and not is_as_written(results, path)


def rebuild_message(paths: list[Path]) -> str:
    """What to tell about results that were changed by hand: which, and the command that rebuilds them."""
    names = " ".join(shlex.quote(str(path)) for path in paths[:SHOWN])
    more = f" (and {len(paths) - SHOWN} more, named once these are rebuilt)" if len(paths) > SHOWN else ""
    return (
        f"Changed since a run wrote it, by its checksum: {names}{more}\n"
        "It is taken as it is. To have it as it was, without a paid call:\n"
        f"    snakemake -j 4 --resources api_calls=4 --forcerun {names}"
    )


def _note(results: Path, path: Path) -> Path:
    return results / NOTES / path.relative_to(results)


def _files(path: Path) -> list[Path]:
    """The file itself, or what is in the folder but for hidden files, which Snakemake puts there."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.name[0] != ".")
