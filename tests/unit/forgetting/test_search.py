"""The search finds words in whatever file they stand, and says which it could not read."""

import base64
import gzip
import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pandas as pd
import pytest
from openpyxl import Workbook

from intelligence_capture.forgetting.marks import Said, make_marks
from intelligence_capture.forgetting.search import search
from intelligence_capture.storage.forget import cells

WORDS = "Cada lunes cuadro las guías de remisión con el almacén"
MARKS = make_marks(Said("ana-ruiz-sol", "Ana Ruiz", (WORDS,)), ())


def found(folder):
    return {one.path.name: one.kinds for one in search(MARKS, [folder], cells=cells)}


def as_sqlite(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table t (x)")
        db.execute("insert into t values (?)", ("x" * 5000 + " " + WORDS,))  # over more than one page
        db.commit()


def as_free_pages(path):
    as_sqlite(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma secure_delete = off")
        db.execute("drop table t")
        db.commit()


def as_xlsx(path):
    book = Workbook()
    book.active["A1"] = WORDS
    book.save(path)


def as_zip_in_zip(path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", WORDS)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("inner.zip", inner.getvalue())


WAYS = {
    "a.txt": lambda path: path.write_text(WORDS, "utf-8"),
    "b.txt": lambda path: path.write_text(WORDS, "utf-16"),
    "c.json": lambda path: path.write_text(json.dumps({"body": json.dumps({"said": WORDS})})),
    "d.html": lambda path: path.write_text(WORDS.replace("í", "&iacute;"), "utf-8"),
    "e.xml": lambda path: path.write_text(WORDS.replace(" ", "</t><t>"), "utf-8"),
    "f.db": as_sqlite,
    "g.db": as_free_pages,
    "h.xlsx": as_xlsx,
    "i.zip": as_zip_in_zip,
    "j.gz": lambda path: path.write_bytes(gzip.compress(WORDS.encode())),
    "k.parquet": lambda path: pd.DataFrame({"x": [WORDS]}).to_parquet(path),
    "l.html": lambda path: path.write_text(
        "data:text/plain;base64," + base64.b64encode(WORDS.encode()).decode()
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_words_are_found_in_every_kind_of_file(tmp_path, name):
    WAYS[name](tmp_path / name)

    assert found(tmp_path) == {name: {"words"}}


def test_ids_are_found_in_names_of_files_and_in_what_they_stand_for(tmp_path):
    hidden = base64.b64encode(b"results/extracted/ana-ruiz-sol.json").decode()
    for name in ("ana-ruiz-sol.log", hidden, "other.log"):
        (tmp_path / name).write_text("")

    assert found(tmp_path) == {"ana-ruiz-sol.log": {"who"}, hidden: {"who"}}


def test_links_are_not_followed_and_own_files_are_left_out(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "b/words.txt").write_text(WORDS, "utf-8")
    (tmp_path / "a/link").symlink_to(tmp_path / "b")
    (tmp_path / "a/mine.txt").write_text(WORDS, "utf-8")

    assert search(MARKS, [tmp_path / "a"], cells=cells, leave=[tmp_path / "a/mine.txt"]) == []


def test_a_damaged_archive_is_searched_as_it_is(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04" + WORDS.encode())

    assert found(tmp_path) == {"x.zip": {"words"}}
