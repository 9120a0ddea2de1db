"""Which files are read, and how: by the ending of the name."""

from collections.abc import Callable
from pathlib import Path

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.documents import read_document
from intelligence_capture.intake.forms import read_form
from intelligence_capture.intake.lines import read_markdown, read_text, read_word
from intelligence_capture.intake.mapping import FileMapping
from intelligence_capture.intake.records import Reading
from intelligence_capture.intake.tables import read_csv, read_workbook
from intelligence_capture.intake.transcripts import read_transcript

Reader = Callable[[Path, FileMapping], Reading]

READERS: dict[str, Reader] = {
    ".csv": lambda path, mapping: read_form(read_csv(path, mapping), mapping),
    ".xlsx": lambda path, mapping: read_form(read_workbook(path, mapping), mapping),
    ".docx": lambda path, mapping: read_document(*read_word(path), mapping),
    ".md": lambda path, mapping: read_document(*read_markdown(path, mapping), mapping),
    ".txt": lambda path, mapping: read_document(*read_text(path, mapping), mapping),
    ".vtt": read_transcript,
    ".srt": read_transcript,
}
RECORDINGS = frozenset(".mp3 .m4a .wav .ogg .mp4 .mkv .mov .avi .webm .jpg .jpeg .png .gif .heic".split())
"""What lies beside transcripts and says nothing that could be read."""
LARGEST = 100_000_000


def read_file(path: Path, mapping: FileMapping) -> Reading:
    """What a file says; IntakeError with the place and what to do where it is not understood wholly."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise IntakeError(
            f"{path.suffix or 'a file without an ending'} is not read; save it as one of {known}"
        )
    if path.is_symlink() or not path.is_file():
        raise IntakeError("a link, a pipe or a folder is not opened; copy the file here")
    if path.stat().st_size > LARGEST:
        raise IntakeError(f"larger than {LARGEST // 1_000_000} MB; that is no interview")
    return reader(path, mapping)
