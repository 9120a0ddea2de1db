"""Consolidation of named things: systems, channels, outside parties, roles.

Two mentions are one thing where their keys are equal, where an alias or an acronym in brackets says so, or
where a rare key is a frequent one but for a letter. Everything less sure is a doubt.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from intelligence_capture.graph.canonical import (
    Link,
    Node,
    canonicals_of,
    doubt,
    join_nodes,
    merges_of,
    most_used,
    nodes_of,
    reviewed_ids,
)
from intelligence_capture.graph.keys import Key, KeyReader
from intelligence_capture.graph.naming import NameRules
from intelligence_capture.graph.records import Consolidated, Mention
from intelligence_capture.graph.reviews import Review
from intelligence_capture.graph.spelling import misspellings, numbered
from intelligence_capture.texts import fold

_YEAR = re.compile(r"(?:19|20)\d\d")


class NameBook:
    """The names of one type: their keys, with aliases and scopes; the matcher for strings in fields too."""

    def __init__(self, rules: NameRules, reader: KeyReader, aliases: dict[str, tuple[str, ...]]) -> None:
        self._rules = rules
        self._reader = reader
        self.shared = rules.shared
        self._proper: dict[str, str] = {}
        self._by_words: dict[str, str] = {}
        for name in sorted(aliases):
            self._by_words.setdefault(fold(name), name)
        for name, others in sorted(aliases.items()):
            for other in others:
                self._by_words.setdefault(fold(other), name)
        for words, name in self._by_words.items():
            key = reader.key(words)
            if not reader.says_little(key):
                self._proper.setdefault(key.text, name)
        # The key of a proper name is its own, whatever another name has for an alias.
        self._proper |= {reader.key(name).text: name for name in sorted(aliases, reverse=True)}
        self.known = frozenset(key for key in self._proper if key)

    def proper(self, text: str) -> str:
        """The proper name that the alias file gives to these words, '' for none."""
        return self._by_words.get(fold(text)) or self._proper.get(self._reader.key(text).text, "")

    def key(self, text: str) -> Key:
        """The key of a name, of its proper name where it is an alias."""
        own = self._reader.key(text)
        proper = self.proper(text)
        return self._reader.key(proper)._replace(maker="", acronym="") if proper else own

    def without_edition(self, text: str) -> str:
        """The key of the product that this is an edition of, '' where it is none."""
        words = self.key(text).words
        kept = tuple(word for word in words if word not in self._rules.editions and not _YEAR.fullmatch(word))
        return "".join(kept) if kept and kept == words[: len(kept)] != words else ""

    def scope(self, mention: Mention) -> str:
        """The company that the thing belongs to, '' where companies share it."""
        if not self._rules.shared:
            return mention.scope
        return mention.scope if self._reader.bound(self.key(mention.text)) else ""

    def split(self, mentions: Iterable[Mention]) -> list[Mention]:
        """The mentions with composite names taken apart."""
        mentions = list(mentions)
        if not self._rules.split:
            return mentions
        alone = Counter(self._reader.key(mention.text).text for mention in mentions)
        known = self.known | {key for key, count in alone.items() if count > 1}
        parts = {text: self._reader.parts(text, known) for text in {mention.text for mention in mentions}}
        return [mention._replace(text=part) for mention in mentions for part in parts[mention.text]]


def consolidate_names(
    mentions: Iterable[Mention], book: NameBook, reviews: Iterable[Review] = ()
) -> Consolidated:
    """The things that these mentions of one type name; the order of the mentions does not matter."""
    reviews = tuple(reviews)
    nodes = nodes_of(book.split(mentions), book.scope, reviewed_ids(reviews))
    keys = _keys(nodes, book)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        groups[node.scope, keys[number]].append(number)
    leaders = {
        group: min(numbers, key=lambda n: (-len(nodes[n].mentions), n)) for group, numbers in groups.items()
    }
    links = [
        Link(leaders[group], number, "same name" if not book.proper(nodes[number].text) else "alias", 1.0)
        for group, numbers in sorted(groups.items())
        for number in numbers
        if number != leaders[group]
    ]
    further = [
        *_acronyms(nodes, keys, leaders, book),
        *_other_orders(nodes, leaders, book),
        *_editions(nodes, leaders, book),
        *_slips(nodes, keys, groups, leaders, book),
    ]
    joined = join_nodes(nodes, [*links, *(link for link, sure in further if sure)], reviews)
    canonicals = canonicals_of(
        nodes,
        joined,
        key_of=lambda node: book.key(node.text).text,
        label_of=lambda group: _label(group, book),
    )
    root = {number: place for place, members in enumerate(joined.sets) for number in members}
    doubts = [
        doubt(nodes, link)
        for link in [
            *(link for link, sure in further if not sure),
            *_longer_names(nodes, keys, leaders, book),
        ]
        if root[link.a] != root[link.b]
    ]
    return Consolidated(canonicals, merges_of(nodes, joined, canonicals), tuple(sorted(doubts)))


def _keys(nodes: Sequence[Node], book: NameBook) -> list[str]:
    """The key of each node; where two makers have a product of one name, each keeps its own."""
    read = [book.key(node.text) for node in nodes]
    single = {key.text for key in read if len(key.words) == 1}
    read = [key._replace(text=key.joined) if key.joined in single else key for key in read]
    makers: dict[str, set[str]] = defaultdict(set)
    for key in read:
        if key.maker:
            makers[key.text].add(key.maker)
    return [
        key.maker + key.text
        if key.maker and len(makers[key.text]) > 1 and key.text not in book.known
        else key.text
        for key in read
    ]


def _acronyms(
    nodes: Sequence[Node], keys: list[str], leaders: dict[tuple[str, str], int], book: NameBook
) -> Iterator[tuple[Link, bool]]:
    """From a name that spells out its acronym to the acronym by itself; unsure where it stands for several."""
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for number, node in enumerate(nodes):
        if acronym := book.key(node.text).acronym:
            meant[node.scope, acronym].add(keys[number])
    for (scope, acronym), names in sorted(meant.items()):
        if (scope, acronym) in leaders:
            for name in sorted(names - {acronym}):
                link = Link(leaders[scope, name], leaders[scope, acronym], "acronym in brackets", 0.95)
                yield link, len(names) == 1


def _other_orders(
    nodes: Sequence[Node], leaders: dict[tuple[str, str], int], book: NameBook
) -> Iterator[tuple[Link, bool]]:
    """Between names of the same words: "Hotel Bel-Air", "Bel-Air Hotel". A post is another in another order."""
    if not book.shared:
        return
    found: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for (scope, _), number in sorted(leaders.items()):
        if len(words := book.key(nodes[number].text).words) > 1:
            found[scope, tuple(sorted(words))].append(number)
    for _, numbers in sorted(found.items()):
        first = min(numbers, key=lambda number: (-len(nodes[number].mentions), number))
        for number in numbers:
            if number != first:
                yield Link(first, number, "other order", 0.95), True


def _editions(
    nodes: Sequence[Node], leaders: dict[tuple[str, str], int], book: NameBook
) -> Iterator[tuple[Link, bool]]:
    """From a product to the one edition of it that is spoken of; unsure where there are several."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (scope, _), number in sorted(leaders.items()):
        if product := book.without_edition(nodes[number].text):
            found[scope, product].append(number)
    for group, editions in sorted(found.items()):
        if group in leaders:
            for number in editions:
                yield Link(leaders[group], number, "edition", 0.95), len(editions) == 1


