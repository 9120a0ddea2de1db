"""Databases and the words of one interview: what stands in their cells, and a database without them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from intelligence_capture.errors import DatabaseError
from intelligence_capture.storage.connect import BUSY_SECONDS, SCHEMA_VERSION, remove_with_journals

_OF_INTERVIEW = ("interview_id", "interview", "interview_a", "interview_b")
_OF_ENTITY = ("entity_id", "entity_a", "entity_b")


def cells(database: Path) -> Iterator[str]:
    """The text in every cell of a database; none where it is damaged, then its bytes are all there is."""
    uri = database.resolve().as_uri() + "?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            for table in _tables(connection):
                for row in connection.execute(f'select * from "{table}"'):
                    yield from (value for value in row if isinstance(value, str))
    except sqlite3.DatabaseError:
        return


def holds_interview(database: Path, interview: str) -> bool:
    """Whether the database has this interview; a damaged one has none that can be told."""
    uri = database.resolve().as_uri() + "?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
            return bool(connection.execute("select 1 from interviews where id = ?", (interview,)).fetchone())
    except sqlite3.DatabaseError:
        return False


def write_without(database: Path, interview: str, copy: Path) -> None:
    """Write a `copy` of the database that never held this interview, with no page that was in use before.

    DatabaseError where the database is no sound one.
    """
    working = copy.with_name(f".{copy.name}.working")
    remove_with_journals(working)
    copy.unlink(missing_ok=True)
    try:
        uri = database.resolve().as_uri() + "?mode=ro"
        with (
            closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as source,
            closing(sqlite3.connect(working, isolation_level=None)) as connection,
        ):
            source.backup(connection)
            _delete(connection, interview)
            connection.execute("vacuum into ?", (str(copy),))
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{database}: {error}; remove it, or restore another backup") from error
    finally:
        remove_with_journals(working)


def _delete(connection: sqlite3.Connection, interview: str) -> None:
    connection.execute("pragma secure_delete = on")
    connection.execute(
        "create temp table gone as select id from entities where interview_id = ?", (interview,)
    )
    for table in _tables(connection):
        if "_fts" in table:
            continue
        columns = [row[1] for row in connection.execute(f'pragma table_info("{table}")')]
        where = [f'"{name}" = :interview' for name in _OF_INTERVIEW if name in columns]
        where += [f'"{name}" in (select id from gone)' for name in _OF_ENTITY if name in columns]
        where += ["id = :interview"] if table == "interviews" else []
        if where:
            connection.execute(f'delete from "{table}" where {" or ".join(where)}', {"interview": interview})
    connection.execute("delete from entities_fts where id in (select id from gone)")
    for search in ("answers_fts", "entities_fts"):
        connection.execute(f"insert into {search} ({search}) values ('rebuild')")


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    return [name for (name,) in rows]
