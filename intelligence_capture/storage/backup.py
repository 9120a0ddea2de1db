"""Backups: databases through SQLite's backup API, other files copied, a manifest with checksums."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from intelligence_capture.errors import BackupError, DatabaseError
from intelligence_capture.records import Record
from intelligence_capture.state import write_whole
from intelligence_capture.storage.connect import BUSY_SECONDS, SCHEMA_VERSION
from intelligence_capture.written import checksum_of, is_as_written

MANIFEST = "manifest.json"
BEFORE_RESTORE = "before restore"
DATABASES = ("intelligence.db", "graph/knowledge_graph.db")
FOLDERS = ("tables", "graph/neo4j")
"""Results that are a folder as a whole."""
REPORTS = (
    "validation.json",
    "validation.md",
    "reports",
    "exports",
    "graph/graph.graphml",
    "graph/graph.jsonld",
    *FOLDERS,
)
EXTRACTIONS = ("extracted", ".state/saved_before_merge.json")


class SavedFile(Record):
    """One file of a backup: its path inside `results` or `reviews`, and its checksum."""

    root: str
    path: str
    sha256: str
    size: int


class Manifest(Record):
    """What a backup holds."""

    timestamp: str
    reason: str
    files: tuple[SavedFile, ...]


def timestamp_now() -> str:
    """The present time as the name of a backup: UTC, sortable."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def save(
    results: Path, reviews: Path, backups: Path, *, reason: str, timestamp: str, extractions: bool = True
) -> Path | None:
    """Save what there is into `backups/{timestamp}` and return that folder, or None if there is nothing.

    The folder appears complete or not at all. BackupError where it cannot be written.
    """
    roots = {"results": results, "reviews": reviews}
    wanted = [("results", file) for file in _result_files(results, extractions)]
    wanted += [("reviews", file) for file in _files_below(reviews, reviews)]
    if not wanted:
        return None
    target = _free_folder(backups, timestamp)
    for left_over in backups.glob(".*.tmp"):
        shutil.rmtree(left_over, ignore_errors=True)
    building = backups / f".{target.name}.{os.getpid()}.tmp"
    try:
        saved = [_save_file(roots[root] / file, building / root / file, root, file) for root, file in wanted]
        manifest = Manifest(timestamp=target.name, reason=reason, files=tuple(saved))
        write_whole(building / MANIFEST, manifest.model_dump_json(indent=2))
        building.rename(target)
    except OSError as error:
        raise BackupError(f"{target}: cannot be written: {error.strerror}; nothing was replaced") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def save_before_merge(
    results: Path, reviews: Path, backups: Path, *, timestamp: str, patience: float = BUSY_SECONDS
) -> str:
    """Make the databases safe before they are replaced, and return what was done as sentences.

    A damaged one is moved aside; DatabaseError where one was written by a newer program, or where another
    program holds it for longer than `patience`, in seconds.
    """
    there = [path for path in (results / name for name in DATABASES) if path.exists()]
    said = [
        f"{path} was damaged ({damage}): moved to {_move_aside(path, backups, timestamp)}; "
        "it is rebuilt from the extractions."
        for path in there
        if (damage := _damage(path, patience))
    ]
    if (results / DATABASES[0]).exists():
        saved = save(results, reviews, backups, reason="before merge", timestamp=timestamp, extractions=False)
        said.append(f"The database of before is in {saved}.")
    return "\n".join(said) or "There was no database to save."


def damaged_databases(results: Path, checksum: Callable[[Path], str] = checksum_of) -> list[Path]:
    """The databases that are not as they were written, and no sound databases either.

    One that another program holds at this moment is not among them: the job that needs it waits for it.
    """
    damaged = []
    for path in (results / name for name in DATABASES):
        if path.exists() and not is_as_written(results, path, checksum):
            with suppress(DatabaseError):
                damaged += [path] if _damage(path, patience=0) else []
    return damaged


def _move_aside(path: Path, backups: Path, timestamp: str) -> Path:
    aside = _free_folder(backups, f"{timestamp}-damaged")
    aside.mkdir(parents=True)
    shutil.move(path, aside / path.name)
    return aside


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup; BackupError where a file of it is missing or altered."""
    manifest = manifest_of(folder)
    for file in manifest.files:
        path = folder / file.root / file.path
        if not path.is_file() or checksum(path) != file.sha256:
            raise BackupError(f"{path}: missing or altered since it was saved; choose another backup")
    return manifest


def manifest_of(folder: Path) -> Manifest:
    """What a backup says that it holds; BackupError where it is none."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise BackupError(f"{folder}: not a backup, or its {MANIFEST} is damaged") from error


