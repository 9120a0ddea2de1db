"""CSV and Parquet of every table."""

import sqlite3
from contextlib import closing

import pandas as pd

from intelligence_capture.storage.tables import export_tables

FORMULA = "=cmd|' /C calc'!A0"


def test_every_table_is_there_in_both_forms_and_no_text_is_a_formula(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.db")) as db:
        db.execute("create table t (id text, n integer, said text)")
        db.executemany("insert into t values (?, ?, ?)", [("b", None, FORMULA), ("a", -2, "sí\nno, «año»")])
        db.commit()

    names = export_tables(tmp_path / "x.db", tmp_path / "tables")

    assert names == ["t"]
    assert pd.read_parquet(tmp_path / "tables/t.parquet")["said"].tolist() == ["sí\nno, «año»", FORMULA]
    text = (tmp_path / "tables/t.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig") == f'id,n,said\na,-2,"sí\nno, «año»"\nb,,\'{FORMULA}\n'
