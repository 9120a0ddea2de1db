"""How everyday a word is, by which names of products are told from words."""

from bisect import bisect_left
from functools import lru_cache

from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.mention_patterns import INFLECTED

_EVERYDAY = 1e-6
"""Frequency from which a word of the list, accents apart, is an everyday one."""
_ENDINGS = ("", "s", "es", "r", "er", "d", "ed", "ing")


@lru_cache(maxsize=65536)
def commonness(word: str) -> float:
    """How common a lower-case word is, in Spanish or English, on wordfreq's Zipf scale (0 is unheard of)."""
    from wordfreq import zipf_frequency  # takes a third of a second to load

    return max(zipf_frequency(word, language, wordlist="small") for language in ("es", "en"))


@lru_cache(maxsize=65536)
def is_wordlike(word: str) -> bool:
    """Whether a folded word is an everyday one, a form of one, or ends like one: no name of a product."""
    if INFLECTED.search(word) or word.isdigit():
        return True
    words = _everyday_words()
    stem = word[: max(4 if len(word) < 6 else 5, len(word) - 3)]
    place = bisect_left(words, stem)
    return (place < len(words) and words[place].startswith(stem)) or _is_compound(word)


@lru_cache(maxsize=65536)
def is_inflected(word: str) -> bool:
    """Whether a folded word is an everyday one but for the ending of a plural, a past or a doer."""
    return any(word.endswith(end) and _is_everyday(word.removesuffix(end)) for end in _ENDINGS)


def _is_compound(word: str) -> bool:
    """Whether it is several of something, said in two words as one: "subcontratistas", "worksheets"."""
    return word.endswith("s") and any(
        _is_everyday(word[:cut]) and _is_everyday(word[cut:]) for cut in range(3, len(word) - 4)
    )


def _is_everyday(word: str) -> bool:
    words = _everyday_words()
    place = bisect_left(words, word)
    return len(word) > 2 and place < len(words) and words[place] == word


@lru_cache(maxsize=1)
def _everyday_words() -> list[str]:
    """All everyday words, folded and sorted."""
    from wordfreq import get_frequency_dict

    words = {
        word if word.isascii() else Folded(word).folded
        for language in ("es", "en")
        for word, frequency in get_frequency_dict(language, "small").items()
        if frequency >= _EVERYDAY
    }
    return sorted(words)
