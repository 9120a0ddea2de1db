"""Opening what Office writes: a zip of XML, checked before a library unpacks it."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intelligence_capture.errors import IntakeError

LARGEST = 200_000_000
"""Bytes of a document when it is unpacked; an interview has thousands, a zip bomb more."""


@contextmanager
def opened(path: Path, suffix: str) -> Iterator[None]:
    """Within it a library reads the file; whatever it cannot read is an IntakeError that says what to do."""
    if path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0":
        raise IntakeError(f"protected by a password, or of the old format; save it as .{suffix} without one")
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST:
            raise IntakeError(f"unpacks to {size // 1_000_000} MB; that is no interview")
        yield
    except IntakeError:
        raise
    except zipfile.BadZipFile as error:
        raise IntakeError(f"damaged, or no .{suffix} at all; open it and save it again") from error
    except Exception as error:  # the libraries raise whatever they stumble upon
        message = f"damaged ({type(error).__name__}: {error}); open it and save it again"
        raise IntakeError(message) from error
