"""Merge: all extraction files in, intelligence.db out, built anew each time."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

from intelligence_capture.catalogue import Catalogue, EntityType
from intelligence_capture.dates import read_date
from intelligence_capture.errors import DatabaseError
from intelligence_capture.organisation import Organisation, Place
from intelligence_capture.records import Entity, Extraction, Interview
from intelligence_capture.reviews.apply import Outcome, corrected, waiting
from intelligence_capture.reviews.decisions import Decision
from intelligence_capture.storage.connect import building
from intelligence_capture.storage.schema import FULL_TEXT, INDEXES, database_script, stored


def merge_database(
    extractions: Iterable[Path],
    database: Path,
    *,
    catalogue: Catalogue,
    organisation: Organisation,
    decisions: Sequence[Decision] = (),
) -> None:
    """Build `database` from these extraction files as people corrected them; their order does not matter."""
    open_decisions = _by_interview(decisions)
    outcomes: list[Outcome] = []
    with building(database) as connection:
        connection.executescript(database_script(catalogue))
        connection.execute("begin")
        _insert_types(connection, catalogue)
        for path in sorted(extractions, key=lambda path: path.name):
            extraction = read_extraction(path)
            extraction, decided = corrected(extraction, open_decisions.pop(extraction.id, ()), catalogue)
            outcomes += decided
            _insert_extraction(connection, extraction, catalogue, organisation)
        for left in open_decisions.values():
            outcomes += waiting(left, "there is no such interview")
        _insert_outcomes(connection, outcomes)
        connection.execute("commit")
        connection.executescript(INDEXES + FULL_TEXT)


def read_extraction(path: Path) -> Extraction:
    """The record in an extraction file; DatabaseError says how to rebuild it where it is damaged."""
    try:
        return Extraction.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise DatabaseError(
            f"{path}: not an extraction of this version ({type(error).__name__}); "
            "remove it and run again: paid answers are kept in responses/"
        ) from error


def _by_interview(decisions: Sequence[Decision]) -> dict[str, list[tuple[int, Decision]]]:
    found: dict[str, list[tuple[int, Decision]]] = {}
    for position, decision in enumerate(decisions):
        found.setdefault(decision.interview, []).append((position, decision))
    return found


def _insert_outcomes(connection: sqlite3.Connection, outcomes: Iterable[Outcome]) -> None:
    connection.executemany(
        f"insert into decisions values ({_marks(15)})",
        [
            (
                outcome.position,
                outcome.result,
                outcome.why,
                row.decision,
                row.interview,
                row.type,
                outcome.entity_id,
                row.quote,
                row.label,
                row.field,
                row.value,
                row.machine,
                row.note,
                row.by,
                row.date,
            )
            for outcome in outcomes
            for row in [outcome.decision]
        ],
    )


def _insert_types(connection: sqlite3.Connection, catalogue: Catalogue) -> None:
    connection.executemany(
        "insert into entity_types values (?, ?, ?, ?, ?)",
        [
            (t.table, t.name, position, t.title.es, t.title.en)
            for position, t in enumerate(catalogue.types, start=1)
        ],
    )


def _insert_extraction(
    connection: sqlite3.Connection, extraction: Extraction, catalogue: Catalogue, organisation: Organisation
) -> None:
    place = organisation.place(extraction.interview.meta)
    _insert_interview(connection, extraction, place)
    for entity_type in catalogue.types:
        for entity in extraction.entities.get(entity_type.table, ()):
            _insert_entity(connection, entity, entity_type, extraction.id, place)
    usage = extraction.usage
    connection.execute(
        f"insert into provenance values ({_marks(11)})",
        (
            extraction.id,
            extraction.extractor,
            extraction.model,
            extraction.fingerprint,
            usage.calls,
            usage.calls_from_store,
            usage.prompt_tokens,
            usage.cached_tokens,
            usage.completion_tokens,
            extraction.cost_usd,
            extraction.duration_seconds,
        ),
    )


def _insert_interview(connection: sqlite3.Connection, extraction: Extraction, place: Place) -> None:
    interview: Interview = extraction.interview
    meta = interview.meta
    connection.execute(
        f"insert into interviews values ({_marks(15)})",
        (
            extraction.id,
            place.company,
            place.business_unit,
            place.department,
            meta.respondent,
            meta.role,
            read_date(meta.date, language=interview.language),
            meta.date,
            meta.company,
            interview.language,
            interview.source,
            extraction.sha256,
            extraction.status,
            extraction.error,
            json.dumps(extraction.warnings or interview.warnings, ensure_ascii=False),
        ),
    )
    connection.executemany(
        "insert into answers values (?, ?, ?, ?)",
        [
            (extraction.id, index, answer.question, answer.answer)
            for index, answer in enumerate(interview.answers)
        ],
    )
    connection.executemany(
        "insert into answer_times values (?, ?, ?, ?)",
        [
            (extraction.id, index, start, seconds)
            for index, answer in enumerate(interview.answers)
            for start, seconds in answer.times
        ],
    )


def _insert_entity(
    connection: sqlite3.Connection, entity: Entity, entity_type: EntityType, interview_id: str, place: Place
) -> None:
    connection.execute("insert into entities values (?, ?, ?)", (entity.id, entity.type, interview_id))
    row = [
        entity.id,
        interview_id,
        entity.label,
        entity.description,
        place.company,
        place.business_unit,
        place.department,
        entity.confidence,
        int(entity.needs_review),
        entity.extractor,
        *(stored(entity.fields.get(name, spec.empty()), spec) for name, spec in entity_type.fields.items()),
    ]
    # The table name comes from the catalogue, whose names are checked identifiers.
    connection.execute(f"insert into {entity_type.table} values ({_marks(len(row))})", row)
    connection.executemany(
        "insert into evidence values (?, ?, ?, ?, ?, ?, ?)",
        [
            (entity.type, entity.id, e.question_index, e.start, e.end, e.quote, int(e.verified))
            for e in entity.evidence
        ],
    )
    connection.executemany(
        "insert into review_reasons values (?, ?)", [(entity.id, reason) for reason in entity.review_reasons]
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
