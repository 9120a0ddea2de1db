"""A search through all files of a folder that shares no code with the product's: for the proof of `forget`."""

import base64
import gzip
import io
import re
import sqlite3
import unicodedata
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pandas as pd


def plain(text: str) -> str:
    """The text in small letters without accents."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()


def holding(folder: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each file below the folder, links aside, with each of these words that is in its name or in it."""
    found = set()
    for path in folder.rglob("*"):
        if (
            path.is_symlink()
            or not path.is_file()
            or any(p.is_symlink() for p in path.parents if p != folder)
        ):
            continue
        text = plain("\n".join([str(path.relative_to(folder)), *_texts(path)]))
        found |= {(str(path.relative_to(folder)), word) for word in words if plain(word) in text}
    return sorted(found)


def _texts(path: Path) -> list[str]:
    texts = [path.name]
    with suppress(ValueError):
        texts.append(base64.b64decode(path.name + "===").decode("utf-8", "replace"))
    if path.read_bytes()[:6] == b"SQLite":
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
                texts += [str(row) for row in db.execute(f'select * from "{table}"')]
    return texts + _of_bytes(path.read_bytes())


def _of_bytes(raw: bytes) -> list[str]:
    texts = [raw.decode("utf-8", "replace"), raw.decode("utf-16", "replace")]
    text = texts[0]
    for _ in range(3):
        text = re.sub(r"\\+u([0-9a-f]{4})", lambda match: chr(int(match.group(1), 16)), text)
        texts.append(text)
    for match in re.finditer(r"base64,([A-Za-z0-9+/=]{20,})", texts[0]):
        with suppress(ValueError):
            texts += _of_bytes(base64.b64decode(match.group(1)))
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for entry in packed.infolist():
                texts += [entry.filename, *_of_bytes(packed.read(entry))]
    if raw[:2] == b"\x1f\x8b":
        texts += _of_bytes(gzip.decompress(raw))
    if raw[:4] == b"PAR1":
        texts.append(pd.read_parquet(io.BytesIO(raw)).to_csv())
    return texts
