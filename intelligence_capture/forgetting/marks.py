"""What tells one person's words from all others: as hashes, so that the search can go on after a crash."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from intelligence_capture.names import Words
from intelligence_capture.records import Record

WINDOW = 6
"""Words of an answer that are looked for together; nearly never do two people say six words alike by chance."""
SHORTEST = 3
"""Words of a short answer, or of the label of a finding, that are looked for."""
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")

Kind = Literal["words", "who", "told"]
"""Words of an answer; the person's id or name; a name that others say too, and that they may go on saying."""


class Trace(NamedTuple):
    """A place in a text that tells of the person."""

    kind: Kind
    words: str


class Marks(Record):
    """Hashes of sequences of words, by kind and length, and of the one and the two words with which they begin."""

    salt: str
    interview: str
    digests: dict[Kind, dict[int, frozenset[str]]]
    firsts: frozenset[str]

    def is_of(self, interview: str) -> bool:
        """Whether these are the marks of the interview with this id."""
        return self.interview == _digest(self.salt, interview)

    def traces(self, text: str) -> Iterator[Trace]:
        """Every mark in this text."""
        words = spoken(text)
        for position, word in enumerate(words):
            if _digest(self.salt, word) in self.firsts and (
                _digest(self.salt, " ".join(words[position : position + 2])) in self.firsts
                or any(1 in lengths for lengths in self.digests.values())
            ):
                yield from self._at(words, position)

    def _at(self, words: Sequence[str], position: int) -> Iterator[Trace]:
        for kind, lengths in self.digests.items():
            for length, digests in lengths.items():
                said = " ".join(words[position : position + length])
                if position + length <= len(words) and _digest(self.salt, said) in digests:
                    yield Trace(kind, said)


class Said(NamedTuple):
    """What an interview leaves in texts: its id, its respondent, its answers, and labels of what was found in it."""

    interview: str
    respondent: str
    answers: tuple[str, ...]
    labels: tuple[str, ...] = ()


def make_marks(said: Said, others: Iterable[str]) -> Marks:
    """The marks of what was said, without what stands in the texts of `others` as well."""
    windows: set[Words] = {window for answer in said.answers for window in _windows(spoken(answer))}
    windows |= {words for label in said.labels if SHORTEST <= len(words := spoken(label)) <= WINDOW}
    who: set[Words] = {words for text in (said.interview, said.respondent) if (words := spoken(text))}
    told: set[Words] = {words for words in who if len(words) == 1}
    lengths = {len(words) for words in windows | who}
    for text in others:
        words = spoken(text)
        there = {words[n : n + length] for length in lengths for n in range(len(words) - length + 1)}
        windows -= there
        told |= who & there
    salt = secrets.token_hex(16)
    kinds: dict[Kind, set[Words]] = {"words": windows, "who": who - told, "told": told}
    return Marks(
        salt=salt,
        interview=_digest(salt, said.interview),
        digests={kind: _by_length(salt, sequences) for kind, sequences in kinds.items()},
        firsts=frozenset(
            _digest(salt, " ".join(words[:count])) for words in windows | who for count in (1, 2)
        ),
    )


def spoken(text: str) -> Words:
    """The words of a text without case and accents, as fast as files of many megabytes need it."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return tuple(_WORD.findall(plain))


def kept_marks(path: Path, interview: str) -> Marks | None:
    """The marks that an interrupted search left here, None where there are none of this interview."""
    try:
        marks = Marks.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
    return marks if marks.is_of(interview) else None


def _windows(words: Words) -> Iterator[Words]:
    if SHORTEST <= len(words) < WINDOW:
        yield words
    for start in range(len(words) - WINDOW + 1):
        yield words[start : start + WINDOW]


def _by_length(salt: str, sequences: Iterable[Words]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for words in sequences:
        found.setdefault(len(words), set()).add(_digest(salt, " ".join(words)))
    return {length: frozenset(digests) for length, digests in sorted(found.items())}


@lru_cache(maxsize=200_000)
def _digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:20]
