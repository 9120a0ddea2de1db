"""The reads of the reports: rows of the databases as records, and the figures formed from them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from sys import intern
from typing import Any

from pydantic import ValidationError

from intelligence_capture.catalogue import COMMON_COLUMNS, Catalogue, EntityType
from intelligence_capture.records import Answer, Evidence, Value
from intelligence_capture.reports.compose import compose
from intelligence_capture.reports.methods import Extractor
from intelligence_capture.reports.records import Language, ReportData
from intelligence_capture.reports.rows import Item, Rows, Spent, Talk, Validation
from intelligence_capture.reviews.decisions import Said
from intelligence_capture.storage.connect import reading
from intelligence_capture.storage.report_graph import read_graph

TALK_COLUMNS = (
    "id, company, business_unit, department, respondent, role, date, "
    "language, source, status, error, warnings"
)
SPENT_COLUMNS = ("extractor", "model", "calls", "prompt_tokens", "completion_tokens", "cost_usd")

REPEATED = {"interview_id", "company", "business_unit", "department", "extractor"}


def report_data(
    database: Path,
    *,
    catalogue: Catalogue,
    graph: Path | None = None,
    validation: Path | None = None,
    language: Language = "es",
) -> ReportData:
    """Everything the reports say; a graph or a validation that is not there (yet) is left out."""
    with reading(database) as connection:
        connection.execute("begin")  # all figures from one state of the database
        graph_read, clashes = read_graph(graph)
        rows = Rows(
            types=catalogue.types,
            talks=_talks(connection),
            items=read_items(connection, catalogue),
            validation=_validation(validation),
            graph=graph_read,
            clashes=clashes,
        )
    return compose(rows, language=language)


def _talks(connection: sqlite3.Connection) -> tuple[Talk, ...]:
    answers: dict[str, list[Answer]] = defaultdict(list)
    for interview, question, answer in connection.execute(
        "select interview_id, question, answer from answers order by interview_id, question_index"
    ):
        answers[interview].append(Answer(question=question, answer=answer))
    spent = {
        interview: Spent(**dict(zip(SPENT_COLUMNS, values, strict=True)))
        for interview, *values in connection.execute(
            f"select interview_id, {', '.join(SPENT_COLUMNS)} from provenance"
        )
    }
    names = [name.strip() for name in TALK_COLUMNS.split(",")]
    return tuple(
        Talk(
            **dict(zip(names[:-1], row[:-1], strict=True)),
            spent=spent.get(row[0], Spent()),
            warnings=tuple(json.loads(row[-1])),
            answers=tuple(answers[row[0]]),
        )
        for row in connection.execute(f"select {TALK_COLUMNS} from interviews order by id")
    )


def read_items(connection: sqlite3.Connection, catalogue: Catalogue) -> tuple[Item, ...]:
    """Every entity with its evidence, in the order of the catalogue."""
    quotes: dict[str, list[Evidence]] = defaultdict(list)
    for entity, index, start, end, quote, verified in connection.execute(
        "select entity_id, question_index, start, end, quote, verified from evidence "
        "order by entity_id, question_index is null, question_index, start, end, quote"
    ):
        quotes[entity].append(
            Evidence(question_index=index, start=start, end=end, quote=quote, verified=bool(verified))
        )
    reasons: dict[str, list[str]] = defaultdict(list)
    for entity, reason in connection.execute(
        "select entity_id, reason from review_reasons order by entity_id, reason"
    ):
        reasons[entity].append(intern(reason))
    decided: dict[str, dict[str, str]] = {
        entity: {"decided": how, "decided_by": by}
        for entity, how, by in connection.execute("select id, decided, decided_by from decided_entities")
    }
    return tuple(
        _item(row, entity_type, quotes, reasons, decided.get(row[0], {}))
        for entity_type in catalogue.types
        for row in _type_rows(connection, entity_type)
    )


def _type_rows(connection: sqlite3.Connection, entity_type: EntityType) -> list[Any]:
    names = ", ".join(f'"{name}"' for name in (*COMMON_COLUMNS, *entity_type.fields))
    # Names come from the catalogue, whose identifiers are checked.
    return connection.execute(f"select {names} from {entity_type.table} order by id").fetchall()


def _item(
    row: Any,  # noqa: ANN401 - a row of SQLite
    entity_type: EntityType,
    quotes: dict[str, list[Evidence]],
    reasons: dict[str, list[str]],
    decided: dict[str, str],
) -> Item:
    common = dict(zip(COMMON_COLUMNS, row, strict=False))
    for name in REPEATED.intersection(common):  # one string for what thousands of rows say alike
        common[name] = intern(common[name])
    fields: dict[str, Value] = {
        name: json.loads(value) if spec.kind == "list" else value
        for (name, spec), value in zip(entity_type.fields.items(), row[len(COMMON_COLUMNS) :], strict=True)
    }
    return Item(
        **(common | decided | {"needs_review": bool(common["needs_review"])}),
        type=entity_type.table,
        fields=fields,
        review_reasons=tuple(reasons[common["id"]]),
        evidence=tuple(quotes[common["id"]]),
    )


def read_provenance(database: Path) -> tuple[tuple[Extractor, ...], list[tuple[str, str]]]:
    """Which extractors made the database, and each interview's id with the hash of its content."""
    with reading(database) as connection:
        extractors = connection.execute(
            "select extractor, model, fingerprint, count(*) from provenance group by 1, 2, 3 order by 1, 2, 3"
        ).fetchall()
        interviews = connection.execute("select id, sha256 from interviews order by id").fetchall()
    names = ("extractor", "model", "fingerprint", "interviews")
    return tuple(Extractor(**dict(zip(names, row, strict=True))) for row in extractors), interviews


def _validation(path: Path | None) -> Validation | None:
    """What the file says, None where it is absent or of another form: the reports must not fail for it."""
    if path is None or not path.is_file():
        return None
    try:
        return Validation.model_validate_json(path.read_bytes())
    except ValidationError:
        return None


def all_items(database: Path, catalogue: Catalogue) -> tuple[Item, ...]:
    """Every entity of the database."""
    with reading(database) as connection:
        return read_items(connection, catalogue)


def machine_said(database: Path, catalogue: Catalogue, entities: Iterable[str]) -> dict[str, Said]:
    """What the database says of these entities; nothing where there is no database."""
    wanted = set(entities)
    if not wanted or not database.is_file():
        return {}
    return {
        item.id: Said(
            label=item.label,
            description=item.description,
            confidence=item.confidence,
            extractor=item.extractor,
            fields=item.fields,
        )
        for item in all_items(database, catalogue)
        if item.id in wanted
    }


def reviewed_interviews(
    database: Path, catalogue: Catalogue
) -> list[tuple[str, list[Item], tuple[Answer, ...]]]:
    """The interviews in which every entity was decided on, with their entities and answers, by id."""
    with reading(database) as connection:
        talks = _talks(connection)
        items: dict[str, list[Item]] = defaultdict(list)
        for item in read_items(connection, catalogue):
            items[item.interview_id].append(item)
    return [
        (talk.id, items[talk.id], talk.answers)
        for talk in talks
        if items[talk.id] and all(item.decided for item in items[talk.id])
    ]
