"""What people said of merges: reviews/merges.csv, an input that no rule writes."""

import csv
from pathlib import Path
from typing import Literal

from pydantic import ValidationError, field_validator

from intelligence_capture.errors import SettingsError
from intelligence_capture.records import Record
from intelligence_capture.texts import fold

FILE_NAME = "merges.csv"
COLUMNS = ("action", "type", "a", "b", "company", "note")


class Review(Record):
    """One row: `a` and `b` are ids of entities, or labels; without a company it holds in all."""

    action: Literal["force", "forbid"]
    type: str
    a: str
    b: str
    company: str = ""
    note: str = ""

    @field_validator("a", "b")
    @classmethod
    def _sides_are_named(cls, side: str) -> str:
        if not side.strip():
            raise ValueError("name the entity or its label")
        return side.strip()

    def touches(self, side: str, *, entity_id: str, text: str, company: str) -> bool:
        """Whether this side of the row speaks of this mention."""
        if self.company and fold(self.company) != fold(company):
            return False
        return side == entity_id or (bool(fold(side)) and fold(side) == fold(text))


def load_reviews(path: Path | None) -> tuple[Review, ...]:
    """The rows of the file, none where there is no file; SettingsError names the line that is wrong."""
    if path is None or not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(_rows(csv.DictReader(file), path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error


def _rows(reader: "csv.DictReader[str]", path: Path) -> list[Review]:
    missing = {"action", "type", "a", "b"} - set(reader.fieldnames or ())
    if missing:
        raise SettingsError(
            f"{path}: column {', '.join(sorted(missing))} is missing; it has {', '.join(COLUMNS)}"
        )
    rows = []
    for row in reader:
        given = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(given.values()):
            continue
        try:
            rows.append(Review.model_validate(given))
        except ValidationError as error:
            first = error.errors()[0]
            raise SettingsError(
                f"{path}, line {reader.line_num}: {first['loc'][0]}: {first['msg']}"
            ) from error
    return sorted(rows, key=lambda review: (review.action, review.type, review.a, review.b, review.company))
