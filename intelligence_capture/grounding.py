"""Finding a quote in the answers: exactly, then by normalised form, then fuzzily within a limit."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from intelligence_capture.records import Answer, Evidence

FUZZY_LIMIT = 90.0
"""Similarity (0 to 100) that a fuzzy match must reach."""
FUZZY_CHARACTERS = 20
"""A shorter quote never matches fuzzily: too much would fit."""
LONGEST_FUZZY = 2000

_QUOTES = str.maketrans(
    dict.fromkeys("“”„«»‟″", '"') | dict.fromkeys("‘’‚‛′´`", "'") | dict.fromkeys("‐‑‒–—−", "-")
)


def ground(quote: str, answers: tuple[Answer, ...], *, question_index: int | None = None) -> Evidence:
    """The evidence for `quote`: verified with the speaker's own words and offsets where it was said.

    The answer at `question_index` is looked at first, then the others in order. A quote that nobody said
    comes back unverified, with the words that were claimed.
    """
    order = sorted(range(len(answers)), key=lambda index: (index != question_index, index))
    for find in (_find_exact, _find_normalised, _find_fuzzy):
        for index in order:
            if span := find(quote, answers[index].answer):
                return spoken(answers, index, *span)
    known = question_index if question_index is not None and 0 <= question_index < len(answers) else None
    return Evidence(question_index=known, start=None, end=None, quote=quote, verified=False)


def spoken(answers: tuple[Answer, ...], index: int, start: int, end: int) -> Evidence:
    """The verified evidence at this place; ValueError where there are no such words."""
    quote = answers[index].answer[start:end]
    if not (0 <= start < end and quote.strip() and len(quote) == end - start):
        raise ValueError(f"answer {index} has no words from {start} to {end}")
    return Evidence(question_index=index, start=start, end=end, quote=quote, verified=True)


def _find_exact(quote: str, answer: str) -> tuple[int, int] | None:
    return _find_words(quote, answer) if quote.strip() else None


def _find_words(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand in the text as words: "SAP" is not in "desaparecen"."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        begins = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
        if begins and (end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())):
            return start, end
        start = text.find(words, start + 1)
    return None


def _find_normalised(quote: str, answer: str) -> tuple[int, int] | None:
    wanted, _ = _normalise(quote)
    wanted = wanted.strip(" .…\"'")
    if not wanted:
        return None
    text, origin = _normalise(answer)
    span = _find_words(wanted, text)
    return (origin[span[0]][0], origin[span[1] - 1][1]) if span else None


def _find_fuzzy(quote: str, answer: str) -> tuple[int, int] | None:
    wanted, _ = _normalise(quote)
    wanted = wanted.strip()
    if not FUZZY_CHARACTERS <= len(wanted) <= LONGEST_FUZZY or len(answer) < len(wanted) // 2:
        return None
    text, origin = _normalise(answer)
    match = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=FUZZY_LIMIT)
    if match is None or match.dest_end <= match.dest_start:
        return None
    start, end = _whole_words(text, match.dest_start, match.dest_end)
    if _changes_meaning(wanted, text[start:end]):
        return None
    return origin[start][0], origin[end - 1][1]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while start < end - 1 and text[start] == " ":
        start += 1
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    return start, end


def _changes_meaning(claimed: str, said: str) -> bool:
    """Whether the two differ in a number or a negation, which no fuzziness may pass over."""
    return any(
        sorted(re.findall(pattern, claimed)) != sorted(re.findall(pattern, said))
        for pattern in (r"\d+", r"\b(?:no|not|never|nunca|sin|without|jam[aá]s|tampoco)\b")
    )


@lru_cache(maxsize=64)
def _normalise(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` in NFKC, lower case, plain quotes and single spaces, and for each character its source span."""
    out: list[str] = []
    origin: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        piece = unicodedata.normalize("NFKC", text[start:end]).translate(_QUOTES).lower()
        for char in piece:
            if char.isspace() or unicodedata.category(char) in ("Cf", "Cc"):
                if char.isspace() and out and out[-1] != " ":
                    out.append(" ")
                    origin.append((start, end))
                continue
            out.append(char)
            origin.append((start, end))
    return "".join(out), origin


def _clusters(text: str) -> list[tuple[int, int]]:
    """Each character with the combining marks that follow it, as spans."""
    spans: list[tuple[int, int]] = []
    for index, char in enumerate(text):
        if spans and unicodedata.combining(char):
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return spans
