"""Every table of a database as CSV and Parquet, for spreadsheets and BI tools."""

import shutil
import sqlite3
from pathlib import Path

import pandas as pd

from intelligence_capture.storage.connect import reading
from intelligence_capture.texts import inert_cell


def export_tables(database: Path, folder: Path) -> list[str]:
    """Write `folder/{table}.csv` and `.parquet` for each table, sorted by all columns; returns their names.

    CSV has a byte order mark, so that Excel reads accents, and text that a spreadsheet would take for a
    formula begins with an apostrophe. Parquet holds the values as they are.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with reading(database) as connection:
        names = _tables(connection)
        for name in names:
            rows = f'select * from "{name}" order by {_columns(connection, name)}'
            frame = pd.read_sql_query(rows, connection, dtype_backend="numpy_nullable")
            frame.to_parquet(folder / f"{name}.parquet", index=False)
            text = frame.select_dtypes(include=["object", "string"]).columns
            frame[text] = frame[text].map(inert_cell)
            frame.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    return names


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("select name from sqlite_master where type = 'table' order by name")
    return [name for (name,) in rows if "_fts" not in name and not name.startswith("sqlite_")]


def _columns(connection: sqlite3.Connection, table: str) -> str:
    count = len(connection.execute(f'pragma table_info("{table}")').fetchall())
    return ", ".join(str(position) for position in range(1, count + 1))
