"""The retry policy: what is done about each sort of fault, and when it is enough."""

import logging
import random

from intelligence_capture.llm.faults import Fault
from intelligence_capture.llm.gate import Gate
from intelligence_capture.llm.request import Dialect, Request
from intelligence_capture.llm.run import Run
from intelligence_capture.records import Record

log = logging.getLogger(__name__)

SHORT_SECONDS = 1.0


class TooLong(Exception):
    """This text does not fit into a call."""


class Refused(Exception):
    """The server does not answer this request; the interview fails, the run goes on."""


class NextModel(Exception):
    """This model cannot answer; the next one may."""

    def __init__(self, message: str, fault: Fault) -> None:
        super().__init__(message)
        self.fault = fault


class Policy(Record):
    """How often and how long: tries of a rejected call, of one whose outcome is unknown, and the waits."""

    tries: int = 8
    connect_tries: int = 5
    unknown_retries: int = 1
    base_seconds: float = 0.5
    longest_seconds: float = 30.0
    patience_seconds: float = 300.0
    timeout_seconds: float = 120.0
    failures_in_a_row: int = 20
    failing_seconds: float = 15.0
    service_tier: str | None = None
    limited: bool = True


class Retry:
    """What one request has been through, and what comes next."""

    def __init__(self, policy: Policy, run: Run, gate: Gate, request: Request) -> None:
        self._policy = policy
        self._run = run
        self._gate = gate
        self._request = request
        self._tries: dict[str, int] = {}
        self._waited = 0.0

    def check_model(self) -> None:
        """NextModel where a job of this run has found that the server does not have this model."""
        if self._run.is_missing(self._request):
            message = f"the server has no model {self._request.model}; check openai.models"
            raise NextModel(message, Fault(kind="no_such_model", message=message))

    def recover(self, fault: Fault, dialect: Dialect) -> None:
        """Come back when the request may be sent again; raise what ends it otherwise."""
        number = self._tries[fault.kind] = self._tries.get(fault.kind, 0) + 1
        if fault.kind == "rate_limited":
            self._wait(fault, number, slow_down=True)
        elif fault.kind in ("overloaded", "unreachable", "unknown"):
            self._after_failure(fault, number)
        elif fault.kind == "bad_parameter":
            self._step_down(fault, dialect)
        elif fault.kind == "no_such_model":
            self._run.mark_missing(self._request)
            raise NextModel(fault.message, fault)
        elif fault.kind == "too_long":
            raise TooLong(fault.message)
        elif fault.kind == "fatal":
            raise self._run.stop("key" if fault.status in (401, 403) else "quota", fault.message)
        else:
            raise Refused(fault.message)

    def _after_failure(self, fault: Fault, number: int) -> None:
        row, seconds = self._run.failed()
        if row >= self._policy.failures_in_a_row and seconds >= self._policy.failing_seconds:
            raise self._run.stop(
                "server",
                f"{fault.message}: {row} calls in a row have failed for {seconds:.0f} s; run again later",
            )
        if fault.kind == "unknown" and number > self._policy.unknown_retries:
            raise Refused(f"{fault.message}; perhaps billed, so this run does not send it again")
        if fault.kind == "unreachable" and number >= self._policy.connect_tries:
            raise self._run.stop("server", f"{fault.message}, {number} times; run again when it is back")
        if fault.kind == "overloaded" and number >= self._policy.tries:
            raise NextModel(f"{fault.message}, {number} times", fault)
        self._wait(fault, number, slow_down=False)

    def _wait(self, fault: Fault, number: int, *, slow_down: bool) -> None:
        """Make all processes wait; the gate keeps this one, too, until the pause is over."""
        seconds = fault.retry_after or 0.0
        if seconds < SHORT_SECONDS:  # "at once", said for ever, would never come to an end
            seconds = max(seconds, self._backoff(number))
        self._waited += seconds
        if self._waited > self._policy.patience_seconds:
            raise self._run.stop(
                "wait",
                f"{fault.message}: the server asks to wait {self._waited:.0f} s, more than "
                "openai.max_wait_seconds; run again later, finished work is kept",
            )
        log.warning("%s; all wait %.1f s", fault.message, seconds)
        self._gate.pause(seconds, slow_down=slow_down)

    def _backoff(self, number: int) -> float:
        longest = min(self._policy.base_seconds * 2 ** min(number - 1, 20), self._policy.longest_seconds)
        return random.uniform(longest / 2, longest)  # noqa: S311 - jitter

    def _step_down(self, fault: Fault, used: Dialect) -> None:
        """Offer the server less, unless another job has found out in the meantime what it takes."""
        if self._run.dialect(self._request, used) != used:
            return
        lower = used.without(fault.parameter)
        if lower is None:
            raise self._run.stop(
                "parameter",
                f"{fault.message}; there is nothing simpler to offer than without {fault.parameter}: "
                "check openai.base_url and openai.models",
            )
        log.warning("%s: stepping down, without %s", fault.message, fault.parameter)
        self._run.keep_dialect(self._request, lower)
