"""reviews/entities.csv: one decision of a person a row, keyed by the entity's id and by its quote."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import field_validator, model_validator

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.csv_files import read_records
from intelligence_capture.errors import SettingsError
from intelligence_capture.records import Record, Value
from intelligence_capture.texts import active_text, fold, inert_cell

FILE_NAME = "entities.csv"
OWN_FIELDS = ("label", "description", "type", "quote")
"""What every entity has and a person may edit, beside the fields of its type."""

Choice = Literal["accept", "reject", "edit", "add"]


class Said(Record):
    """What the machine had said of an entity when a person decided on it."""

    label: str = ""
    description: str = ""
    confidence: float | None = None
    extractor: str = ""
    fields: dict[str, Value] = {}


class Decision(Record):
    """One row. `field` and `value` belong to an edit; `machine` is `Said` as JSON, empty if a person adds."""

    decision: Choice
    interview: str
    type: str
    entity_id: str = ""
    quote: str = ""
    label: str = ""
    field: str = ""
    value: str = ""
    machine: str = ""
    note: str = ""
    by: str = ""
    date: str = ""

    @field_validator("quote", "label", "value", "note", "by")
    @classmethod
    def _as_it_was(cls, text: str) -> str:
        return active_text(text)

    @field_validator("machine")
    @classmethod
    def _machine_is_json(cls, text: str) -> str:
        if text:
            Said.model_validate_json(text)
        return text

    @model_validator(mode="after")
    def _is_complete(self) -> "Decision":
        if not (self.entity_id or self.quote):
            raise ValueError("name the entity_id or the quote")
        if self.decision == "add" and not (self.label and self.quote):
            raise ValueError("what is added needs a label and a quote")
        if (self.decision == "edit") != bool(self.field):
            raise ValueError("an edit names its field, and no other decision does")
        return self

    @property
    def said(self) -> Said:
        """What the machine had said."""
        return Said.model_validate_json(self.machine) if self.machine else Said(label=self.label)

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What the decision is about: equal for the rows about one entity, as it was then."""
        return (self.interview, self.type, self.entity_id, self.quote if not self.entity_id else "")

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes a row the same as another, whoever wrote it and when."""
        return (self.decision, *self.subject, self.field, self.value, fold(self.label))


def load_decisions(path: Path, catalogue: Catalogue) -> tuple[Decision, ...]:
    """The rows in the order of the file, none where there is none; SettingsError names a wrong line.

    A row that says what the machine had said was right when it was written: where the catalogue has changed
    since, it is kept, and its outcome says so.
    """
    rows = []
    for line, row in read_records(path, Decision, required=("decision", "interview", "type")):
        problem = unknown_type(row, catalogue) or unknown_field(row, catalogue)
        if problem and not row.machine:
            raise SettingsError(f"{path}, line {line}: {problem}")
        rows.append(row)
    return tuple(rows)


def unknown_type(row: Decision, catalogue: Catalogue) -> str:
    """What is wrong with the type, '' where nothing is."""
    return "" if row.type in catalogue else f"type: no type {row.type!r} in the catalogue"


def unknown_field(row: Decision, catalogue: Catalogue) -> str:
    """What is wrong with the field or the new type of an edit, '' where nothing is."""
    if row.decision != "edit":
        return ""
    known = {*OWN_FIELDS, *(name for t in catalogue.types for name in t.fields)}
    if row.field not in known:
        return f"field: no entity has a field {row.field!r}"
    if row.field == "type" and row.value not in catalogue:
        return f"value: no type {row.value!r} in the catalogue"
    return ""


def new_decisions(known: Sequence[Decision], given: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those that are not the last word on their subject already: reading a workbook twice adds nothing."""
    last: dict[tuple[str, ...], Decision] = {}
    for row in known:
        last[(*row.subject, row.field)] = row
    new = []
    for row in given:
        key = (*row.subject, row.field)
        if key not in last or last[key].identity != row.identity:
            last[key] = row
            new.append(row)
    return tuple(new)


def as_csv(rows: Iterable[Decision], *, heading: bool) -> str:
    """The rows as CSV; what a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if heading:
        writer.writerow(Decision.model_fields)
    for row in rows:
        writer.writerow([inert_cell(value) for value in row.model_dump().values()])
    return text.getvalue()


def said_json(said: Said) -> str:
    """What the machine had said, for the column `machine`."""
    return json.dumps(said.model_dump(exclude_defaults=True), ensure_ascii=False, sort_keys=True)
