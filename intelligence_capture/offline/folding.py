"""Text in the plain form that patterns are matched on, with the way back to the speaker's own words."""

import re
import unicodedata
from functools import lru_cache

_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_PLAIN = dict.fromkeys("‘’‚‛′´`", "'") | dict.fromkeys("“”„«»‟″", '"') | dict.fromkeys("–—―", "—")
_PLAIN |= dict.fromkeys("‐‑‒−", "-") | dict.fromkeys("●▪‣◦∙·■➢►✓✔➤", "•") | {"…": "."}


class Folded:
    """`folded` is `raw` in lower case without accents and invisible characters, one character for one.

    Every line break becomes a newline and every other space a blank, so that patterns need only know these.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        plain: list[str] = []
        origin: list[int] = []
        for index, char in enumerate(raw):
            if char == "\n" and index and raw[index - 1] == "\r":
                continue
            if folded := _fold_char(char):
                plain.append(folded)
                origin.append(index)
        self.folded = "".join(plain)
        self.origin = origin

    def __len__(self) -> int:
        return len(self.folded)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in `raw` of the folded characters from `start` to `end`, whole characters only."""
        last = self.origin[end - 1] + 1
        while last < len(self.raw) and unicodedata.combining(self.raw[last]):
            last += 1
        return self.origin[start], last

    def words(self, start: int, end: int) -> str:
        """The speaker's own words at this place of the folded text, on one line."""
        first, last = self.raw_span(start, end)
        return " ".join(self.raw[first:last].split())


def fold_pattern(pattern: str) -> str:
    """A regular expression without accents, to be matched on folded text."""
    return "".join(c for c in unicodedata.normalize("NFD", pattern) if not unicodedata.combining(c))


def compile_folded(pattern: str) -> re.Pattern[str]:
    """The pattern compiled for folded text, ignoring case."""
    return re.compile(fold_pattern(pattern), re.IGNORECASE)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """The character as folded text holds it, '' where it is left out."""
    if char in _LINE_BREAKS:
        return "\n"
    if char.isspace():
        return " "
    if char in _PLAIN:
        return _PLAIN[char]
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return ""
    return unicodedata.normalize("NFKD", char)[0].lower()[0]
