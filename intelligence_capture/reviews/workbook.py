"""The sheet of decisions read back: what people wrote into report.xlsx, as decisions or as problems."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from intelligence_capture.catalogue import Catalogue, EntityType
from intelligence_capture.errors import ReviewError
from intelligence_capture.records import Record
from intelligence_capture.reviews.decisions import OWN_FIELDS, Choice, Decision, unknown_field
from intelligence_capture.texts import fold

WORDS: dict[str, Choice] = {
    "accept": "accept", "aceptar": "accept", "reject": "reject", "rechazar": "reject",
    "edit": "edit", "corregir": "edit",
}  # fmt: skip
INPUTS = ("decision", "label", "type", "changes", "quote", "note")
KEYS = ("entity_id", "interview_id", "table_now", "label_now", "quote_now")

Row = dict[str, str]


class SheetDecisions(Record):
    """What a workbook says: the decisions, and what could not be understood, by row."""

    decisions: tuple[Decision, ...]
    problems: tuple[str, ...]


def read_workbook(path: Path, catalogue: Catalogue, *, reviewer: str, date: str) -> SheetDecisions:
    """The decisions on the sheet; ReviewError where the file is no such workbook or nobody decides."""
    rows, by = _rows(path)
    filled = [(number, row) for number, row in rows if any(row.get(name) for name in INPUTS)]
    who = reviewer or by
    if filled and not who:
        raise ReviewError(
            f"{path}: nobody is named: write who decides into the yellow cell at the top of the sheet, "
            "or run with --config reviewer=NAME"
        )
    decisions: list[Decision] = []
    problems: list[str] = []
    for number, row in filled:
        try:
            decisions += _decisions(row, catalogue, who, date)
        except (ValueError, ValidationError) as error:
            problems.append(f"{path}, row {number} ({row.get('label_now', '')}): {_said(error)}")
    return SheetDecisions(decisions=tuple(decisions), problems=tuple(problems))


def _rows(path: Path) -> tuple[list[tuple[int, Row]], str]:
    """The rows of the sheet by their number in Excel, and who is named as deciding."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise ReviewError(f"{path}: there is no such workbook; a run writes it") from None
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as error:
        raise ReviewError(f"{path}: not a workbook that can be read: {error}") from error
    try:
        for sheet in book.worksheets:
            lines = sheet.iter_rows(values_only=True)
            keys = [_text(cell) for cell in next(lines, ())]
            if {*INPUTS, *KEYS} <= set(keys):
                return _named(lines, keys)
    finally:
        book.close()
    raise ReviewError(
        f"{path}: no sheet has the hidden first row that names the columns ({', '.join(INPUTS)}, …); "
        "decisions are read from the review sheet of report.xlsx"
    )


def _named(lines: Iterator[tuple[object, ...]], keys: list[str]) -> tuple[list[tuple[int, Row]], str]:
    by = next((text for text in map(_text, list(next(lines, ()))[1:2])), "")
    next(lines, None)
    rows = []
    for number, cells in enumerate(lines, start=4):
        row = {key: _text(cell) for key, cell in zip(keys, cells, strict=False) if key}
        rows.append((number, row))
    return rows, by


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _decisions(row: Row, catalogue: Catalogue, by: str, date: str) -> list[Decision]:
    """One row's decisions; ValueError says what is wrong."""
    base = {
        "interview": row["interview_id"], "type": row["table_now"], "entity_id": row["entity_id"],
        "quote": row["quote_now"], "label": row["label_now"], "note": row.get("note", ""),
        "by": by, "date": date,
    }  # fmt: skip
    if not row["entity_id"] or base["type"] not in catalogue:
        raise ValueError("its id or table is gone; decide on the row as the workbook has it")
    word = row.get("decision", "")
    if word and fold(word) not in WORDS:
        raise ValueError(f"the decision {word!r} is none of accept, reject and edit")
    choice = WORDS.get(fold(word), "edit")
    edits = _edits(row, catalogue)
    if choice == "reject" and edits:
        raise ValueError("it is rejected and corrected at once")
    if choice == "edit" and not edits:
        raise ValueError("nothing is corrected" if word else "a note without a decision")
    if choice == "reject" or not edits:
        return [Decision.model_validate(base | {"decision": choice})]
    made = [Decision.model_validate(base | {"decision": "edit", "field": f, "value": v}) for f, v in edits]
    for decision in made:
        if problem := unknown_field(decision, catalogue):
            raise ValueError(problem)
    return made


def _edits(row: Row, catalogue: Catalogue) -> list[tuple[str, str]]:
    edits = [(name, row[name]) for name in ("label", "quote") if row.get(name)]
    table = row["table_now"]
    if row.get("type"):
        table = _table(row["type"], catalogue)
        edits.insert(0, ("type", table))
    for line in row.get("changes", "").splitlines():
        if line.strip():
            name, sign, value = line.partition("=")
            if not sign:
                raise ValueError(f"{line.strip()!r} is not of the form field = value")
            edits.append((_field(name.strip(), catalogue[table]), value.strip()))
    return edits


def _table(title: str, catalogue: Catalogue) -> str:
    """The table of a type that is named by its table or its title in either language."""
    for entity_type in catalogue.types:
        if fold(title) in map(fold, (entity_type.table, entity_type.title.es, entity_type.title.en)):
            return entity_type.table
    raise ValueError(f"no type is called {title!r}")


def _field(name: str, entity_type: EntityType) -> str:
    """The field that is named by its column or its title in either language."""
    for field, spec in entity_type.fields.items():
        titles = (spec.title.es, spec.title.en) if spec.title else ()
        if fold(name) in map(fold, (field, field.replace("_", " "), *titles)):
            return field
    if name in OWN_FIELDS:
        return name
    raise ValueError(f"{entity_type.table} have no field {name!r}")


def _said(error: Exception) -> str:
    return str(error.errors()[0]["msg"]) if isinstance(error, ValidationError) else str(error)
