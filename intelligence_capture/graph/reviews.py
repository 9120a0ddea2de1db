"""What people said of merges: reviews/merges.csv, an input that no rule writes."""

from pathlib import Path
from typing import Literal

from pydantic import field_validator

from intelligence_capture.csv_files import read_records
from intelligence_capture.records import Record
from intelligence_capture.texts import fold

FILE_NAME = "merges.csv"


class Review(Record):
    """One row: `a` and `b` are ids of entities, or labels; without a company it holds in all."""

    action: Literal["force", "forbid"]
    type: str
    a: str
    b: str
    company: str = ""
    note: str = ""
    by: str = ""
    date: str = ""

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
    rows = read_records(path, Review, required=("action", "type", "a", "b")) if path else ()
    return tuple(
        sorted((row for _, row in rows), key=lambda row: (row.action, row.type, row.a, row.b, row.company))
    )
