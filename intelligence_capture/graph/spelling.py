"""Misspelt names: edges from a rare into a frequent key, never a chain of them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

SHORTEST = 6
"""Letters of the shortest name that can be misspelt: of shorter ones too many are a letter apart."""
RATIO = 3
"""How many times more often the right spelling must be found than the wrong one."""
OFTEN = 2
"""A spelling found in more interviews than this is somebody's name for something: slips seldom repeat."""
REPEATED = 1000
"""But one in so many mentions of a very frequent name may be the same slip."""
KNOWN = 6
"""A known name counts as often as this at least: a word found in two interviews may still be a slip of it."""

_ROMAN = frozenset("ii iii iv vi vii viii ix xi xii".split())


class Edge(NamedTuple):
    """`rare` is `frequent` but for one letter; where it is not `sure`, a person has to say."""

    rare: str
    frequent: str
    score: float
    sure: bool


def misspellings(counts: Mapping[str, int], known: frozenset[str] = frozenset()) -> Iterator[Edge]:
    """The edges between keys that are one letter apart, sorted by the rare key.

    `counts` tells how many interviews have a key; a `known` name is right however rare, and never a
    misspelling of another.
    """
    words = sorted(key for key in {*counts, *known} if len(key) >= SHORTEST)
    index = _Deletions(words)
    edges = [edge for word in words if word not in known and (edge := _edge(word, index, counts, known))]
    misspelt = {edge.rare for edge in edges if edge.sure}
    for edge in edges:
        # The right spelling of one name is not the misspelling of another: that would be a chain.
        yield edge._replace(sure=False) if edge.sure and edge.frequent in misspelt else edge


def _edge(word: str, index: "_Deletions", counts: Mapping[str, int], known: frozenset[str]) -> Edge | None:
    near = [other for other in index.near(word) if _may_be_one(word, other)]
    if not near:
        return None
    weights = {other: max(counts.get(other, 0), KNOWN * (other in known)) for other in near}
    best = max(near, key=lambda other: (weights[other], other))
    if (weights[best], best) <= (counts[word], word):
        return None
    rivals = [other for other in near if other != best and weights[other] * RATIO > weights[best]]
    score = 1.0 - 1.0 / max(len(word), len(best))
    slip = counts[word] <= max(OFTEN, weights[best] / REPEATED) and weights[best] >= RATIO * counts[word]
    return Edge(word, best, round(score, 4), slip and not rivals)


def _may_be_one(word: str, other: str) -> bool:
    """Whether the two differ by one letter that can be a slip: no digit, not the first letter."""
    if word[0] != other[0] or _digits(word) != _digits(other):
        return False
    return OSA.distance(word, other, score_cutoff=1) <= 1


def _digits(word: str) -> str:
    return "".join(c for c in word if c.isdigit())


def numbered(words: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers in a name and its last single letter ("Torre B"): with others it is another thing."""
    return tuple(word for word in words if word.isdigit() or word in _ROMAN or len(word) == 1)


class _Deletions:
    """Words by what is left of them when one letter is deleted, as hashes in sorted arrays.

    Words within one letter of each other share such a remainder; a dictionary of them would take ten times
    the memory.
    """

    def __init__(self, words: list[str]) -> None:
        self._words = words
        hashes = np.fromiter((h for word in words for h in _remainders(word)), dtype=np.int64)
        lengths = np.fromiter((len(word) + 1 for word in words), dtype=np.int64, count=len(words))
        owners: NDArray[np.int64] = np.repeat(np.arange(len(words), dtype=np.int64), lengths)
        order = np.argsort(hashes, kind="stable")
        self._hashes: NDArray[np.int64] = hashes[order]
        self._owners: NDArray[np.int64] = owners[order]
        self._near = self._pairs()

    def near(self, word: str) -> list[str]:
        """The words that may be one letter from this one; a few are further."""
        return [self._words[other] for other in self._near.get(word, ())]

    def _pairs(self) -> dict[str, list[int]]:
        """The neighbours of each word that has any: runs of equal hashes."""
        edges = np.flatnonzero(np.diff(self._hashes)) + 1
        bounds = np.concatenate(([0], edges, [len(self._hashes)]))
        sizes = np.diff(bounds)
        near: dict[str, set[int]] = {}
        for run in np.flatnonzero(sizes > 1):
            members = sorted({int(owner) for owner in self._owners[bounds[run] : bounds[run + 1]]})
            for one in members:
                for other in members:
                    if one != other:
                        near.setdefault(self._words[one], set()).add(other)
        return {word: sorted(others) for word, others in near.items()}


def _remainders(word: str) -> Iterator[int]:
    """The hashes of the word and of all its remainders; they only find candidates: their seed does not matter."""
    yield hash(word)
    for position in range(len(word)):
        yield hash(word[:position] + word[position + 1 :])
