"""The search: which files still hold a person's words, id or name."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from intelligence_capture.forgetting.contents import Cells, plain_base64, texts_in, texts_of
from intelligence_capture.forgetting.marks import Kind, Marks
from intelligence_capture.records import Record

NEVER = frozenset(
    (".git", ".venv", "__pycache__", "node_modules", ".mypy_cache", ".ruff_cache", ".pytest_cache")
)
"""Folders of programs, which hold no word of an interview; what git remembers, git has to forget: docs/privacy.md."""


class Found(Record):
    """A file that tells of the person, and how; `unreadable` says why it could not be searched."""

    path: Path
    kinds: frozenset[Kind] = frozenset()
    unreadable: str = ""


def search(marks: Marks, roots: Iterable[Path], *, cells: Cells, leave: Iterable[Path] = ()) -> list[Found]:
    """The files below these places with a trace in their names or contents, sorted; links are not followed."""
    left = {path.absolute() for path in leave}
    seen = dict.fromkeys(file for root in roots for file in _files(root) if file.absolute() not in left)
    return [found for file in sorted(seen) if (found := look(marks, file, cells=cells))]


def look(marks: Marks, file: Path, *, cells: Cells) -> Found | None:
    """What the file tells of the person, None where nothing."""
    kinds: set[Kind] = set()
    try:
        for text in (*_names(file), *_once(texts_of(file, cells))):
            kinds |= {trace.kind for trace in marks.traces(text)}
    except OSError as error:
        return Found(path=file, unreadable=error.strerror or str(error))
    return Found(path=file, kinds=frozenset(kinds)) if kinds else None


def _once(texts: Iterable[str]) -> Iterator[str]:
    last = None
    for text in texts:
        if text != last:
            yield text
        last = text


def _names(file: Path) -> Iterator[str]:
    """The path, and the path that it stands for: Snakemake names what it remembers of a result so."""
    yield str(file)
    for part in file.parts:
        if (hidden := plain_base64(part.replace("-", "+").replace("_", "/"))) and b"/" in hidden:
            yield from texts_in(hidden)


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if name not in NEVER]
        yield from (
            path for name in names if (path := Path(folder, name)).is_file() and not path.is_symlink()
        )
