"""Relations between canonical entities, each with its ground and the words that it stands on."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from intelligence_capture.graph.records import Item, Proof, Relation, Talk
from intelligence_capture.graph.relation_table import RelationType
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.graph.sentences import (
    always_after,
    always_denied,
    own_sentence,
    places,
    proof,
    sentence_at,
)
from intelligence_capture.records import Value
from intelligence_capture.texts import fold

STRENGTH = {"stated": 0.9, "sentence": 0.6, "answer": 0.2}
"""What one interview's word is worth on each ground; independent interviews add up to less than 1."""

Owners = Mapping[str, tuple[str, ...]]
"""The canonical entities that an entity names: several for a composite, by entity id."""


class Found(NamedTuple):
    """One reason for a relation."""

    source_id: str
    relation: str
    target_id: str
    ground: str
    proof: Proof


def find_relations(
    table: Iterable[RelationType],
    talks: Iterable[Talk],
    items: Iterable[Item],
    owners: Owners,
    resolver: Resolver,
) -> tuple[Relation, ...]:
    """All relations, each on its strongest ground, sorted."""
    by_talk: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.id):
        by_talk[item.interview_id].append(item)
    table = tuple(table)
    found = [
        one
        for talk in sorted(talks, key=lambda talk: talk.id)
        for row in table
        for one in _in_talk(row, talk, by_talk[talk.id], owners, resolver)
    ]
    return _gathered(found)


def _in_talk(
    row: RelationType, talk: Talk, items: list[Item], owners: Owners, resolver: Resolver
) -> Iterator[Found]:
    sources = [item for item in items if item.type == row.source]
    for item in sources:
        for target, where in _stated(row, row.fields, row.targets, talk, item, resolver):
            yield from (
                Found(source, row.relation, target, "stated", where) for source in owners.get(item.id, ())
            )
    for item in items:
        if item.type in row.targets:
            for source, where in _stated(row, row.target_fields, (row.source,), talk, item, resolver):
                yield from (Found(source, row.relation, t, "stated", where) for t in owners.get(item.id, ()))
    if row.only_stated:
        return
    for target_type in row.targets:
        targets = [item for item in items if item.type == target_type]
        for source_item, target_item, ground, where in _side_by_side(talk, sources, targets):
            for source in owners.get(source_item.id, ()):
                for target in owners.get(target_item.id, ()):
                    yield Found(source, row.relation, target, ground, where)


def _stated(
    row: RelationType,
    fields: tuple[str, ...],
    types: tuple[str, ...],
    talk: Talk,
    item: Item,
    resolver: Resolver,
) -> Iterator[tuple[str, Proof]]:
    """The entities of these types that fields of the item name, with the sentence that says it."""
    where = own_sentence(talk, item)
    if where is None:
        return
    for field in fields:
        for words in texts(item.fields.get(field)):
            said = _said_at(talk, item, words) or where
            if always_after(row.not_after, words, said.quote) or always_denied(words, said.quote):
                continue
            for kind in types:
                for ident in resolver.all_named(kind, words, company=item.company, interview=talk.id):
                    yield ident, said


def texts(value: Value) -> list[str]:
    """The texts in a field."""
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text.strip()]


def _said_at(talk: Talk, item: Item, words: str) -> Proof | None:
    """The sentence of the item's evidence that holds these words."""
    for question, start, end in places(item):
        answer = talk.answers[question].answer
        span = sentence_at(answer, start, end)
        if fold(words) in fold(answer[span[0] : span[1]]):
            return proof(talk, item, question, *span)
    return None


def _side_by_side(
    talk: Talk, sources: list[Item], targets: list[Item]
) -> Iterator[tuple[Item, Item, str, Proof]]:
    """Pairs in one sentence, or else in one answer.

    Where several sources stand in a sentence, each target goes with the nearest of them.
    """
    at: dict[tuple[int, int, int], list[tuple[Item, int, int]]] = defaultdict(list)
    answers: dict[int, list[tuple[Item, int, int]]] = defaultdict(list)
    for item in sources:
        for question, start, end in places(item):
            at[(question, *_sentence(talk, question, start, end))].append((item, start, end))
            answers[question].append((item, start, end))
    for target in targets:
        for question, start, end in places(target):
            sentence = _sentence(talk, question, start, end)
            near = at.get((question, *sentence), [])
            closest = min((_distance(start, end, *span[1:]) for span in near), default=0)
            for item, *span in near:
                if item.id != target.id and _distance(start, end, *span) == closest:
                    yield item, target, "sentence", proof(talk, item, question, *sentence)
            for item, *span in answers.get(question, []):
                if item.id != target.id:
                    both = min(start, span[0]), max(end, span[1])
                    whole = sentence_at(talk.answers[question].answer, *both)
                    yield item, target, "answer", proof(talk, item, question, *whole)


def _sentence(talk: Talk, question: int, start: int, end: int) -> tuple[int, int]:
    return sentence_at(talk.answers[question].answer, start, end)


def _distance(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, other_start - end, start - other_end)


def _gathered(found: Iterable[Found]) -> tuple[Relation, ...]:
    """One relation for each pair, with the proofs of its strongest ground."""
    groups: dict[tuple[str, str, str], dict[str, set[Proof]]] = defaultdict(lambda: defaultdict(set))
    for one in found:
        if one.source_id != one.target_id:
            groups[one.source_id, one.relation, one.target_id][one.ground].add(one.proof)
    relations = []
    for (source, relation, target), grounds in sorted(groups.items()):
        ground = max(grounds, key=STRENGTH.__getitem__)
        proofs = tuple((ground, where) for where in sorted(grounds[ground]))
        best: dict[str, float] = {}
        for name, places_ in grounds.items():
            for where in places_:
                best[where.interview_id] = max(best.get(where.interview_id, 0.0), STRENGTH[name])
        strength = 1.0 - math.prod(1.0 - best[interview] for interview in sorted(best))
        relations.append(Relation(source, relation, target, ground, round(strength, 4), len(best), proofs))
    return tuple(relations)
