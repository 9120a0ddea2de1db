"""Pairs of statements of two people that cannot both hold, whatever kind of claim they make."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from intelligence_capture.embedding import Embedder
from intelligence_capture.graph.amounts import AHEAD, amount_claims
from intelligence_capture.graph.approvers import approver_claims, same_people_or_step
from intelligence_capture.graph.claims import Said, Weights, by_two_people, elsewhere, same_place
from intelligence_capture.graph.deadlines import deadline_claims, deadline_pairs
from intelligence_capture.graph.free_text import text_vectors
from intelligence_capture.graph.ladders import ladder_claims, ladder_pairs
from intelligence_capture.graph.marks import mark_claims, mark_pairs
from intelligence_capture.graph.methods import method_claims, method_pairs
from intelligence_capture.graph.opposites import opposite_claims, opposite_pairs
from intelligence_capture.graph.posts import post_claims, post_pairs
from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.graph.scope import BREAK, about_one, apart, part_of, same_statement, telling
from intelligence_capture.graph.sizes import size_claims, size_pairs
from intelligence_capture.graph.slots import slot_claims, slot_pairs

CANDIDATE = 0.2
"""Likeness of words from which two sentences are compared by meaning."""
ALIKE = {"": 0.62, "times a year": 0.55}
"""Likeness of words and of meaning together from which they speak of the same thing, by kind of claim."""
SHARED = 2
"""Words that two sentences have in common at least, where one doesn't tell just what the other tells."""
ACROSS = 0.6
"""Likeness of meaning from which sentences in two languages speak of the same thing, if they share a term."""


def clashing_statements(
    talks: tuple[Talk, ...], resolver: Resolver, embed: Embedder
) -> list[tuple[Said, Said, str]]:
    """Each pair with the reason why both cannot hold, by kind of claim, in their order."""
    weights = Weights(talks)
    spoken = {talk.id: talk for talk in talks}
    amounts = list(amount_claims(talks))
    return [
        *(
            (a, b, f"two sentences about the same, likeness {x:.2f}")
            for a, b, x in _pairs([*amounts, *approver_claims(talks)], weights, embed)
        ),
        *(
            (a, b, f"two languages, likeness {x:.2f}")
            for a, b, x in _across_languages(amounts, spoken, embed)
        ),
        *(
            (a, b, "two sentences about the same systems")
            for a, b in method_pairs(method_claims(talks, resolver))
        ),
        *(
            (a, b, "one clause says the opposite of the other")
            for a, b in opposite_pairs(opposite_claims(talks))
            if same_place(a, b)
        ),
        *(
            (a, b, "two sentences on when the same happens")
            for a, b in deadline_pairs(deadline_claims(talks), weights)
        ),
        *((a, b, "two sentences on the size of the same") for a, b in size_pairs(size_claims(talks))),
        *(
            (a, b, "two sentences fill one place of a statement with two values")
            for a, b in slot_pairs(slot_claims(talks, resolver))
            if same_place(a, b)
        ),
        *((a, b, "two marks for one system") for a, b in mark_pairs(mark_claims(talks, resolver))),
        *((a, b, "two ladders of approval") for a, b in ladder_pairs(ladder_claims(talks))),
        *((a, b, "two sentences about the same post") for a, b in post_pairs(post_claims(talks))),
    ]


def _pairs(claims: Iterable[Said], weights: Weights, embed: Embedder) -> Iterator[tuple[Said, Said, float]]:
    """The pairs that clash, the likest first; each claim in one pair with each other interview."""
    # Each text by itself and once: there are many more pairs than texts, and a text embedded beside
    # another one may get other numbers.
    meaning = cache(lambda text: embed((text,))[0])
    found = []
    for a, b in by_two_people(claims):
        if not _clashing(a, b):
            continue
        same = _same_statement(a, b) if a.quantity else same_statement(a.chain, b.chain)
        # Two sentences that name one supplier are not about the same because of it.
        shared = telling(a.words.keys() & b.words.keys()) - a.names - b.names
        crossed = telling(a.near & b.words.keys()) and telling(b.near & a.words.keys())
        few = len(shared) < SHARED or not crossed or (a.who and len(a.near & b.near) < SHARED)
        # What is done ahead of another thing is often told in the clause before: one rare term will do.
        ahead = a.kind == AHEAD and weights.any_rare(shared & (a.near | b.near))
        if few and not same and not ahead:
            continue
        if elsewhere(a, b) or apart(a.chain, a.words, b.chain, b.words):
            continue
        if not same and (
            part_of(plain(a.context), a.near, b.words) or part_of(plain(b.context), b.near, a.words)
        ):
            continue
        likeness = weights.likeness(a, b)
        if same or ahead:
            found.append((1 + round(likeness, 4), a, b))
        elif likeness >= CANDIDATE:
            both = likeness + float(meaning(a.context) @ meaning(b.context))
            if both >= ALIKE.get(a.kind, ALIKE[""]):
                found.append((round(both, 4), a, b))
    found.sort(key=lambda one: (-one[0], one[1][:6], one[2][:6]))
    used = set()
    for likeness, a, b in found:
        pair = (a.interview_id, b.interview_id, a.question_index, a.start, b.question_index, b.start)
        if pair not in used:
            used.add(pair)
            yield a, b, likeness


def _same_statement(a: Said, b: Said) -> bool:
    """Whether two amounts are of one thing, by what their clauses tell, or with what is told just before."""
    thin = a.kind == "times a year"
    if same_statement(a.told, b.told, thin=thin):
        return True
    # What was told just before may be the topic of one of them, if what it tells itself is not of something else.
    return bool(about_one(a.told, b.told) - {BREAK}) and any(
        same_statement((*one.topic, BREAK, *one.told), other.told, thin=thin)
        for one, other in ((a, b), (b, a))
        if one.topic
    )


def _across_languages(
    claims: Iterable[Said], talks: Mapping[str, Talk], embed: Embedder
) -> Iterator[tuple[Said, Said, float]]:
    """The pairs that clash in two languages: they share few words, so that meaning has to say it."""
    pairs = [
        (a, b)
        for a, b in by_two_people(claims)
        if talks[a.interview_id].language != talks[b.interview_id].language and _clashing(a, b)
    ]
    texts: dict[str, set[str]] = defaultdict(set)
    for one in (one for pair in pairs for one in pair):
        texts[one.interview_id].add(one.context)
    vectors = text_vectors(texts, embed)
    for a, b in pairs:
        likeness = float(vectors[a.context] @ vectors[b.context])
        if likeness >= ACROSS and telling(a.words.keys() & b.words.keys()):
            yield a, b, likeness


def _clashing(a: Said, b: Said) -> bool:
    if a.quantity and b.quantity:
        return a.quantity.clashes(b.quantity)
    return bool(a.who and b.who) and not same_people_or_step(a, b)
