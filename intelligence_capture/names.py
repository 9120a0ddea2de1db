"""Names of people in texts: found in any case and with or without accents, and replaced by what stands for them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

Words = tuple[str, ...]
"""Words of a name, folded."""

PARTICLES = frozenset("da das de del der di do dos la las los san santa van von y".split())
"""What stands between the words of a name, and says nothing by itself."""
SHORTEST = 3
"""Letters of a word that may stand for a person by itself."""
MOST_WORDS = 6
"""Words of a name up to which any of them, in their order, are looked for; of a longer one neighbours alone."""
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[^\w\n]{1,3}|_")
"""What may stand between two words of a name: a space, a hyphen, a comma with a space."""


class Edit(NamedTuple):
    """Characters of a text, the end exclusive, and what takes their place."""

    start: int
    end: int
    new: str


class Edited(NamedTuple):
    """A text after its edits, which tells where words of the old one stand in it."""

    text: str
    edits: tuple[Edit, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where these characters of the old text stand; a name that they cut stands there as a whole."""
        return self._moved(start, at_end=False), self._moved(end, at_end=True)

    def _moved(self, offset: int, *, at_end: bool) -> int:
        shift = 0
        for edit in self.edits:
            if offset >= edit.end:
                shift += len(edit.new) - (edit.end - edit.start)
            elif offset > edit.start:
                return edit.start + shift + (len(edit.new) if at_end else 0)
        return offset + shift


def edited(text: str, edits: Iterable[Edit]) -> Edited:
    """The text with these edits, which do not overlap."""
    ordered = tuple(sorted(edits))
    parts, done = [], 0
    for edit in ordered:
        parts += [text[done : edit.start], edit.new]
        done = edit.end
    return Edited("".join([*parts, text[done:]]), ordered)


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """The word in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> Words:
    """The words of a text, folded."""
    return tuple(folded(match.group()) for match in _WORD.finditer(text))


def ways_to_say(name: str, common: frozenset[str]) -> Iterator[Words]:
    """The name as people say it: whole, two or more of its words in their order, or one of them.

    A word that is `common` is not said by itself, nor are several of them but as the whole name.
    """
    words = words_of(name)
    telling = [
        word for word in words if len(word) >= SHORTEST and word not in PARTICLES and word not in common
    ]
    yield from ((word,) for word in telling)
    if len(words) > 1:
        yield words
    for chosen in _some_of(words):
        ends = {chosen[0], chosen[-1]}
        if not ends & PARTICLES and set(chosen) & set(telling):
            yield chosen


def _some_of(words: Words) -> Iterator[Words]:
    for size in range(2, len(words)):
        if len(words) <= MOST_WORDS:
            yield from combinations(words, size)
        else:
            yield from (words[first : first + size] for first in range(len(words) - size + 1))


class Names:
    """Names and what stands for each; of two that begin alike the longer one is found."""

    def __init__(self, shown: Mapping[Words, str]) -> None:
        self._by_first: dict[str, list[tuple[Words, str]]] = {}
        for words in sorted(shown, key=lambda words: (-len(words), words)):
            self._by_first.setdefault(words[0], []).append((words, shown[words]))

    def edits(self, text: str) -> Iterator[Edit]:
        """What to replace in this text."""
        if not self._by_first:
            return
        found = [(match.start(), match.end(), folded(match.group())) for match in _WORD.finditer(text)]
        position = 0
        while position < len(found):
            match = self._match(text, found, position)
            if match:
                words, new = match
                yield Edit(found[position][0], found[position + len(words) - 1][1], new)
                position += len(words)
            else:
                position += 1

    def _match(self, text: str, found: list[tuple[int, int, str]], position: int) -> tuple[Words, str] | None:
        for words, new in self._by_first.get(found[position][2], ()):
            run = found[position : position + len(words)]
            if tuple(word for _, _, word in run) == words and all(
                _GAP.fullmatch(text, before[1], after[0]) for before, after in pairwise(run)
            ):
                return words, new
        return None
