"""The reads of the reports from knowledge_graph.db; what is not there is left out."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from sys import intern
from typing import Any

from intelligence_capture.reports.contradictions import LISTED, weight
from intelligence_capture.reports.rows import Canonical, Clash, Contradiction, Graph, Pattern, Relation
from intelligence_capture.storage.connect import reading

Mentions = dict[str, list[tuple[str, str]]]


def read_graph(path: Path | None) -> tuple[Graph, tuple[Clash, ...]]:
    """The knowledge graph and what figures count of every contradiction, empty where it was not built."""
    if path is None or not path.is_file():
        return Graph(), ()
    with reading(path) as connection:
        connection.execute("begin")
        mentions: Mentions = defaultdict(list)
        for row in _rows(connection, "mentions", "canonical_id, entity_id, interview_id"):
            mentions[row[0]].append((row[1], row[2]))
        entities = {entity.id: entity for entity in _entities(connection, mentions)}
        listed, clashes = _contradictions(connection, entities, mentions)
        graph = Graph(
            entities=tuple(entities.values()),
            relations=tuple(_relations(connection, entities)),
            patterns=tuple(_patterns(connection, entities)),
            contradictions=listed,
            unlisted=len(clashes) - len(listed),
            merges=sum(1 for _ in _rows(connection, "merges", "1")),
        )
    return graph, clashes


def _rows(connection: sqlite3.Connection, table: str, columns: str) -> Iterator[Any]:
    exists = connection.execute(
        "select 1 from sqlite_master where type in ('table', 'view') and name = ?", (table,)
    ).fetchone()
    if exists:
        # Sorted by all columns: the same graph gives the same reports.
        order = ", ".join(str(n) for n in range(1, columns.count(",") + 2))
        yield from connection.execute(f"select {columns} from {table} order by {order}")


def _entities(connection: sqlite3.Connection, mentions: Mentions) -> Iterator[Canonical]:
    columns = "id, type, label, company, mention_count, interview_count, confidence"
    for row in _rows(connection, "canonical_entities", columns):
        named = dict(zip(columns.split(", "), row, strict=True))
        yield Canonical(**named, items=tuple(entity for entity, _ in mentions[named["id"]]))


def _relations(connection: sqlite3.Connection, entities: dict[str, Canonical]) -> Iterator[Relation]:
    columns = "source_id, relation, target_id, ground, strength, decided_by"
    for row in _rows(connection, "relations", columns):
        # What was only mentioned in the same answer is for the analyst's own questions to the database.
        if row[3] == "answer":
            continue
        relation = Relation(**dict(zip(columns.split(", "), row, strict=True)))
        if relation.source_id in entities and relation.target_id in entities:
            yield relation


def _patterns(connection: sqlite3.Connection, entities: dict[str, Canonical]) -> Iterator[Pattern]:
    evidence: dict[int, set[str]] = defaultdict(set)
    for pattern, item in _rows(connection, "pattern_evidence", "pattern_id, entity_id"):
        evidence[pattern].add(item)
    for ident, kind, canonical, other_end, interviews, share in _rows(
        connection, "patterns", "id, kind, canonical_id, other_id, interview_count, share"
    ):
        entity, other = entities.get(canonical), entities.get(other_end)
        # A flow is named by both its ends.
        names = [end.label for end in (entity, other) if end]
        yield Pattern(
            kind=kind,
            canonical_id=canonical,
            label=" → ".join(names),
            type=entity.type if entity else "",
            interview_count=interviews,
            share=share,
            # What it rests on, not all that is said of the thing: most mentions of a system blame it for nothing.
            items=tuple(sorted(evidence[ident])) or (entity.items if entity else ()),
        )


def _contradictions(
    connection: sqlite3.Connection, entities: dict[str, Canonical], mentions: Mentions
) -> tuple[tuple[Contradiction, ...], tuple[Clash, ...]]:
    """The contradictions that reports list, and of each what figures count: whole, they would fill the memory."""
    columns = "canonical_id, field, claim_a, claim_b, interview_a, interview_b, quote_a, quote_b"
    places = "question_a, start_a, end_a, question_b, start_b, end_b"
    said = cache(
        lambda thing, interview: tuple(item for item, where in mentions.get(thing, ()) if where == interview)
    )
    weights, clashes = [], []
    # Both reads are in the order of all columns, so a contradiction has the same place in both.
    for row in _rows(connection, "contradictions", f"{columns}, {places}"):
        thing, (a, b) = entities.get(row[0]), map(intern, row[4:6])
        weights.append(weight(row[1], thing.interview_count if thing else 0, thing.label if thing else ""))
        clashes.append(Clash(a, b, said(row[0], a), said(row[0], b)))
    chosen = set(sorted(range(len(weights)), key=weights.__getitem__)[:LISTED])
    listed = []
    for place, row in enumerate(_rows(connection, "contradictions", f"{columns}, {places}")):
        if place in chosen:
            thing, clash = entities.get(row[0]), clashes[place]
            listed.append(
                Contradiction(
                    **dict(zip(columns.split(", "), row[:-6], strict=True)),
                    label=thing.label if thing else "",
                    type=thing.type if thing else "",
                    place_a=row[-6:-3],
                    place_b=row[-3:],
                    items_a=clash.items_a,
                    items_b=clash.items_b,
                )
            )
    return tuple(listed), tuple(clashes)