def find_backup(backups: Path, timestamp: str | None) -> Path:
    """The backup with this time stamp, or the newest; BackupError says which there are."""
    names = sorted(path.parent.name for path in backups.glob(f"*/{MANIFEST}"))
    if timestamp is None and names:
        return backups / _newest_whole(backups, names)
    if timestamp in names:
        return backups / str(timestamp)
    there = ", ".join(names[-5:]) or "none"
    raise BackupError(f"{backups}: no backup {timestamp or ''}; the newest there are: {there}")


def _newest_whole(backups: Path, names: list[str]) -> str:
    """The newest that holds extractions too; what a restore saved itself is taken only by its name."""
    manifests = {name: manifest_of(backups / name) for name in names}
    wanted = [name for name in names if manifests[name].reason != BEFORE_RESTORE] or names
    whole = [
        name for name in wanted if any(file.path.startswith("extracted/") for file in manifests[name].files)
    ]
    return (whole or wanted)[-1]


def put_back(folder: Path, manifest: Manifest, *, results: Path, reviews: Path) -> None:
    """Replace what stands in `results` and `reviews` by this backup, with its time stamps."""
    roots = {"results": results, "reviews": reviews}
    covers_extractions = any(file.path.startswith("extracted/") for file in manifest.files)
    for file in list(_result_files(results, extractions=covers_extractions)):
        (results / file).unlink(missing_ok=True)
    (results / EXTRACTIONS[1]).unlink(missing_ok=True)
    for saved in manifest.files:
        source, target = folder / saved.root / saved.path, roots[saved.root] / saved.path
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        shutil.copy2(source, temporary)
        temporary.replace(target)


def _result_files(results: Path, extractions: bool) -> Iterator[Path]:
    for name in (*DATABASES, *REPORTS, *(EXTRACTIONS if extractions else ())):
        yield from _files_below(results / name, results)


def _files_below(path: Path, root: Path) -> Iterator[Path]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.is_file() and not file.is_symlink() and not file.name.endswith(".tmp"):
            yield file.relative_to(root)


def _save_file(source: Path, target: Path, root: str, path: Path) -> SavedFile:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".db" and not _damage(source):
        _copy_database(source, target)
        shutil.copystat(source, target)
    else:
        shutil.copy2(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return SavedFile(root=root, path=str(path), sha256=checksum(target), size=target.stat().st_size)


def _copy_database(source: Path, target: Path) -> None:
    uri = source.resolve().as_uri() + "?mode=ro"
    try:
        with (
            closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.execute("select count(*) from sqlite_master")  # waits for a lock, and not for ever
            old.backup(new)
    except sqlite3.DatabaseError as error:
        raise DatabaseError(
            f"{source}: cannot be saved: {error}; close other programs and try again"
        ) from error


def _damage(database: Path, patience: float = BUSY_SECONDS) -> str:
    """What is wrong with this file as a database, '' if nothing.

    DatabaseError where it is a newer one, or locked for longer than `patience`, in seconds.
    """
    if database.stat().st_size == 0:
        return "it is empty"  # to SQLite that is a database without tables
    uri = database.resolve().as_uri() + "?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=patience)) as connection:
            version = connection.execute("pragma user_version").fetchone()[0]
            verdict: str = connection.execute("pragma integrity_check").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise DatabaseError(
                f"{database}: another program has held it for {patience:g} s; close it there and run again"
            ) from error
        return str(error)
    except sqlite3.DatabaseError as error:
        return str(error)
    if version > SCHEMA_VERSION:
        raise DatabaseError(
            f"{database}: written by a newer version (schema {version}, here {SCHEMA_VERSION}); "
            "install that version, or set another `results`"
        )
    return "" if verdict == "ok" else verdict.splitlines()[0]


def _free_folder(backups: Path, timestamp: str) -> Path:
    """A folder with this name that does not exist yet; runs within one second get a suffix."""
    backups.mkdir(parents=True, exist_ok=True)
    folder, count = backups / timestamp, 1
    while folder.exists():
        count += 1
        folder = backups / f"{timestamp}-{count}"
    return folder


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
