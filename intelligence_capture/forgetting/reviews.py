"""Decisions of people without those on one interview: rows of CSV files, and of copies of workbooks."""

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from intelligence_capture.forgetting.marks import Marks

KEYS_ROW, FIRST_ROW = 1, 4
"""Rows of the sheet of decisions: the hidden names of its columns, and the first entity."""

Cells = tuple[str | None, ...]


def csv_without(content: bytes, about: Collection[str], marks: Marks) -> bytes:
    """The rows that name none of these ids and hold no words of the person; they stay byte for byte."""
    lines = content.splitlines(keepends=True)
    texts = [line.decode("utf-8", "replace") for line in lines]
    separator = ";" if texts and texts[0].count(";") > texts[0].count(",") else ","
    kept, begins = [], 0
    reader = csv.reader(iter(texts), delimiter=separator)
    for row in reader:
        if begins == 0 or not _is_theirs(row, about, marks):
            kept += lines[begins : reader.line_num]
        begins = reader.line_num
    return b"".join(kept)


def workbook_without(path: Path, about: Collection[str], marks: Marks) -> bytes | None:
    """The sheet of decisions alone, without the rows on the person; None where the file has no such sheet.

    All other sheets are those of a report, which a run writes.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError):
        return None
    try:
        for sheet in book.worksheets:
            found = sheet.iter_rows(values_only=True)
            rows = [tuple(None if cell is None else str(cell) for cell in row) for row in found]
            if rows and {"decision", "entity_id", "interview_id"} <= set(rows[KEYS_ROW - 1]):
                return _written(sheet.title, rows, about, marks)
    finally:
        book.close()
    return None


def _written(title: str, rows: list[Cells], about: Collection[str], marks: Marks) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = title
    for number, row in enumerate(_left(rows, about, marks), start=1):
        for place, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, place, value).data_type = "s"  # also what begins like a formula
    sheet.row_dimensions[KEYS_ROW].hidden = True
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _left(rows: list[Cells], about: Collection[str], marks: Marks) -> Iterator[Cells]:
    yield from rows[: FIRST_ROW - 1]
    for row in rows[FIRST_ROW - 1 :]:
        if not set(row) & set(about):
            # A reason for a review may quote two people.
            yield tuple(None if cell and _tells(cell, marks) else cell for cell in row)


def _is_theirs(row: Iterable[str], about: Collection[str], marks: Marks) -> bool:
    return any(cell.strip() in about or _tells(cell, marks) for cell in row)


def _tells(text: str, marks: Marks) -> bool:
    return any(trace.kind != "told" for trace in marks.traces(text))
