"""report.xlsx: the sheets that an analyst expects. No text ever becomes a formula or a link."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.sheets import Book
from intelligence_capture.reports.sheets_entities import entity_sheets, evidence_sheet, interview_sheet
from intelligence_capture.reports.sheets_figures import figure_sheets
from intelligence_capture.reports.sheets_rankings import ranking_sheets
from intelligence_capture.reports.sheets_review import review_sheet
from intelligence_capture.state import write_whole

_NO_TIME = datetime(2000, 1, 1)
"""Stands for the time of writing: the same data give the same bytes."""
_INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(data: ReportData, path: Path) -> None:
    """Write report.xlsx in the language of the data: the same data give the same bytes."""
    buffer = BytesIO()
    # In memory, the sheets' parts of 10,000 interviews would take hundreds of megabytes.
    # They lie beside the report, not where other users' programs look.
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix=".workbook-", dir=path.parent) as parts,
        xlsxwriter.Workbook(buffer, {"tmpdir": parts, **_INERT}) as workbook,
    ):
        workbook.set_properties({"created": _NO_TIME, "title": "intelligence-capture"})
        book = Book(workbook, data)
        figure_sheets(book)
        ranking_sheets(book)
        entity_sheets(book)
        evidence_sheet(book)
        interview_sheet(book)
        review_sheet(book)
    write_whole(path, buffer.getvalue())
