"""What passes between the steps of the import."""

from dataclasses import dataclass

from intelligence_capture.records import Answer, Meta, Record


class Draft(Record):
    """One interview as a file has it; `place` is where in the file, '' where the file is one interview."""

    place: str
    meta: Meta
    answers: tuple[Answer, ...]


class Reading(Record):
    """What was understood of one file: its interviews, and notes for the person who gave it."""

    format: str
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of a document. `heading` is its level, 0 for text; `gap` says that an empty line is before it."""

    text: str
    place: str
    heading: int = 0
    bold: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Turn:
    """What somebody says without a break; `speaker` is '' where nobody is named."""

    speaker: str
    text: str
    place: str
    seconds: float | None = None
    glue: str = "\n"
    """What stands between this and the words before it in one answer."""
