"""Interviews out of the exports of forms: a row a respondent, a question a column."""

import re
from collections import defaultdict

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.mapping import FileMapping
from intelligence_capture.intake.records import Draft, Reading
from intelligence_capture.intake.tables import Table
from intelligence_capture.intake.words import words
from intelligence_capture.records import Answer, Meta
from intelligence_capture.texts import fold

_GOOGLE_DATE = re.compile(
    r"(\d{4})/(\d{2})/(\d{2}) (\d{1,2}):(\d{2}):(\d{2}) ([ap])\W*m\W*(GMT.*)?", re.IGNORECASE
)
_NUMERIC_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")


def read_form(table: Table, mapping: FileMapping) -> Reading:
    """An interview for each row that answers anything; IntakeError where columns do not tell enough."""
    columns = _columns(table, mapping)
    questions = columns.pop("question", [])
    if not questions:
        raise IntakeError(f"no column is a question: {_named(table, range(len(table.headings)))}")
    dates = _dates([row[columns["date"][0]] for _, row in table.rows]) if columns["date"] else {}
    drafts, notes = [], [f"questions: {_named(table, questions)}", *_facts(table, columns)]
    for place, row in table.rows:
        answers = [Answer(question=table.headings[index], answer=_lines(row[index])) for index in questions]
        if any(answer.answer.strip() for answer in answers):
            drafts.append(
                Draft(place=place, meta=_meta(columns, row, mapping, dates), answers=tuple(answers))
            )
        else:
            notes.append(f"{place} answers no question: not imported")
    if doubt := next((date for date in dates.values() if _NUMERIC_DATE.match(date)), ""):
        notes.append(f"no date of the column tells days from months ({doubt!r}): kept as written")
    if not drafts:
        raise IntakeError("no row answers a question")
    return Reading(format=table.format, drafts=tuple(drafts), notes=tuple(notes))


def _columns(table: Table, mapping: FileMapping) -> dict[str, list[int]]:
    """The places of the columns by what they are; two may not give the same fact."""
    columns: dict[str, list[int]] = defaultdict(list)
    for index, heading in enumerate(table.headings):
        columns[mapping.column(heading)].append(index)
    for use in Meta.model_fields:
        said = [index for index in columns[use] if any(_said(row[index]) for _, row in table.rows)]
        if len(said) > 1:
            raise IntakeError(
                f"two columns give the {use}: {_named(table, said)}; "
                "say of one `left_out` or `question` under `columns` in import.yaml"
            )
        columns["left_out"] += [index for index in columns[use] if index not in said]
        columns[use] = said
    return columns


def _facts(table: Table, columns: dict[str, list[int]]) -> list[str]:
    return [f"{use.replace('_', ' ')}: {_named(table, places)}" for use, places in columns.items() if places]


def _meta(
    columns: dict[str, list[int]], row: tuple[str, ...], mapping: FileMapping, dates: dict[str, str]
) -> Meta:
    cells = {use: row[columns[use][0]] for use in Meta.model_fields if columns[use]}
    if "date" in cells:
        cells["date"] = dates[cells["date"]]
    facts = {use: " ".join(_said(cell).split()) for use, cell in cells.items()}
    return mapping.over(Meta(**facts))


def _said(cell: str) -> str:
    """The cell, '' for the name of nobody."""
    return "" if fold(cell) in words().nobody else cell.strip()


def _dates(cells: list[str]) -> dict[str, str]:
    """Each cell with its date as ISO writes it, where the program is known or one date proves the order."""
    numeric = [match for cell in cells if (match := _NUMERIC_DATE.match(cell))]
    day_first = any(int(match[1]) > 12 for match in numeric)
    month_first = any(int(match[2]) > 12 for match in numeric)
    order = (2, 1) if day_first and not month_first else (1, 2) if month_first and not day_first else None
    return {cell: _date(cell, order) for cell in cells}


def _date(cell: str, order: tuple[int, int] | None) -> str:
    if match := _GOOGLE_DATE.fullmatch(cell):
        year, month, day, hour, minute, second, half, _ = match.groups()
        hours = int(hour) % 12 + (12 if half.lower() == "p" else 0)
        return f"{year}-{month}-{day} {hours:02}:{minute}:{second}"
    match = _NUMERIC_DATE.match(cell)
    if not match or not order:
        return cell
    month, day = match[order[0]], match[order[1]]
    return f"{match[3]}-{int(month):02}-{int(day):02}{cell[match.end() :]}"


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _named(table: Table, places: list[int] | range) -> str:
    return ", ".join(f"{table.headings[index]!r}" for index in places)