def _slips(
    nodes: Sequence[Node],
    keys: list[str],
    groups: dict[tuple[str, str], list[int]],
    leaders: dict[tuple[str, str], int],
    book: NameBook,
) -> Iterator[tuple[Link, bool]]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    words: dict[str, tuple[str, ...]] = {}
    for (scope, key), numbers in groups.items():
        counts[scope][key] = len({m.interview_id for n in numbers for m in nodes[n].mentions})
        words[key] = book.key(nodes[numbers[0]].text).words
    for scope in sorted(counts):
        for edge in misspellings(counts[scope], book.known & set(counts[scope])):
            if numbered(words[edge.rare]) == numbered(words[edge.frequent]):
                pair = leaders[scope, edge.frequent], leaders[scope, edge.rare]
                yield Link(*pair, "misspelling", edge.score), edge.sure


def _longer_names(
    nodes: Sequence[Node], keys: list[str], leaders: dict[tuple[str, str], int], book: NameBook
) -> Iterator[Link]:
    """Pairs like "SAP" and "SAP Business One": one thing or two, a person may say."""
    if not book.shared:
        return
    for (scope, key), number in sorted(leaders.items()):
        words = book.key(nodes[number].text).words
        if key in book.known or len(words) < 2:
            continue
        for length in range(len(words) - 1, 0, -1):
            shorter = leaders.get((scope, "".join(words[:length])))
            if shorter is not None and keys[shorter] != key:
                yield Link(shorter, number, "longer name", round(length / len(words), 4))
                break


def _label(group: list[Node], book: NameBook) -> str:
    proper = Counter(name for node in group if (name := book.proper(node.text)))
    return min(proper, key=lambda name: (-proper[name], name)) if proper else most_used(group)
