"""Where an interview comes from: its file or its entry in a bundle, and the file of the inbox that gave it."""

import codecs
import json
import re
from pathlib import Path

from intelligence_capture.errors import ForgetError
from intelligence_capture.interviews import Source

_MARKED = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SPACE = re.compile(r"\s*")


def bundle_without(path: Path, position: int) -> bytes | None:
    """The bundle without the entry at this place, the others byte for byte; None where it is the only one.

    ForgetError where the entry cannot be found.
    """
    raw = path.read_bytes()
    encoding = next((name for mark, name in _MARKED.items() if raw.startswith(mark)), "utf-8")
    text = raw.decode(encoding)
    entries = _entries(path, text)
    if position >= len(entries):
        raise ForgetError(f"{path}: has changed meanwhile; give the command again")
    if len(entries) == 1:
        return None
    first = position == 0
    start = entries[0][0] if first else entries[position - 1][1]
    end = entries[1][0] if first else entries[position][1]
    return (text[:start] + text[end:]).encode(encoding)


def _entries(path: Path, text: str) -> list[tuple[int, int]]:
    """Where each element of the list stands in the text."""
    decoder = json.JSONDecoder()
    entries: list[tuple[int, int]] = []
    place = _after_space(text, 0)
    if text[place : place + 1] != "[":
        raise ForgetError(f"{path}: is no bundle any more; give the command again")
    while text[place : place + 1] in ("[", ","):
        start = _after_space(text, place + 1)
        end = decoder.raw_decode(text, start)[1]
        entries.append((start, end))
        place = _after_space(text, end)
    return entries


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def texts_of_source(source: Source) -> tuple[str, ...]:
    """The answers of an interview; of one that cannot be read all that its file holds."""
    if source.interview:
        return tuple(answer.answer for answer in source.interview.answers)
    if not source.openable:
        return ()
    return (source.path.read_bytes().decode("utf-8", "replace"),)
