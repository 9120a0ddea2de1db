"""The reads of the reports from knowledge_graph.db; what is not there is left out."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from intelligence_capture.reports.rows import Canonical, Contradiction, Graph, Pattern, Relation
from intelligence_capture.storage.connect import reading

Mentions = dict[str, list[tuple[str, str]]]


def read_graph(path: Path | None) -> Graph:
    """The knowledge graph, empty where it was not built."""
    if path is None or not path.is_file():
        return Graph()
    with reading(path) as connection:
        connection.execute("begin")
        mentions: Mentions = defaultdict(list)
        for row in _rows(connection, "mentions", "canonical_id, entity_id, interview_id"):
            mentions[row[0]].append((row[1], row[2]))
        entities = {entity.id: entity for entity in _entities(connection, mentions)}
        return Graph(
            entities=tuple(entities.values()),
            relations=tuple(_relations(connection, entities)),
            patterns=tuple(_patterns(connection, entities)),
            contradictions=tuple(_contradictions(connection, entities, mentions)),
            merges=sum(1 for _ in _rows(connection, "merges", "1")),
        )


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
) -> Iterator[Contradiction]:
    columns = "canonical_id, field, claim_a, claim_b, interview_a, interview_b, quote_a, quote_b"
    places = "question_a, start_a, end_a, question_b, start_b, end_b"
    for row in _rows(connection, "contradictions", f"{columns}, {places}"):
        named = dict(zip(columns.split(", "), row[:-6], strict=True))
        entity, said = entities.get(named["canonical_id"]), mentions[named["canonical_id"]]
        yield Contradiction(
            **named,
            label=entity.label if entity else "",
            type=entity.type if entity else "",
            place_a=row[-6:-3],
            place_b=row[-3:],
            items_a=tuple(item for item, interview in said if interview == named["interview_a"]),
            items_b=tuple(item for item, interview in said if interview == named["interview_b"]),
        )
