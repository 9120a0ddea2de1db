"""A text as it is searched, and as it is shown: both know the way back to what was really said."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_ALIKE = dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("‘’‚‛′´`ʼʻʹ", "'")
_ALIKE |= dict(zip("łŁøØđĐħĦŧŦı", "lLoOdDhHtTi", strict=True))  # their strokes are no marks to Unicode


class Searched:
    """A text without accents, in compatibility form, without control characters and what has no width.

    Neither a decomposed accent nor a digit of full width nor a soft hyphen nor a wide gap hides a name or a
    number.
    """

    def __init__(self, original: str) -> None:
        plain = {char: _plain(char) for char in set(original)}
        self.text = original.translate({ord(char): one for char, one in plain.items()})
        self._original = original
        self._origin: Sequence[int] = range(len(original))
        if any(len(one) != 1 for one in plain.values()):
            self._origin = [place for place, char in enumerate(original) for _ in plain[char]]
        if "  " in self.text:
            pairs = zip(self.text, f" {self.text}", strict=False)
            kept = [place for place, pair in enumerate(pairs) if place == 0 or pair != (" ", " ")]
            self.text = "".join(self.text[place] for place in kept)
            self._origin = [self._origin[place] for place in kept]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where these characters stand in the original, with the marks that belong to the last one."""
        last = self._origin[end - 1] + 1
        while last < len(self._original) and unicodedata.combining(self._original[last]):
            last += 1
        return self._origin[start], last


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char.isspace():
        return "\n" if char in "\n\r\v\f\u2028\u2029" else " "
    if unicodedata.category(char) in ("Cc", "Cf"):
        return ""
    plain = unicodedata.normalize("NFKD", _ALIKE.get(char, char))
    return "".join(one for one in plain if not unicodedata.combining(one))


class Replaced(NamedTuple):
    """A stretch of the original and the placeholder that is shown for it; `number` tells the placeholder."""

    start: int
    end: int
    shown_start: int
    shown_end: int
    number: str


class HiddenText:
    """A text with placeholders, and for each place in it the place in the original."""

    def __init__(self, original: str, found: list[tuple[int, int, str, str]]) -> None:
        """`found`: start, end, placeholder and number, in order and apart from each other."""
        pieces, replaced, last, length = [], [], 0, 0
        for start, end, placeholder, number in found:
            length += start - last
            replaced.append(Replaced(start, end, length, length + len(placeholder), number))
            pieces += [original[last:start], placeholder]
            length += len(placeholder)
            last = end
        self.original = original
        self.shown = "".join([*pieces, original[last:]])
        self.replaced = tuple(replaced)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of a place in what is shown; half a placeholder is the whole of it."""
        return self._original_place(start, after=False), self._original_place(end, after=True)

    def said(self, start: int, end: int) -> str:
        """What was really said at a place in what is shown."""
        first, last = self.back(start, end)
        return self.original[first:last]

    def _original_place(self, place: int, *, after: bool) -> int:
        shift = 0
        for one in self.replaced:
            if place <= one.shown_start:
                break
            if place < one.shown_end:
                return one.end if after else one.start
            shift = one.end - one.shown_end
        return place + shift
