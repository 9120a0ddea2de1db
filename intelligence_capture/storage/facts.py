"""What validation needs to know, read from intelligence.db."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.organisation import Organisation
from intelligence_capture.records import Meta
from intelligence_capture.storage.connect import reading
from intelligence_capture.texts import MOJIBAKE, fold
from intelligence_capture.validation import DatabaseFacts, InterviewState, Problem

_PLACEHOLDERS = frozenset(
    "n a|na|none|null|unknown|desconocido|no aplica|no especificado|not specified|sin datos|tbd|todo|"
    "por definir|xxx|test|prueba|lorem ipsum|string|example|ejemplo".split("|")
)


def database_facts(
    database: Path,
    *,
    expected_interviews: int,
    catalogue: Catalogue,
    organisation: Organisation,
    max_label_words: int,
) -> DatabaseFacts:
    """The facts of this database that the checks judge."""
    with reading(database) as connection:
        connection.row_factory = sqlite3.Row
        labels = connection.execute("select type, id, label, interview_id from all_entities").fetchall()
        counts = dict(connection.execute("select type, entities from entity_counts").fetchall())
        return DatabaseFacts(
            interviews=tuple(_interviews(connection, organisation)),
            expected_interviews=expected_interviews,
            entities_by_type={table: counts.get(table, 0) for table in catalogue.tables},
            entities=len(labels),
            for_review=_number(connection, "select count(*) from all_entities where needs_review"),
            unverified=len(unproven := _problems(connection, _UNPROVEN)),
            mean_confidence=_number(connection, "select coalesce(avg(confidence), 0) from all_entities"),
            integrity=connection.execute("pragma integrity_check").fetchone()[0],
            dangling_references=len(connection.execute("pragma foreign_key_check").fetchall()),
            wrong_offsets=_wrong_offsets(connection),
            unverified_examples=unproven[:1],
            unproven_not_for_review=_problems(connection, _UNPROVEN + " and not a.needs_review"),
            placeholder_labels=_labels(labels, lambda label: fold(label) in _PLACEHOLDERS),
            garbled_labels=_labels(labels, lambda label: bool(MOJIBAKE.search(label))),
            long_labels=_labels(labels, lambda label: len(label.split()) > max_label_words),
            duplicates=_duplicates(labels),
            decisions=_number(connection, "select count(*) from decisions"),
            idle_decisions=_problems(connection, _IDLE_DECISIONS),
        )


_UNPROVEN = """
select a.type || ' ' || a.id as "where", a.label as what from all_entities a
where not exists (select 1 from evidence e where e.entity_type = a.type and e.entity_id = a.id and e.verified)
"""

_IDLE_DECISIONS = """
select interview_id || ', ' || type as "where",
       decision || ' ' || iif(label = '', quote, label) || iif(field = '', '', ': ' || field || ' = ' || value)
       || ' (' || decided_by || '): ' || result || ', ' || why as what
from decisions where result in ('conflict', 'not_found', 'invalid', 'waiting') order by position
"""

_INTERVIEWS = """
with said as (select interview_id, sum(length(answer)) as characters from answers group by interview_id),
found as (select interview_id, count(*) as entities from entities group by interview_id)
select i.*, coalesce(said.characters, 0) as characters, coalesce(found.entities, 0) as entities
from interviews i left join said on said.interview_id = i.id left join found on found.interview_id = i.id
order by i.id
"""


def _interviews(connection: sqlite3.Connection, organisation: Organisation) -> Iterable[InterviewState]:
    for row in connection.execute(_INTERVIEWS):
        meta = Meta(company=row["company_as_written"], business_unit=row["business_unit"], role=row["role"])
        yield InterviewState(
            id=row["id"],
            source=row["source"],
            status=row["status"],
            error=row["error"],
            company=row["company"],
            company_as_written=row["company_as_written"],
            known_place=organisation.place(meta).known,
            characters=row["characters"],
            entities=row["entities"],
            warnings=tuple(json.loads(row["warnings"])),
        )


def _wrong_offsets(connection: sqlite3.Connection) -> tuple[Problem, ...]:
    # SQLite's substr stops at a NUL character, so the words are compared here.
    rows = connection.execute(
        "select e.entity_type, e.entity_id, e.start, e.end, e.quote, s.answer from evidence e "
        "join entities n on n.id = e.entity_id left join answers s on s.interview_id = n.interview_id "
        "and s.question_index = e.question_index where e.verified"
    )
    return tuple(
        Problem(where=f"{row['entity_type']} {row['entity_id']}", what=row["quote"])
        for row in rows
        if row["answer"] is None or row["answer"][row["start"] : row["end"]] != row["quote"]
    )


def _labels(rows: list[sqlite3.Row], objectionable: Callable[[str], bool]) -> tuple[Problem, ...]:
    return tuple(
        Problem(where=f"{row['type']} {row['id']}", what=row["label"])
        for row in rows
        if objectionable(row["label"])
    )


def _duplicates(rows: list[sqlite3.Row]) -> tuple[Problem, ...]:
    seen: dict[tuple[str, str, str], str] = {}
    problems = []
    for row in rows:
        key = (row["interview_id"], row["type"], fold(row["label"]))
        if key in seen:
            problems.append(Problem(where=f"{row['type']} {row['id']}", what=row["label"]))
        seen[key] = row["id"]
    return tuple(problems)


def _problems(connection: sqlite3.Connection, sql: str) -> tuple[Problem, ...]:
    return tuple(Problem(where=row["where"], what=row["what"]) for row in connection.execute(sql))


def _number(connection: sqlite3.Connection, sql: str) -> float:
    value: float = connection.execute(sql).fetchone()[0]
    return value
