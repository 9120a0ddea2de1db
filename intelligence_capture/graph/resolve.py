"""Words in fields and sentences -> the canonical entities that they name."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from intelligence_capture.graph.names import NameBook
from intelligence_capture.graph.records import Canonical, Mention
from intelligence_capture.graph.wording import stems_of
from intelligence_capture.texts import fold

LONGEST = 6
"""Words of the longest name that is looked for in a text."""
LIKE = 0.6
"""Likeness from which words in a field name a free-text entity."""


class Resolver:
    """Finds canonical entities by the words that people use for them; never one of another company."""

    def __init__(self, canonicals: Iterable[Canonical], books: Mapping[str, NameBook]) -> None:
        self._books = books
        self._by_key: dict[tuple[str, str, str], str] = {}
        self._by_words: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self._told: dict[tuple[str, str], list[tuple[str, frozenset[str], str]]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for canonical in sorted(canonicals, key=lambda c: (-len(c.interviews), c.id)):
            for mention in sorted(set(canonical.mentions)):
                book = books.get(canonical.type)
                if book:
                    key = book.key(mention.text).text
                    self._by_key.setdefault((canonical.type, canonical.scope, key), canonical.id)
                    for words in (mention.text, canonical.label):
                        self._by_words[canonical.type, canonical.scope].setdefault(fold(words), canonical.id)
                else:
                    stems = stems_of(fold(mention.text).split())
                    counts.update(stems)
                    self._told[canonical.type, mention.scope].append(
                        (mention.interview_id, stems, canonical.id)
                    )
        total = sum(map(len, self._told.values())) + 1
        self._weight = {stem: math.log(1 + total / count) for stem, count in sorted(counts.items())}

    def named(self, kind: str, words: str, *, company: str, interview: str) -> str:
        """The entity of this type that these words name, '' for none."""
        book = self._books.get(kind)
        if book is None:
            return self._told_as(kind, words, company=company, interview=interview)
        key = book.key(words).text
        for scope in (company, ""):
            found = self._by_key.get((kind, scope, key)) or self._by_words[kind, scope].get(fold(words))
            if found:
                return found
        return ""

    def all_named(self, kind: str, words: str, *, company: str, interview: str) -> tuple[str, ...]:
        """The entity that these words name, or else those of their parts: "Opera y SAP"."""
        whole = self.named(kind, words, company=company, interview=interview)
        if whole:
            return (whole,)
        book = self._books.get(kind)
        if book is None:
            return ()
        mention = Mention(kind, company, words, "", interview)
        parts = [part.text for part in book.split([mention])]
        found = [
            self.named(kind, part, company=company, interview=interview) for part in parts if part != words
        ]
        return tuple(dict.fromkeys(one for one in found if one)) or self.named_in(
            kind, words, company=company
        )

    def named_in(self, kind: str, text: str, *, company: str) -> tuple[str, ...]:
        """The entities of this type whose names stand in the text, the longest name at each place."""
        words = fold(text).split()
        found = []
        place = 0
        while place < len(words):
            for length in range(min(LONGEST, len(words) - place), 0, -1):
                phrase = " ".join(words[place : place + length])
                known = self._by_words[kind, company].get(phrase) or self._by_words[kind, ""].get(phrase)
                if known and len(phrase) > 2:
                    found.append(known)
                    place += length - 1
                    break
            place += 1
        return tuple(dict.fromkeys(found))

    def _told_as(self, kind: str, words: str, *, company: str, interview: str) -> str:
        stems = stems_of(fold(words).split())
        best = (0.0, False, "")
        for where, others, ident in self._told.get((kind, company), ()):
            shared = stems & others
            # What one word has in common with what somebody else said is seldom meant by it.
            if len(shared) > 1 or (shared and where == interview) or (shared and stems == others):
                best = max(best, (self._likeness(stems, others, shared), where == interview, ident))
        return best[2] if best[0] >= LIKE else ""

    def _likeness(self, a: frozenset[str], b: frozenset[str], shared: frozenset[str]) -> float:
        lengths = self._length(a) * self._length(b)
        return (
            round(math.fsum(self._weight.get(stem, 1.0) ** 2 for stem in shared) / lengths, 3)
            if lengths
            else 0.0
        )

    def _length(self, stems: frozenset[str]) -> float:
        return math.sqrt(math.fsum(self._weight.get(stem, 1.0) ** 2 for stem in stems))
