"""The file of the inbox that gave an interview, without it: the whole file, or its row in the export of a form."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

import openpyxl

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.decoding import BYTE_ORDER_MARKS
from intelligence_capture.intake.formats import read_file
from intelligence_capture.intake.inbox import FORMS, STATE, content_of, imported, state_without
from intelligence_capture.intake.mapping import load_mapping
from intelligence_capture.intake.tables import SEPARATORS


class Origin(NamedTuple):
    """What is to become of the file of the inbox: `content` is None where the file goes as a whole.

    `problem` says why a person has to take the row out.
    """

    path: Path
    content: bytes | None = None
    problem: str = ""


def origin_without(inbox: Path, interviews: Path, interview: str) -> Origin | None:
    """The inbox file of this interview and what it is without it; None where no file gave it."""
    written = imported(interviews).get(interview)
    if written is None or not (path := inbox / written.file).is_file():
        return None
    if path.suffix.lower() not in FORMS:
        return Origin(path)
    try:
        reading = read_file(path, load_mapping(inbox).of(written.file))
    except IntakeError as error:
        return Origin(path, problem=f"it cannot be read ({error})")
    theirs = [draft for draft in reading.drafts if content_of(draft)[1] == written.sha256]
    if len(theirs) != 1:
        return Origin(path, problem="its rows have changed since they were imported")
    if len(reading.drafts) == 1:
        return Origin(path)
    row = int(theirs[0].place.split()[1])
    if path.suffix.lower() == ".xlsx":
        return Origin(path, _sheet_without(path, row, reading.format))
    content = _lines_without(path.read_bytes(), row, reading.format)
    return Origin(path, content, "" if content else "its encoding is not one of single bytes")


def forget_import(interviews: Path, interview: str) -> bytes | None:
    """What `.imported.json` says without this interview; None where it does not name it."""
    return state_without(interviews / STATE, interview) if interview in imported(interviews) else None


def _sheet_without(path: Path, row: int, said: str) -> bytes:
    book = openpyxl.load_workbook(path)
    # "XLSX, sheet 'Hoja1'": the only sheet that holds anything, or the one that import.yaml names.
    sheet = next(one for one in book.worksheets if said.endswith(repr(one.title)))
    sheet.delete_rows(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _lines_without(content: bytes, row: int, said: str) -> bytes | None:
    """The other rows byte for byte; None where bytes are no characters."""
    if any(content.startswith(mark) for mark, name in BYTE_ORDER_MARKS.items() if name != "utf-8-sig"):
        return None
    names = {name: separator for separator, name in SEPARATORS.items()}
    separator = names.get(said.rpartition("separated by ")[2], said[-2:-1])
    lines = content.splitlines(keepends=True)
    head = 1 if lines[0].lower().startswith((b"sep=", b"\xef\xbb\xbfsep=")) else 0
    text = b"".join(lines[head:]).decode("latin-1")  # a character a byte: only quotes and separators matter
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 0
    for number, _ in enumerate(reader, start=1):
        if number == row:
            return b"".join([*lines[: head + begins], *lines[head + reader.line_num :]])
        begins = reader.line_num
    return None
