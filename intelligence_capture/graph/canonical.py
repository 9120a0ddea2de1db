"""Mentions as numbered nodes, joined by edges with a reason, read out as canonical entities."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from intelligence_capture.graph.clusters import Clusters
from intelligence_capture.graph.records import Canonical, Doubt, Mention, Merge
from intelligence_capture.graph.reviews import Review
from intelligence_capture.texts import fold


class Node(NamedTuple):
    """All mentions with the same words in one scope; a mention that a review names by its id stands alone."""

    scope: str
    text: str
    mentions: tuple[Mention, ...]


class Link(NamedTuple):
    """Nodes `a` and `b` are one, by this rule."""

    a: int
    b: int
    rule: str
    score: float


def nodes_of(
    mentions: Iterable[Mention], scope_of: Callable[[Mention], str], reviewed: frozenset[str]
) -> list[Node]:
    """The mentions as nodes, sorted."""
    groups: dict[tuple[str, str, str], list[Mention]] = {}
    for mention in mentions:
        alone = mention.entity_id if mention.entity_id in reviewed else ""
        groups.setdefault((scope_of(mention), mention.text, alone), []).append(mention)
    return [
        Node(key[0], key[1], tuple(sorted(groups[key], key=lambda m: (m.interview_id, m.entity_id, m.scope))))
        for key in sorted(groups)
    ]


class Joined(NamedTuple):
    """The sets of nodes, the links that made them, and those that were refused."""

    sets: list[list[int]]
    used: list[Link]
    refused: list[Link]


def join_nodes(nodes: Sequence[Node], links: Iterable[Link], reviews: Iterable[Review]) -> Joined:
    """Join the nodes along the links, in their order, after what people forced and but for what they forbade."""
    clusters = Clusters(len(nodes))
    reviews = list(reviews)
    for review in reviews:
        if review.action == "forbid":
            for a, b in _sides(nodes, review):
                clusters.forbid(a, b)
    forced = [Link(a, b, "forced", 1.0) for r in reviews if r.action == "force" for a, b in _sides(nodes, r)]
    used: list[Link] = []
    refused: list[Link] = []
    for link in (*forced, *links):
        if clusters.root(link.a) != clusters.root(link.b):
            (used if clusters.join(link.a, link.b) else refused).append(link)
    return Joined(clusters.sets(), used, refused)


def reviewed_ids(reviews: Iterable[Review]) -> frozenset[str]:
    """What reviews may mean as the id of an entity."""
    return frozenset(side for review in reviews for side in (review.a, review.b))


def _sides(nodes: Sequence[Node], review: Review) -> list[tuple[int, int]]:
    """The pairs of nodes that a row speaks of: each of side a with the first of side b, and with all to forbid."""
    sides = [
        [number for number, node in enumerate(nodes) if _touches(review, side, node)]
        for side in (review.a, review.b)
    ]
    if review.action == "forbid":
        return [(a, b) for a in sides[0] for b in sides[1] if a != b]
    together = [*sides[0], *sides[1]]
    return [(together[0], other) for other in together[1:]] if all(sides) else []


def _touches(review: Review, side: str, node: Node) -> bool:
    first = node.mentions[0]
    return review.touches(side, entity_id=first.entity_id, text=node.text, company=first.scope)


def canonicals_of(
    nodes: Sequence[Node],
    joined: Joined,
    *,
    key_of: Callable[[Node], str],
    label_of: Callable[[list[Node]], str],
) -> tuple[Canonical, ...]:
    """Each set of nodes as a canonical entity with a stable id, sorted by id."""
    found: dict[str, Canonical] = {}
    for members in joined.sets:
        group = [nodes[number] for number in members]
        leader = min(group, key=lambda node: (-len(node.mentions), key_of(node), node.text))
        kind = leader.mentions[0].type
        identity = (kind, leader.scope, key_of(leader))
        ident = _identifier(*identity)
        if ident in found:  # people forbade to join two that have the same key
            ident = _identifier(*identity, leader.text, leader.mentions[0].entity_id)
        mentions = tuple(sorted(mention for node in group for mention in node.mentions))
        scopes = {mention.scope for mention in mentions}
        scope = leader.scope if len(scopes) > 1 else scopes.pop()
        found[ident] = Canonical(ident, kind, closed(label_of(group)), scope, mentions)
    return tuple(found[ident] for ident in sorted(found))


def merges_of(nodes: Sequence[Node], joined: Joined, canonicals: Iterable[Canonical]) -> tuple[Merge, ...]:
    """A row for every mention that was joined to another: the number of mentions less that of canonicals."""
    owner = {mention: canonical.id for canonical in canonicals for mention in canonical.mentions}
    rows = [
        _merge(owner[node.mentions[0]], "same words", 1.0, node.mentions[0], other)
        for node in nodes
        for other in node.mentions[1:]
    ]
    for link in joined.used:
        a, b = nodes[link.a].mentions[0], nodes[link.b].mentions[0]
        rows.append(_merge(owner[a], link.rule, link.score, a, b))
    return tuple(sorted(rows))


def doubt(nodes: Sequence[Node], link: Link) -> Doubt:
    """The link as a question to a person."""
    a, b = nodes[link.a].mentions[0], nodes[link.b].mentions[0]
    return Doubt(a.type, nodes[link.a].scope, link.rule, link.score, a.text, b.text, a.entity_id, b.entity_id)


def most_used(group: Iterable[Node]) -> str:
    """The words that most mentions use; of equally many those that read like a name, then the shortest."""
    counts: Counter[str] = Counter()
    for node in group:
        counts[node.text] += len(node.mentions)
    return min(counts, key=lambda text: (-counts[text], not text[:1].isupper(), len(text), text))


def closed(label: str) -> str:
    """The label with its last quotation mark or bracket closed: the words of a label may end inside of it."""
    for opening, closing in (('"', '"'), ("“", "”"), ("«", "»"), ("(", ")"), ("[", "]")):
        is_open = (
            label.count(opening) % 2 if opening == closing else label.count(opening) > label.count(closing)
        )
        if is_open:
            label += closing
    return label


def _merge(canonical: str, rule: str, score: float, a: Mention, b: Mention) -> Merge:
    return Merge(
        canonical, rule, score, a.text, b.text, a.entity_id, b.entity_id, a.interview_id, b.interview_id
    )


def _identifier(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{parts[0]}-{digest[:16]}"


def key_of_text(node: Node) -> str:
    """The words of a node without case and accents."""
    return fold(node.text) or node.text
