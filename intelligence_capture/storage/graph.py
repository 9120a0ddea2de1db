"""knowledge_graph.db: all of intelligence.db and the graph, written whole."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.graph.records import (
    Canonical,
    Contradiction,
    Item,
    KnowledgeGraph,
    Proof,
    Source,
    Talk,
)
from intelligence_capture.records import Answer
from intelligence_capture.storage.connect import building, reading
from intelligence_capture.storage.graph_schema import GRAPH_INDEXES, GRAPH_TABLES
from intelligence_capture.storage.report_data import read_items


def read_source(database: Path, catalogue: Catalogue) -> Source:
    """What the graph is built from."""
    with reading(database) as connection:
        connection.execute("begin")
        items = tuple(
            Item(
                id=item.id,
                type=item.type,
                interview_id=item.interview_id,
                label=item.label,
                description=item.description,
                company=item.company,
                business_unit=item.business_unit,
                confidence=item.confidence,
                fields=item.fields,
                evidence=item.evidence,
            )
            for item in read_items(connection, catalogue)
        )
        return Source(types=catalogue.types, talks=tuple(_talks(connection)), items=items)


def write_graph(graph: KnowledgeGraph, *, source: Path, database: Path) -> None:
    """Build `database` from all tables of `source` and the graph."""
    with building(database) as connection:
        _copy(connection, source)
        connection.executescript(GRAPH_TABLES)
        connection.execute("begin")
        _insert(connection, "canonical_entities", map(_canonical_row, graph.canonicals))
        _insert(
            connection,
            "mentions",
            sorted(
                {
                    (one.id, m.type, m.entity_id, m.interview_id, m.text, m.scope)
                    for one in graph.canonicals
                    for m in one.mentions
                }
            ),
        )
        _insert(connection, "merges", graph.merges)
        _insert(connection, "merge_doubts", graph.doubts)
        _insert(connection, "judgements", graph.judgements)
        _insert_relations(connection, graph)
        _insert(connection, "relation_decisions", graph.relation_outcomes)
        _insert_patterns(connection, graph)
        respondents = dict(connection.execute("select id, respondent from interviews"))
        _insert(
            connection,
            "contradictions",
            (_contradiction_row(n, one, respondents) for n, one in enumerate(graph.contradictions, start=1)),
        )
        connection.execute("commit")
        connection.executescript(GRAPH_INDEXES)


def _talks(connection: sqlite3.Connection) -> Iterator[Talk]:
    answers: dict[str, list[Answer]] = {}
    for interview, question, answer in connection.execute(
        "select interview_id, question, answer from answers order by interview_id, question_index"
    ):
        answers.setdefault(interview, []).append(Answer(question=question, answer=answer))
    names = ("id", "company", "business_unit", "department", "respondent", "role", "language")
    for row in connection.execute(
        f"select {', '.join(names)} from interviews where status = 'ok' order by id"
    ):
        yield Talk(**dict(zip(names, row, strict=True)), answers=tuple(answers.get(row[0], ())))


def _copy(connection: sqlite3.Connection, source: Path) -> None:
    """Everything of the source: its pages are copied, so that tables, views and search are the same."""
    with reading(source) as other:
        other.backup(connection)
    connection.execute("pragma foreign_keys = on")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        connection.execute(f"insert into {table} values ({marks})", tuple(first))
        connection.executemany(f"insert into {table} values ({marks})", rows)


def _canonical_row(one: Canonical) -> tuple[object, ...]:
    companies = {mention.scope for mention in one.mentions} - {""}
    counts = (len({(m.entity_id, m.text) for m in one.mentions}), len(one.interviews), len(companies))
    return (one.id, one.type, one.label, one.scope, *counts, one.confidence)


def _insert_relations(connection: sqlite3.Connection, graph: KnowledgeGraph) -> None:
    evidence: list[tuple[object, ...]] = []
    rows: list[tuple[object, ...]] = []
    for number, one in enumerate(graph.relations, start=1):
        rows.append((number, *one[:6], one.decided_by))
        evidence += [(number, ground, *_place(where)) for ground, where in one.proofs]
    _insert(connection, "relations", rows)
    _insert(connection, "relation_evidence", evidence)


def _insert_patterns(connection: sqlite3.Connection, graph: KnowledgeGraph) -> None:
    evidence: list[tuple[object, ...]] = []
    rows: list[tuple[object, ...]] = []
    for number, one in enumerate(graph.patterns, start=1):
        companies = json.dumps(one.companies, ensure_ascii=False)
        counts = (one.interview_count, one.share, companies, one.weight)
        rows.append((number, one.kind, one.canonical_id, one.other_id or None, *counts))
        evidence += [(number, *_place(where)) for where in one.proofs]
    _insert(connection, "patterns", rows)
    _insert(connection, "pattern_evidence", evidence)


def _place(where: Proof) -> tuple[object, ...]:
    return (where.interview_id, where.entity_id, where.question_index, where.start, where.end, where.quote)


def _contradiction_row(number: int, one: Contradiction, respondents: dict[str, str]) -> tuple[object, ...]:
    a, b = one.a.proof, one.b.proof
    return (
        *(number, one.canonical_id, one.field, one.kind, one.reason, one.a.company),
        *(one.a.said, one.b.said, one.a.value, one.b.value, a.interview_id, b.interview_id),
        *(respondents[a.interview_id], respondents[b.interview_id], a.entity_id or None, b.entity_id or None),
        *(a.question_index, a.start, a.end, a.quote, b.question_index, b.start, b.end, b.quote),
    )
