"""Consolidation of free text: pain points, processes, inefficiencies and the other told types.

Lexical neighbours are the candidates, embeddings judge them, and what must not be linked is not. Sets grow
only while their members are alike on average: a chain of near pairs does not make a set.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from intelligence_capture.embedding import Embedder
from intelligence_capture.graph.canonical import (
    Link,
    Node,
    canonicals_of,
    doubt,
    join_nodes,
    key_of_text,
    merges_of,
    most_used,
    nodes_of,
    reviewed_ids,
)
from intelligence_capture.graph.judging import Opinions, PairJudge
from intelligence_capture.graph.records import Consolidated, JudgedPair, Mention
from intelligence_capture.graph.reviews import Review
from intelligence_capture.graph.wording import Wording, forbidden, same_trouble, stems_of
from intelligence_capture.settings import GraphSettings

Vector = NDArray[np.float32]
NEIGHBOURS = 10
"""Lexical neighbours of a text that are judged, of its own company and of all: they hold 96 % of the true pairs."""
WEIGHTS = (0.35, 0.3, 0.35)
"""Of shared words, of their part in the shorter text, and of embeddings: set on 47 pairs that one session read."""
SAME_TROUBLE = 0.9
"""Likeness of two complaints of one trouble with one known system or party, whatever else they say."""
_COMMON_STEM = 400
"""A stem in more texts than this finds no candidates."""


class Pair(NamedTuple):
    """Two nodes that may be the same, by number, and how alike they are."""

    score: float
    a: int
    b: int


class Judge:
    """How alike two nodes are, and whether they may be one."""

    def __init__(
        self, nodes: Sequence[Node], wordings: Sequence[Wording], vectors: Mapping[str, Vector]
    ) -> None:
        self.wordings = wordings
        self._companies = [{mention.scope for mention in node.mentions} for node in nodes]
        counts = Counter(stem for wording in wordings for stem in wording.stems)
        # Squared once: the likeness of millions of pairs is summed from these.
        self._weight = {stem: math.log(1 + len(nodes) / count) ** 2 for stem, count in sorted(counts.items())}
        self._scopes = [node.scope for node in nodes]
        several = len({*self._scopes}) > 1
        self._postings: dict[tuple[str, str | None], list[int]] = defaultdict(list)
        for number, wording in enumerate(wordings):
            for stem in wording.stems:
                self._postings[stem, None].append(number)
                if several:
                    self._postings[stem, self._scopes[number]].append(number)
        self._several = several
        self._length = [
            math.sqrt(math.fsum(map(self._weight.__getitem__, wording.stems))) or 1.0 for wording in wordings
        ]
        self._names = stems_of([word for wording in wordings for word in wording.proper])
        self._rows = [vectors[node.text] for node in nodes]

    def score(self, a: int, b: int) -> float:
        """From 0 to 1: shared words, how much of the shorter text they are, and likeness of meaning."""
        if same_trouble(
            self.wordings[a], self.wordings[b], near=bool(self._companies[a] & self._companies[b])
        ):
            return SAME_TROUBLE
        first, second = self.wordings[a].stems, self.wordings[b].stems
        shared = len(first & second)
        # One word in common makes two short texts the same ("la rotación"), but not two sentences.
        if not shared or (shared == 1 and max(len(first), len(second)) > 2):
            return 0.0
        overlap = shared / min(len(first), len(second))
        # Two complaints about one supplier are not one because they name it.
        if not (first & second) - self._names:
            return 0.0
        meaning = max(0.0, float(self._rows[a] @ self._rows[b]))
        return round(WEIGHTS[0] * self.lexical(a, b) + WEIGHTS[1] * overlap + WEIGHTS[2] * meaning, 4)

    def lexical(self, a: int, b: int) -> float:
        """The cosine of the two sets of stems, rare ones weighing more."""
        both = self.wordings[a].stems & self.wordings[b].stems
        shared = math.fsum(map(self._weight.__getitem__, both))
        return shared / (self._length[a] * self._length[b])

    def candidates(self) -> Iterator[tuple[int, int]]:
        """The pairs of lexical neighbours, each once, sorted: of one scope, and of all.

        So that a text finds its company's others however many companies say something like it.
        """
        pairs = set()
        for number in range(len(self.wordings)):
            for scope in (None, self._scopes[number]) if self._several else (None,):
                near = self._neighbours(number, scope)
                pairs |= {(min(number, other), max(number, other)) for other in near}
        yield from sorted(pairs)

    def _neighbours(self, number: int, scope: str | None) -> list[int]:
        """The lexical neighbours of a text in one scope, or in all."""
        stems = self.wordings[number].stems
        postings = [self._postings[stem, scope] for stem in stems]
        others = {other for found in postings if len(found) <= _COMMON_STEM for other in found} - {number}
        return sorted(others, key=lambda other: (-self.lexical(number, other), other))[:NEIGHBOURS]

    def forbids(self, a: int, b: int) -> bool:
        """Whether the two cannot be the same."""
        return bool(forbidden(self.wordings[a], self.wordings[b]))


class Told(NamedTuple):
    """What consolidation found, pairs of things that are alike in different companies, and what was judged."""

    consolidated: Consolidated
    alike: tuple[tuple[str, str, float], ...]
    judgements: tuple[JudgedPair, ...] = ()


def consolidate_texts(
    mentions: Iterable[Mention],
    *,
    wording_of: Callable[[Node], Wording],
    vectors: Mapping[str, Vector],
    settings: GraphSettings,
    scope_of: Callable[[Mention], str] = lambda mention: mention.scope,
    reviews: Iterable[Review] = (),
    ask: PairJudge | None = None,
) -> Told:
    """The things that these mentions of one free-text type speak of, each within its scope.

    `ask` is asked about pairs of likeness `judge_from` and more; what it does not answer, likeness decides.
    """
    reviews = tuple(reviews)
    nodes = nodes_of(mentions, scope_of, reviewed_ids(reviews))
    judge = Judge(nodes, [wording_of(node) for node in nodes], vectors)
    least = min(settings.doubtful, settings.judge_from) if ask else settings.doubtful
    pairs = sorted(
        (Pair(score, a, b) for a, b in judge.candidates() if (score := judge.score(a, b)) >= least),
        key=lambda pair: (-pair.score, pair.a, pair.b),
    )
    opinions = Opinions(nodes, _open_pairs(nodes, pairs, judge, settings), ask)
    links, doubts = _judged(nodes, pairs, judge, opinions, settings)
    joined = join_nodes(nodes, [*_same_words(nodes), *links], reviews)
    canonicals = canonicals_of(nodes, joined, key_of=key_of_text, label_of=most_used)
    place = {number: index for index, members in enumerate(joined.sets) for number in members}
    owner = {mention: canonical.id for canonical in canonicals for mention in canonical.mentions}
    open_doubts = sorted(doubt(nodes, link) for link in doubts if place[link.a] != place[link.b])
    alike = {
        (*sorted((owner[nodes[p.a].mentions[0]], owner[nodes[p.b].mentions[0]])), p.score)
        for p in pairs
        if p.score >= settings.same and nodes[p.a].scope != nodes[p.b].scope and not judge.forbids(p.a, p.b)
    }
    found = Consolidated(canonicals, merges_of(nodes, joined, canonicals), tuple(open_doubts))
    return Told(found, tuple(sorted(alike)), opinions.rows)  # type: ignore[arg-type]


def _same_words(nodes: Sequence[Node]) -> list[Link]:
    first: dict[tuple[str, str], int] = {}
    links = []
    for number, node in enumerate(nodes):
        leader = first.setdefault((node.scope, key_of_text(node)), number)
        if leader != number:
            links.append(Link(leader, number, "same words", 1.0))
    return links


def _open_pairs(
    nodes: Sequence[Node], pairs: Iterable[Pair], judge: Judge, settings: GraphSettings
) -> list[tuple[int, int, float]]:
    """The pairs to ask about: of one company and not forbidden, those nearest to the limit first."""
    found = [
        (pair.a, pair.b, pair.score)
        for pair in pairs
        if pair.score >= settings.judge_from
        and nodes[pair.a].scope == nodes[pair.b].scope
        and key_of_text(nodes[pair.a]) != key_of_text(nodes[pair.b])
        and not judge.forbids(pair.a, pair.b)
    ]
    return sorted(found, key=lambda one: (abs(one[2] - settings.same), one))


def _judged(
    nodes: Sequence[Node], pairs: Sequence[Pair], judge: Judge, opinions: Opinions, settings: GraphSettings
) -> tuple[list[Link], list[Link]]:
    """The links that hold and those that are doubtful, the best first: what was judged before what is alike."""

    def weight(a: int, b: int) -> float:
        return 1.0 if opinions.verdict(a, b) == "same" else judge.score(a, b)

    home = list(range(len(nodes)))
    members = [[number] for number in home]
    links, doubts = [], []
    for pair in sorted(pairs, key=lambda pair: opinions.verdict(pair.a, pair.b) != "same"):
        a, b = home[pair.a], home[pair.b]
        if a == b or nodes[pair.a].scope != nodes[pair.b].scope:
            continue
        across = [(one, other) for one in members[a] for other in members[b]]
        if any(judge.forbids(*both) or opinions.verdict(*both) == "different" for both in across):
            continue
        mean = math.fsum(weight(*both) for both in across) / len(across)
        said = opinions.of(pair.a, pair.b)
        rule = f"{said.judge}: {said.verdict}" if said else "similar words and meaning"
        link = Link(pair.a, pair.b, rule, pair.score)
        alike = said.verdict == "same" if said else pair.score >= settings.same
        if not alike or mean < settings.same_on_average:
            if said or pair.score >= settings.doubtful:
                doubts.append(link if said else link._replace(rule="perhaps the same"))
            continue
        links.append(link)
        members[a] += members[b]
        for number in members[b]:
            home[number] = a
    return links, doubts


def text_vectors(texts_by_interview: Mapping[str, Iterable[str]], embed: Embedder) -> dict[str, Vector]:
    """The embedding of each text, one call an interview: what is kept of the others stays good when one changes."""
    vectors: dict[str, Vector] = {}
    for interview in sorted(texts_by_interview):
        texts = tuple(sorted(set(texts_by_interview[interview])))
        for text, row in zip(texts, embed(texts), strict=True):
            vectors.setdefault(text, row)
    return vectors
