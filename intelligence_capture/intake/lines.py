"""The lines of a document: Word, Markdown or plain text, each with its place and what marks it."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.decoding import decode
from intelligence_capture.intake.mapping import FileMapping
from intelligence_capture.intake.packages import opened
from intelligence_capture.intake.records import Line


def read_text(path: Path, mapping: FileMapping) -> tuple[str, list[Line]]:
    """The format in words, and the lines of a text file."""
    text, encoding = decode(path.read_bytes(), encoding=mapping.encoding)
    return f"text, {encoding}", list(_spaced(text.splitlines()))


def _spaced(texts: list[str], first: int = 1) -> Iterator[Line]:
    gap = False
    for number, text in enumerate(texts, start=first):
        if text.strip():
            yield Line(text.strip(), f"line {number}", gap=gap)
        gap = not text.strip()


def read_markdown(path: Path, mapping: FileMapping) -> tuple[str, list[Line]]:
    """The format in words, and the lines of a Markdown file; the words between headings stay as written."""
    text, encoding = decode(path.read_bytes(), encoding=mapping.encoding)
    source = text.splitlines()
    lines: list[Line] = []
    at = 0
    tokens = MarkdownIt("commonmark").parse(text)
    for token, inline in pairwise(tokens):
        is_heading = token.type == "heading_open"
        if not token.map or token.level > 0 or not (is_heading or _is_bold(token, inline)):
            continue
        lines += _spaced(source[at : token.map[0]], at + 1)
        words = inline.content.strip()
        words = words if is_heading else words[2:-2]
        level = int(token.tag[1]) if is_heading else 0
        lines.append(Line(words, f"line {token.map[0] + 1}", heading=level, bold=not is_heading, gap=True))
        at = token.map[1]
    return f"Markdown, {encoding}", [*lines, *_spaced(source[at:], at + 1)]


def _is_bold(token: Token, inline: Token) -> bool:
    """Whether a paragraph is one line in bold type and nothing else."""
    kinds = [child.type for child in inline.children or [] if child.type != "text" or child.content]
    return (
        token.type == "paragraph_open"
        and kinds[:1] == ["strong_open"]
        and kinds[-1:] == ["strong_close"]
        and (kinds.count("strong_open") == 1 and "softbreak" not in kinds)
    )


def read_word(path: Path) -> tuple[str, list[Line]]:
    """The format in words, and the lines of a Word document; IntakeError where words would be lost."""
    with opened(path, "docx"):
        document = docx.Document(str(path))
        lines = list(_word_lines(document))
        written = "".join(text.text or "" for text in document.element.body.iter(qn("w:t")))
    read = "".join(line.text for line in lines)
    if _bare(written) != _bare(read):
        raise IntakeError(_what_is_lost(document))
    return "Word", lines


def _word_lines(document: Document) -> Iterator[Line]:
    gap = False
    for number, block in enumerate(document.iter_inner_content(), start=1):
        if isinstance(block, Table):
            yield from _table_lines(block, f"table at paragraph {number}")
        else:
            yield from _paragraph_lines(block, f"paragraph {number}", gap)
            gap = not block.text.strip()


def _paragraph_lines(paragraph: Paragraph, place: str, gap: bool) -> Iterator[Line]:
    style = (paragraph.style and paragraph.style.name) or ""
    level = int(style[8:]) if style.startswith("Heading ") and style[8:].isdigit() else 0
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs) and not level
    for text in paragraph.text.split("\n"):
        if text.strip():
            yield Line(text.strip(), place, heading=1 if style == "Title" else level, bold=bold, gap=gap)
            gap = False


def _table_lines(table: Table, place: str) -> Iterator[Line]:
    """A table of two columns as `left: right`; IntakeError for any other."""
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        if len(cells) != 2 or not cells[0]:
            raise IntakeError(f"{place} has other than two columns; write it as text")
        yield Line(f"{cells[0].rstrip(':')}: {cells[1]}", place)


def _bare(text: str) -> str:
    """Letters and digits alone: what must not be lost, however it is laid out."""
    return "".join(filter(str.isalnum, text))


def _what_is_lost(document: Document) -> str:
    body = document.element.body
    kinds = {
        "w:ins": "tracked changes; accept them all in Word",
        "w:txbxContent": "text boxes; move their words into the text",
        "w:sdtContent": "content controls; turn them into text",
    }
    for tag, what in kinds.items():
        if next(body.iter(qn(tag)), None) is not None:
            return f"there are {what}, and save it again"
    return "some words stand where they cannot be read; copy the text into a new document"
