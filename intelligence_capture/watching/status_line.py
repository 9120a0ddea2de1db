"""One line at the foot of a terminal that is drawn anew; whatever else is printed stands above it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

ERASE = "\r\x1b[2K"


class StatusLine:
    """Draws what `text` returns twice a second; does nothing where the stream is no terminal.

    The cursor rests at the start of the line, so that what a job prints by itself begins there too.
    """

    def __init__(self, stream: TextIO, text: Callable[[], str], *, every: float = 0.5) -> None:
        self._stream, self._text, self._every = stream, text, every
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._drawn = False
        if stream.isatty():
            threading.Thread(target=self._keep_drawing, daemon=True).start()

    @contextmanager
    def erased(self) -> Iterator[None]:
        """The line out of the way, for something to be printed."""
        with self._lock:
            self._erase()
            yield

    def end(self) -> None:
        """Take the line away for good."""
        self._ended.set()
        with self._lock:
            self._erase()

    def _erase(self) -> None:
        if self._drawn:
            self._stream.write(ERASE)
            self._stream.flush()
            self._drawn = False

    def _keep_drawing(self) -> None:
        while not self._ended.wait(self._every):
            with self._lock:
                if not self._ended.is_set() and (text := self._text()):
                    width = shutil.get_terminal_size().columns - 1
                    self._stream.write(f"{ERASE}{text[:width]}\r")
                    self._stream.flush()
                    self._drawn = True
