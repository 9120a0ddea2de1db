"""Tables out of CSV and XLSX files: headings and rows of text, each with the place where it stands."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell, MergedCell

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.decoding import decode
from intelligence_capture.intake.mapping import FileMapping
from intelligence_capture.intake.packages import opened

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True)
class Table:
    """Headings, and rows of as many cells, each with its place in the file (`row 3`)."""

    format: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def read_csv(path: Path, mapping: FileMapping) -> Table:
    """The table in a CSV file; IntakeError where no separator makes every row as long as the headings."""
    text, encoding = decode(path.read_bytes(), encoding=mapping.encoding)
    given = text[4:5] if text[:4].lower() == "sep=" else ""
    if given:
        text = text.split("\n", 1)[-1]
    fitting, problems = {}, []
    for separator in [given] if given else SEPARATORS:
        try:
            fitting[SEPARATORS.get(separator, repr(separator))] = _rows(text, separator)
        except IntakeError as error:
            problems.append(f"with {SEPARATORS.get(separator, repr(separator))} {error}")
    if len(fitting) > 1:
        raise IntakeError(f"{' and '.join(fitting)} both fit as separators; write `sep=;` as the first line")
    for name, rows in fitting.items():
        return _table(f"CSV, {encoding}, separated by {name}", rows)
    raise IntakeError(f"no separator fits: {'; '.join(problems)}")


def _rows(text: str, separator: str) -> list[tuple[str, tuple[str, ...]]]:
    """The rows that hold anything; IntakeError names the first that is not as long as the headings."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[str, tuple[str, ...]]] = []
    begins = 1
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows.append((f"row {number} (line {begins})", tuple(cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise IntakeError(f"line {begins} is no CSV ({error})") from error
    width = len(rows[0][1]) if rows else 0
    if width < 2:
        raise IntakeError("there is one column only")
    for place, row in rows:
        if len(row) != width:
            raise IntakeError(f"{place} has {len(row)} cells where the headings are {width}")
    return rows


def read_workbook(path: Path, mapping: FileMapping) -> Table:
    """The table on the one sheet of a workbook that holds anything, or on the one that import.yaml names."""
    with opened(path, "xlsx"):
        formulas = openpyxl.load_workbook(path)
        values = openpyxl.load_workbook(path, data_only=True)
    filled = [sheet.title for sheet in formulas.worksheets if sheet.max_row > 1 or sheet["A1"].value]
    name = mapping.sheet or (filled[0] if len(filled) == 1 else "")
    if name not in filled:
        there = ", ".join(map(repr, filled)) or "none"
        raise IntakeError(f"sheets that hold anything: {there}; name one as `sheet` in import.yaml")
    rows = []
    for computed, written in zip(values[name].iter_rows(), formulas[name].iter_rows(), strict=True):
        cells = tuple(_text(value, formula) for value, formula in zip(computed, written, strict=True))
        if any(cells):
            rows.append((f"row {written[0].row}", cells))
    return _table(f"XLSX, sheet {name!r}", _without_empty_columns(rows))


def _without_empty_columns(rows: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    kept = [index for index in range(len(rows[0][1]) if rows else 0) if any(row[index] for _, row in rows)]
    return [(place, tuple(row[index] for index in kept)) for place, row in rows]


def _text(cell: Cell | MergedCell, formula: Cell | MergedCell) -> str:
    """What a cell shows: dates as ISO writes them, whole numbers without a point."""
    value = cell.value
    if formula.data_type == "f" and value is None:
        raise IntakeError(f"cell {formula.coordinate} holds a formula that was never calculated")
    if cell.data_type == "e":
        raise IntakeError(f"cell {cell.coordinate} holds the error {value}")
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(format_: str, rows: list[tuple[str, tuple[str, ...]]]) -> Table:
    if len(rows) < 2:
        raise IntakeError("there are no answers: headings and a row for each respondent are expected")
    headings = tuple(" ".join(heading.split()) for heading in rows[0][1])
    for index, heading in enumerate(headings):
        if not heading:
            raise IntakeError(f"{rows[0][0]}: column {index + 1} has answers and no heading")
    return Table(format_, headings, tuple(rows[1:]))
