"""The limit on requests and tokens a minute, shared by all processes, and the pause that all of them keep."""

import logging
import math
import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from pyrate_limiter import AbstractBucket, Limiter, Rate, SingleBucketFactory, SQLiteBucket

from intelligence_capture.llm.pace import FilePace, Pace, PaceKeeper, announced_pause

T = TypeVar("T")

log = logging.getLogger(__name__)

WINDOW_MS = 62_000
"""A minute, and two seconds for what a busy machine and the network add on the way to the server."""
SLICE_SECONDS = 2.0
"""How long to wait before looking again whether the run was stopped or all have to pause."""
TOKENS_A_UNIT = 1000
"""The bucket keeps one row a unit, so tokens are counted in thousands."""


class LimitsUnavailable(Exception):
    """The limits cannot be kept, so no call may be made."""


class Gate:
    """Lets a call pass when the limits allow it; one process that is told to wait makes all wait."""

    def __init__(
        self,
        *,
        requests: Limiter,
        tokens: Limiter | None,
        pace: PaceKeeper,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._requests = requests
        self._tokens = tokens
        self._pace = pace
        self._clock = clock
        self._sleep = sleep

    def pass_through(self, tokens: int, check: Callable[[], None]) -> float:
        """The seconds waited until a call of about so many tokens may be sent; `check` may end the wait."""
        begun = self._clock()
        if self._tokens:
            most = _limit(self._tokens)
            self._acquire(self._tokens, min(math.ceil(tokens / TOKENS_A_UNIT), most), check)
        passed = False
        while not passed:
            self._keep_pause(check)
            self._keep_gap(check)
            self._acquire(self._requests, 1, check)
            # Where another was told to wait in the meantime, this place in the minute is past, too.
            passed = self._pace.read().until <= self._clock()
        return self._clock() - begun

    def pause(self, seconds: float, *, slow_down: bool = False) -> None:
        """Make every process wait so long before its next call, and slow down after it if need be."""
        now = self._clock()

        def change(pace: Pace) -> Pace:
            return (pace.slower(now) if slow_down else pace).paused(now + seconds)

        self._pace.change(change)

    def learn(self, headers: Mapping[str, str], tokens: int) -> None:
        """Take from an answer's headers how near the server's own limit is."""
        if seconds := announced_pause(headers, tokens):
            log.info("the server's limit is used up: all wait %.1f s", seconds)
            self.pause(seconds)
        if self._pace.read().gap:
            self._pace.change(Pace.faster)

    def rate(self) -> str:
        """The current rate, as the log says it."""
        bucket = _bucket(self._requests)
        _counted(lambda: bucket.leak(int(self._clock() * 1000)))
        return f"{bucket.count()} of {_limit(self._requests)} calls in the last minute"

    def _keep_pause(self, check: Callable[[], None]) -> None:
        check()
        kept = False
        while (left := self._pace.read().until - self._clock()) > 0:
            kept = True
            self._sleep(min(left, SLICE_SECONDS))
            check()
        if kept:
            # All pause together, but they need not knock at the same moment.
            self._sleep(random.uniform(0, 0.3))  # noqa: S311 - jitter

    def _keep_gap(self, check: Callable[[], None]) -> None:
        """Wait for a turn of one's own where the server was found to bear less than the limits allow."""
        if not self._pace.read().gap:
            return
        turn = self._pace.change(
            lambda pace: pace.model_copy(update={"last": max(self._clock(), pace.last + pace.gap)})
        ).last
        while (left := turn - self._clock()) > 0:
            self._sleep(min(left, SLICE_SECONDS))
            check()

    def _acquire(self, limiter: Limiter, weight: int, check: Callable[[], None]) -> None:
        while not _counted(lambda: bool(limiter.try_acquire("call", weight=weight, timeout=SLICE_SECONDS))):
            check()


def file_gate(
    folder: Path, *, requests_per_minute: int, tokens_per_minute: int | None, window_ms: int = WINDOW_MS
) -> Gate:
    """The gate that the processes of this machine share through files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    units = token_units(tokens_per_minute) if tokens_per_minute else None
    return Gate(
        requests=_limiter(folder / "requests.sqlite", Rate(requests_per_minute, window_ms)),
        tokens=_limiter(folder / "tokens.sqlite", Rate(units, window_ms)) if units else None,
        pace=FilePace(folder / "pace.json"),
    )


def token_units(tokens_per_minute: int) -> int:
    """The limit on tokens in the units that are counted."""
    return max(tokens_per_minute // TOKENS_A_UNIT, 1)


def _limiter(path: Path, rate: Rate) -> Limiter:
    try:
        return _counted(lambda: _open(path, rate))
    except LimitsUnavailable as error:
        # Only the count of the last minute is lost.
        log.warning("%s is damaged (%s): begun anew", path, error)
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            name.unlink(missing_ok=True)
        return _counted(lambda: _open(path, rate))


def _open(path: Path, rate: Rate) -> Limiter:
    bucket = SQLiteBucket.init_from_file([rate], table="calls", db_path=str(path), use_file_lock=True)
    return Limiter(bucket)


def _counted(use: Callable[[], T]) -> T:
    """What `use` returns; LimitsUnavailable where the count cannot be kept, on a full disk for example."""
    try:
        return use()
    except Exception as error:
        # Only storage imports sqlite3; pyrate-limiter lets its errors through.
        if type(error).__module__ != "sqlite3":
            raise
        raise LimitsUnavailable(str(error)) from error


def _limit(limiter: Limiter) -> int:
    return int(_bucket(limiter).rates[0].limit)


def _bucket(limiter: Limiter) -> AbstractBucket:
    factory = limiter.bucket_factory
    assert isinstance(factory, SingleBucketFactory)  # noqa: S101 - both gates make it so
    return factory.bucket
