"""The limit on requests and tokens a minute, shared by all processes, and the pause that all of them keep."""

import json
import logging
import math
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from pyrate_limiter import Limiter, Rate, SQLiteBucket

from intelligence_capture.llm.prompt import digest

log = logging.getLogger(__name__)

WINDOW_MS = 61_000
"""A minute, and a second for what the network adds between our clock and the server's."""
SLICE_SECONDS = 2.0
"""How long to wait before looking again whether the run was stopped or all have to pause."""
TOKENS_A_UNIT = 1000
"""The bucket keeps one row a unit, so tokens are counted in thousands."""


def shared_folder(server: str) -> Path:
    """Where the processes of this machine and user meet that call this server."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    folder = Path(base) / "intelligence-capture" / digest(server)[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"intelligence-capture-{os.getuid()}" / digest(server)[:16]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


class Gate:
    """Lets a call pass when the limits allow it; one process that is told to wait makes all wait."""

    def __init__(
        self,
        folder: Path,
        *,
        requests_per_minute: int,
        tokens_per_minute: int | None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folder = folder
        self._requests = _limiter(folder / "requests.sqlite", requests_per_minute)
        units = max(tokens_per_minute // TOKENS_A_UNIT, 1) if tokens_per_minute else None
        self._most_units = units
        self._tokens = _limiter(folder / "tokens.sqlite", units) if units else None
        self._clock = clock
        self._sleep = sleep

    def pass_through(self, tokens: int, check: Callable[[], None]) -> float:
        """The seconds waited until a call of about so many tokens may be sent; `check` may end the wait."""
        begun = self._clock()
        if self._tokens and self._most_units:
            units = min(math.ceil(tokens / TOKENS_A_UNIT), self._most_units)
            self._acquire(self._tokens, units, check)
        self._keep_pause(check)
        self._acquire(self._requests, 1, check)
        while self._keep_pause(check):
            pass
        waited = self._clock() - begun
        if waited > 0.1:
            log.info("waited %.1f s for the rate limit", waited)
        return waited

    def pause(self, seconds: float) -> None:
        """Make every process wait so long before its next call."""
        path = self._folder / "pause.json"
        with FileLock(f"{path}.lock"):
            until = max(_paused_until(path), self._clock() + seconds)
            temporary = path.with_suffix(f".{os.getpid()}")
            temporary.write_text(json.dumps({"until": until}), "utf-8")
            temporary.replace(path)

    def _keep_pause(self, check: Callable[[], None]) -> bool:
        """Whether there was a pause to keep."""
        kept = False
        while (left := _paused_until(self._folder / "pause.json") - self._clock()) > 0:
            kept = True
            check()
            self._sleep(min(left, SLICE_SECONDS))
        if kept:
            # All pause together, but they need not knock at the same moment.
            self._sleep(random.uniform(0, 0.5))  # noqa: S311 - jitter
        check()
        return kept

    def _acquire(self, limiter: Limiter, weight: int, check: Callable[[], None]) -> None:
        while not limiter.try_acquire("call", weight=weight, timeout=SLICE_SECONDS):
            check()


def _limiter(path: Path, limit: int) -> Limiter:
    bucket = SQLiteBucket.init_from_file(
        [Rate(limit, WINDOW_MS)], table="calls", db_path=str(path), use_file_lock=True
    )
    return Limiter(bucket)


def _paused_until(path: Path) -> float:
    try:
        return float(json.loads(path.read_bytes())["until"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0.0
