"""All text in a file, whatever kind of file it is: inside archives, behind escapes, in cells of tables."""

import base64
import binascii
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pandas as pd

SQLITE = b"SQLite format 3\0"
DEEPEST = 5
"""Archives within archives that are opened."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{40,}={0,2}")

Cells = Callable[[Path], Iterable[str]]
"""Reads the text in the cells of a database."""


def texts_of(path: Path, cells: Cells) -> Iterator[str]:
    """The texts in this file; OSError where it cannot be read."""
    raw = path.read_bytes()
    if raw.startswith(SQLITE):
        yield from cells(path)
    yield from texts_in(raw)


def texts_in(raw: bytes, depth: int = 0) -> Iterator[str]:
    """The texts in these bytes, as they stand and without what hides words: tags, escapes, packing."""
    if depth < DEEPEST:
        packed = False
        for text in _unpacked(raw, depth):
            packed = True
            yield text
        if packed:
            return  # what stands in an archive as it is was an entry of it
    text = _decoded(raw)
    yield text
    if "<" in text or "&" in text:
        yield html.unescape(_TAG.sub(" ", text))
    for _ in range(3):  # JSON in JSON in JSON
        if "\\" not in text:
            break
        text = _ESCAPE.sub(_character, text)
        yield text
    if "%" in text:
        yield unquote(text)
    if depth < DEEPEST:
        for match in _BASE64.finditer(text):
            if (hidden := plain_base64(match.group())) is not None:
                yield from texts_in(hidden, depth + 1)


def plain_base64(text: str) -> bytes | None:
    """What this stands for as base64, None where it is none."""
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=None)
    except (binascii.Error, ValueError):
        return None


def _unpacked(raw: bytes, depth: int) -> Iterator[str]:
    stream = io.BytesIO(raw)
    if raw[:4] == b"PK\x03\x04" and zipfile.is_zipfile(stream):
        with zipfile.ZipFile(stream) as packed:
            for entry in packed.infolist():
                yield entry.filename
                try:
                    yield from texts_in(packed.read(entry), depth + 1)
                except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
                    yield _decoded(raw)  # a damaged or locked entry
    elif raw[:2] == b"\x1f\x8b":
        try:
            yield from texts_in(gzip.decompress(raw), depth + 1)
        except (OSError, EOFError, zlib.error):
            return
    elif raw[:4] == raw[-4:] == b"PAR1":
        frame = pd.read_parquet(stream)
        for column in frame.select_dtypes(include=["object", "string"]).columns:
            yield from (str(value) for value in frame[column] if value is not None)


def _decoded(raw: bytes) -> str:
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    return raw.decode("utf-16" if wide else "utf-8", "replace")


def _character(match: re.Match[str]) -> str:
    code, escaped = match.groups()
    if code:
        return chr(int(code, 16))
    return escaped if escaped in '"\\/' else " "
