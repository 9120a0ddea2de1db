"""Ctrl-C: once, the run ends as Snakemake ends it; twice, at once, and with a sentence, not a traceback."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

GO_ON = "The same command goes on where this run ended: what is done or paid for is not done again."
INTERRUPTED = 130
"""The exit status of a process that Ctrl-C ended, as shells have it."""


def end_at_second_interrupt() -> None:
    """Let a first Ctrl-C end this process as ever, and a second one at once."""
    signal.signal(signal.SIGINT, _first)


def _first(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, _second)
    raise KeyboardInterrupt


def _second(number: int, frame: FrameType | None) -> NoReturn:
    # Nothing is lost by it: a run survives being killed, and its jobs get the same signal from the terminal.
    os.write(sys.stderr.fileno(), f"\nStopped at once. {GO_ON}\n".encode())
    os._exit(INTERRUPTED)
