"""Connections to SQLite, every one with foreign keys and a busy timeout."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intelligence_capture.errors import DatabaseError

SCHEMA_VERSION = 1
"""Written as `pragma user_version`; a database with a higher one comes from a newer program."""
BUSY_SECONDS = 60


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection; DatabaseError names the file and what to do where it cannot be read."""
    if not path.is_file():
        raise DatabaseError(f"{path}: no such database; run `snakemake -j 4` first")
    uri = path.resolve().as_uri() + "?mode=ro"
    try:
        connection = _configured(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS))
        try:
            yield connection
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{path}: {error}; {_advice(error)}") from error


@contextmanager
def building(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a new database that replaces `path` when all went well, and not otherwise.

    Readers of the old file keep it until they open the new one; a crash leaves the old one as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    for left_over in path.parent.glob(f".{path.name}.*.tmp*"):  # of a run that was killed
        left_over.unlink(missing_ok=True)
    try:
        # The file is private until it is renamed: no journal is needed, the sync comes before the rename.
        connection = _configured(sqlite3.connect(temporary, isolation_level=None))
        try:
            connection.execute("pragma journal_mode = memory")
            yield connection
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
            dangling = connection.execute("pragma foreign_key_check").fetchone()
            if dangling:
                raise DatabaseError(f"{path}: dangling reference in table {dangling[0]}, row {dangling[1]}")
        finally:
            connection.close()
        publish(temporary, path)
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{path}: could not be built: {error}") from error
    finally:
        remove_with_journals(temporary)


def publish(temporary: Path, path: Path) -> None:
    """Put the finished file in the place of `path`, durably."""
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    # A reader may have left journals of the old database; they must not meet the new one.
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove_with_journals(path: Path) -> None:
    """Remove a database file and what SQLite may have left beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _configured(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("pragma foreign_keys = on")
    connection.execute(f"pragma busy_timeout = {BUSY_SECONDS * 1000}")
    return connection


def _advice(error: sqlite3.DatabaseError) -> str:
    if "locked" in str(error) or "busy" in str(error):
        return f"another program has held it for {BUSY_SECONDS} s; close it there and run again"
    return "remove it and run again: it is rebuilt from the extractions without a paid call"
