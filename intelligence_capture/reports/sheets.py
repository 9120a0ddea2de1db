"""The workbook's common ground: names of sheets, formats, and one table per sheet."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from intelligence_capture.records import Record
from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.rows import Item, Talk
from intelligence_capture.reports.wording import wording

Sheet: TypeAlias = Any
"""A worksheet or workbook of xlsxwriter, which has no types."""
CELL_LIMIT = 32_767
"""What a cell can hold; Excel calls a file with more damaged."""
SHEET_NAME_LIMIT = 31
LINE_HEIGHT, MOST_LINES = 15, 12
"""Points of a line, and lines of a row that are shown; a longer text is whole in its cell."""
_A4 = 9
_HEAD = {"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#E8EEF4", "bottom": 1}
LINK_LIMIT = 60_000
"""Excel holds 65,530 links a sheet."""
ROW_LIMIT = 1_048_576
"""Rows of a sheet of Excel."""


class Column(Record):
    """One column: its heading, its width in characters, and how its values are shown."""

    title: str
    width: float = 14
    style: str = "text"


class Link(NamedTuple):
    """A text that leads to a cell of another sheet."""

    sheet: str
    row: int
    text: str

    @property
    def target(self) -> str:
        """The place as Excel writes it."""
        return "internal:'" + self.sheet.replace("'", "''") + f"'!A{self.row + 1}"


class Share(Record):
    """A number that is shown as a percentage."""

    value: float


class Book:
    """The workbook being written, with what its sheets share."""

    def __init__(self, workbook: Sheet, data: ReportData) -> None:
        self.workbook = workbook
        self.data = data
        self.say = wording(data.language)
        self.talks: dict[str, Talk] = {talk.id: talk for talk in data.interviews}
        self.items: dict[str, Item] = {item.id: item for item in data.entities}
        self.types = {
            entity_type.table: getattr(entity_type.title, data.language) for entity_type in data.catalogue
        }
        self._names: set[str] = set()
        self.formats = {
            # The indent parts a text from the number on its left.
            "text": workbook.add_format({"valign": "top", "text_wrap": True, "align": "left", "indent": 1}),
            "number": workbook.add_format({"valign": "top", "num_format": "#,##0"}),
            "amount": workbook.add_format({"valign": "top", "num_format": "0.00##"}),
            "percent": workbook.add_format({"valign": "top", "num_format": "0%"}),
            "decimal": workbook.add_format({"valign": "top", "num_format": "0.00"}),
            "head": workbook.add_format(_HEAD),
            "number head": workbook.add_format(_HEAD | {"align": "right"}),
            "title": workbook.add_format({"bold": True, "font_size": 16}),
            "alert": workbook.add_format(
                {"bold": True, "font_color": "#9C2A00", "text_wrap": True, "valign": "top"}
            ),
            "strong": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "link": workbook.add_format(
                {"font_color": "#0B57A4", "underline": 1, "valign": "top", "text_wrap": True}
            ),
            "critical": workbook.add_format({"bg_color": "#F6C9B8"}),
            "high": workbook.add_format({"bg_color": "#FBE3C4"}),
            "review": workbook.add_format({"bg_color": "#FFF3C4"}),
            "yes": workbook.add_format({"bg_color": "#FFF3C4"}),
            "pass": workbook.add_format({"bg_color": "#D9EFE6"}),
            "warn": workbook.add_format({"bg_color": "#FFF3C4"}),
            "fail": workbook.add_format({"bg_color": "#F6C9B8"}),
        }
        titles = [self.types[t.table] for t in data.catalogue]
        self.entity_sheets = dict(
            zip((t.table for t in data.catalogue), map(self.sheet_name, titles), strict=True)
        )
        self.evidence_name = self.sheet_name(self.say["evidence"])
        self.entity_rows = _rows_of(data.entities)
        self.evidence_rows = _evidence_rows(data.entities)

    def sheet_name(self, title: str) -> str:
        """A name that Excel accepts and no other sheet has."""
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '") or "-"
        name, number = plain[:SHEET_NAME_LIMIT], 2
        while name.casefold() in self._names or name.casefold() == "history":
            suffix = f" {number}"
            name, number = plain[: SHEET_NAME_LIMIT - len(suffix)] + suffix, number + 1
        self._names.add(name.casefold())
        return name

    def sheet(self, name: str, *, in_order: bool = False) -> Sheet:
        """A new sheet that prints on A4 pages as wide as it is.

        Where its rows come `in_order`, each goes to disk when the next begins, instead of waiting in memory.
        """
        self.workbook.constant_memory = in_order  # each sheet takes it over from the workbook
        sheet = self.workbook.add_worksheet(name)
        self.workbook.constant_memory = False
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    @property
    def summary(self) -> Sheet:
        """The first sheet, on which the charts of the rankings stand."""
        return self.workbook.worksheets()[0]

    def table(
        self, sheet: Sheet, columns: Sequence[Column], rows: Iterable[Sequence[object]], *, top: int = 0
    ) -> int:
        """Headings that stay in sight, a filter, and the rows, which are counted; what is empty says nothing.

        Where a sheet cannot hold all rows, its last one says so.
        """
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            self.text(sheet, top, place, column.title, "head" if column.style == "text" else "number head")
        sheet.set_row(top, height([column.title for column in columns], columns))
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        links, number = 0, top
        for number, row in enumerate(rows, start=top + 1):
            if number == ROW_LIMIT - 1:
                self.text(sheet, number, 0, self.say["rows_cut"], "alert")
                break
            # xlsxwriter remembers each row whose height was set; one line is the height of all others.
            if (points := height(row, columns)) > LINE_HEIGHT:
                sheet.set_row(number, points)
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                links += isinstance(value, Link)
                plain = value.text if isinstance(value, Link) and links > LINK_LIMIT else value
                self.cell(sheet, number, place, plain, column.style)
        if number > top:
            sheet.autofilter(top, 0, number, len(columns) - 1)
        return number - top

    def cell(self, sheet: Sheet, row: int, place: int, value: object, style: str) -> None:
        """One cell: a number as a number, all else as plain text."""
        if isinstance(value, Link):
            sheet.write_url(row, place, value.target, self.formats["link"], self.fitting(value.text))
        elif isinstance(value, Share):
            sheet.write_number(row, place, value.value, self.formats["percent"])
        elif isinstance(value, bool):
            self.text(sheet, row, place, self.say["yes" if value else "no"], style)
        elif isinstance(value, int | float):
            plain = "number" if isinstance(value, int) else "amount"
            sheet.write_number(
                row, place, value, self.formats[plain if style in ("text", "number") else style]
            )
        elif value not in (None, ""):
            self.text(sheet, row, place, str(value), style)

    def text(self, sheet: Sheet, row: int, place: int, text: str, style: str = "text") -> None:
        """One cell of text, never a formula."""
        sheet.write_string(row, place, self.fitting(text), self.formats[style])

    def fitting(self, text: str) -> str:
        """The text, cut with a visible note where a cell cannot hold it."""
        # Excel counts UTF-16 units, so a character outside the basic plane counts twice.
        if len(text.encode("utf-16-le", "replace")) // 2 <= CELL_LIMIT:
            return text
        note = self.say["cut"].format(total=len(text))
        return (
            text.encode("utf-16-le", "replace")[: 2 * (CELL_LIMIT - len(note))].decode("utf-16-le", "ignore")
            + note
        )

    def colour(self, sheet: Sheet, cells: Sequence[int], words: Sequence[str]) -> None:
        """Colour the cells (first row, column, last row, column) that hold one of these words."""
        for word in words:
            rule = {"type": "cell", "criteria": "==", "value": f'"{self.say[word]}"'}
            sheet.conditional_format(*cells, rule | {"format": self.formats[word]})

    def company(self, name: str) -> str:
        """A company as people read it."""
        return name or self.say["no_company"]

    def word(self, value: object) -> object:
        """The value of an enum in the language of the report."""
        return self.say.get(value, value) if isinstance(value, str) else value

    def finding(self, kind: str, label: str) -> str:
        """What a finding or a row of what hurts says, as the page says it."""
        return self.say[f"finding_{kind}"].format(label=label)

    def people(self, items: Sequence[str]) -> str:
        """Who says so, each once."""
        talks = [self.talks[self.items[item].interview_id] for item in items]
        return ", ".join(dict.fromkeys(talk.respondent or talk.id for talk in talks))


def height(row: Sequence[object], columns: Sequence[Column]) -> float:
    """The height of a row in points: not every program fits it to wrapped text by itself."""
    texts = [value.text if isinstance(value, Link) else value for value in row]
    lines = [
        sum(1 + int(len(line) / column.width) for line in text.split("\n"))
        for text, column in zip(texts, columns, strict=True)
        if isinstance(text, str)
    ]
    return LINE_HEIGHT * min(max(lines, default=1), MOST_LINES)


def _rows_of(items: Sequence[Item]) -> dict[str, int]:
    """The row of each entity on the sheet of its type, under the heading."""
    counts: dict[str, int] = {}
    rows = {}
    for item in items:
        rows[item.id] = counts[item.type] = counts.get(item.type, 0) + 1
    return rows


def _evidence_rows(items: Sequence[Item]) -> dict[str, int]:
    """The row of each entity's first quote on the evidence sheet."""
    rows, row = {}, 1
    for item in items:
        if item.evidence:
            rows[item.id] = row
        row += len(item.evidence)
    return rows
