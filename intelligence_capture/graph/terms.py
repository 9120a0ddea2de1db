"""Words of business that mean the same where claims are compared, as terms.yaml lists them."""

import re
from functools import cache, lru_cache
from pathlib import Path

from intelligence_capture.graph.wording import stem
from intelligence_capture.graph.wording import stems_of as own_stems
from intelligence_capture.yaml_files import read_yaml

_COGNATES = tuple(
    (re.compile(pattern), plainer)
    for pattern, plainer in (
        (r"[ct]?tion", "cion"),
        (r"([bcdfgjklmnpstvxz])\1", r"\1"),
        (r"n?c(?=t)", lambda match: match.group()[:-1]),
        ("ph", "f"),
        ("th", "t"),
        (r"(?<=[b-df-hj-np-tv-xz])y(?=[b-df-hj-np-tv-xz])", "i"),
    )
)


def stems_of(words: list[str]) -> frozenset[str]:
    """The stems of the words that carry meaning, of words that mean the same only one."""
    return frozenset(filter(None, map(_term, words)))


@lru_cache(maxsize=100_000)
def _term(word: str) -> str:
    """The stem of a word that carries meaning; '' of another."""
    if not own_stems([word]):
        return ""
    word = _cognate(word)
    terms = _terms()
    begun = (terms.get(f"{word[:length]}*") for length in range(len(word), 2, -1))
    return terms.get(word) or next(filter(None, begun), stem(word))


def words_by_line() -> list[list[str]]:
    """The words of each line of terms.yaml, in lower case and without accents."""
    lines: list[list[str]] = read_yaml(Path(__file__).with_name("terms.yaml"))
    return lines


@cache
def _terms() -> dict[str, str]:
    """The stem for each word, or beginning of one with a star."""
    return {_cognate(word): stem(_cognate(line[0].rstrip("*"))) for line in words_by_line() for word in line}


def _cognate(word: str) -> str:
    """A word without what parts English from Spanish in words of one origin: "punctuality", "puntualidad"."""
    for pattern, plainer in _COGNATES:
        word = pattern.sub(plainer, word)
    return word
