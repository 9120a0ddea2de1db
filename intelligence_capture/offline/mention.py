"""A name at a place of an answer, and how it is written there."""

import re
from typing import NamedTuple

from intelligence_capture.offline.folding import Folded


class Mention(NamedTuple):
    """A name at a place of an answer's folded text, with what speaks for and against its type."""

    type: str
    start: int
    end: int
    name: str
    flags: frozenset[str]


def covered(mentions: list[Mention], length: int) -> bytearray:
    """For each character whether it belongs to a name."""
    of_names = bytearray(length)
    for mention in mentions:
        of_names[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return of_names


def looks_like_a_name(text: Folded, start: int, end: int) -> bool:
    """Whether the word is capitalised where an everyday word would not be."""
    first = text.origin[start]
    raw = text.raw[first : text.origin[end - 1] + 1]
    return raw[:1].isupper() and (raw.isupper() or not starts_sentence(text.raw, first))


def starts_sentence(raw: str, start: int) -> bool:
    """Whether a sentence begins there, so that a capital says nothing."""
    before = raw[:start].rstrip(" \t\"'¿¡(*•-–—")
    return (
        not before
        or before[-1] in ".!?:\n\r\u2028\u2029"
        or bool(re.search(r"(?:^|\n)\s*\w{1,2}[.)]$", before[-8:]))
    )
