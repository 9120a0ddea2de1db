"""A request to its answer: from the store if it is there, else paid for once, whatever the server does."""

import logging
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.client import Body, Reply
from intelligence_capture.llm.faults import CallFailed, Fault
from intelligence_capture.llm.gate import Gate
from intelligence_capture.llm.ledger import BudgetReached, Ledger
from intelligence_capture.llm.prices import Prices
from intelligence_capture.llm.prompt import digest
from intelligence_capture.llm.request import About, Dialect, Request
from intelligence_capture.llm.run import Run
from intelligence_capture.llm.store import Held, ResponseStore, Stored, usage_of
from intelligence_capture.records import Record

log = logging.getLogger(__name__)

TYPICAL_ANSWER_TOKENS = 1500


class TooLong(Exception):
    """This text does not fit into a call of any model."""


class Refused(Exception):
    """The server does not answer this request; the interview fails, the run goes on."""


class NextModel(Exception):
    """This model cannot answer; the next one may."""


class Policy(Record):
    """How often and how long: tries of a rejected call, of one whose outcome is unknown, and the waits."""

    tries: int = 8
    unknown_retries: int = 1
    base_seconds: float = 0.5
    longest_seconds: float = 30.0
    patience_seconds: float = 300.0
    timeout_seconds: float = 120.0
    service_tier: str | None = None
    limited: bool = True


class Asker(Protocol):
    """Where answers come from."""

    def ask(self, request: Request, about: About, models: list[str]) -> Stored: ...

    def set_aside(self, answer: Stored, why: str) -> None: ...


class Sender(Protocol):
    """What sends a body to the server."""

    def __call__(self, body: Body) -> Reply: ...  # noqa: D102 - the class says it


class Tries:
    """What one call has been through."""

    def __init__(self) -> None:
        self.rejected = 0
        self.limited = 0
        self.unknown = 0
        self.waited = 0.0


class Caller:
    """Joins store, budget, limits and client; safe to use from several threads."""

    def __init__(
        self,
        *,
        store: ResponseStore,
        ledger: Ledger,
        gate: Gate,
        run: Run,
        prices: Prices,
        sender: Callable[[], Sender],
        dialects: "Dialects",
        policy: Policy,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._gate = gate
        self._run = run
        self._prices = prices
        self._sender = sender
        self._dialects = dialects
        self._policy = policy

    def ask(self, request: Request, about: About, models: list[str]) -> Stored:
        """The answer of the first model that can give one; what is in the store costs nothing."""
        problem = "no model is configured"
        for model in models:
            wanted = request.model_copy(update={"model": model})
            noted = self._store.noted(wanted.key)
            if noted == "too long":
                raise TooLong(f"{model} said so before")
            if noted == "next model" and model != models[-1]:
                continue
            try:
                return self._answer(wanted, about)
            except NextModel as error:
                problem = str(error)
                if model != models[-1]:
                    self._store.note(wanted.key, "next model")
                    log.warning("%s: %s; trying the next model", model, problem)
            except TooLong:
                self._store.note(wanted.key, "too long")
                raise
        raise Refused(problem)

    def set_aside(self, answer: Stored, why: str) -> None:
        """Keep an answer as evidence only, so that a later try asks again."""
        self._store.set_aside(answer.key, why)

    def _answer(self, request: Request, about: About) -> Stored:
        if answer := self._store.read(request.key):
            return answer
        with self._store.hold(request.key) as held:
            # Another process may have been answered while this one waited for the lock.
            return self._store.read(request.key) or self._pay(request, about, held)

    def _pay(self, request: Request, about: About, held: Held) -> Stored:
        self._run.check()
        if self._run.model_is_missing(digest([request.server, request.model])[:16]):
            raise NextModel(f"{request.server} has no model {request.model}")
        send = self._sender()
        tries = Tries()
        while True:
            try:
                return self._try(request, about, held, send)
            except CallFailed as failed:
                self._recover(failed.fault, request, tries)

    def _try(self, request: Request, about: About, held: Held, send: Sender) -> Stored:
        """One call, from its reservation to its settlement."""
        dialect = self._dialects.of(request)
        call = self._reserve(request, about)
        settled = False
        try:
            self._gate.pass_through(request.characters // 4 + TYPICAL_ANSWER_TOKENS, self._run.check)
            with self._store.room(request.key) as room:
                earlier = held.interrupted
                if earlier:
                    self._ledger.repeated(call, key=request.key, about=about, earlier=earlier)
                    log.warning("%s, call %s: sent again, perhaps paid twice", about.interview, about.call)
                held.mark({"call": call, "run": self._run.id})
                settled = True
                reply = self._send(send, dialect.body(request, self._policy.service_tier), call, held)
                usd = self._prices.cost(request.model, usage_of(reply.body))
                answer = self._store.save(request, reply, about, usd, room)
            held.clear()
            self._ledger.settle(call, "answered", usd=usd, usage=answer.usage, model=request.model)
            return answer
        finally:
            if not settled:
                self._ledger.settle(call, "not_sent")

    def _send(self, send: Sender, body: Body, call: str, held: Held) -> Reply:
        try:
            return send(body)
        except CallFailed as failed:
            if failed.fault.kind == "unknown":
                held.interrupted = {"call": call, "run": self._run.id}
                self._ledger.settle(call, "unknown", reason=failed.fault.message)
            else:
                held.clear()
                self._ledger.settle(call, "rejected", reason=failed.fault.message)
            raise

    def _reserve(self, request: Request, about: About) -> str:
        worst = self._prices.cost(request.model, request.worst_usage)
        if worst is None and self._policy.limited:
            raise self._run.stop(
                "price",
                f"no price is known for model {request.model}, so max_cost_usd cannot be kept: "
                "set openai.prices (0 for a local model) or openai.max_cost_usd: null",
            )
        try:
            return self._ledger.reserve(
                about,
                key=request.key,
                model=request.model,
                worst_usd=worst,
                patience_seconds=self._policy.timeout_seconds,
            )
        except BudgetReached as error:
            raise self._run.stop("budget", str(error)) from None

    def _recover(self, fault: Fault, request: Request, tries: Tries) -> None:
        """Come back where the call is to be tried again; raise what ends it otherwise."""
        if fault.kind == "fatal":
            raise self._run.stop("key" if fault.status in (401, 403) else "quota", fault.message)
        if fault.kind == "too_long":
            raise TooLong(fault.message)
        if fault.kind == "refused":
            raise Refused(fault.message)
        if fault.kind == "no_such_model":
            self._run.mark_missing(digest([request.server, request.model])[:16])
            raise NextModel(fault.message)
        if fault.kind == "bad_parameter":
            self._step_down(fault, request)
        elif fault.kind == "unknown":
            tries.unknown += 1
            if tries.unknown > self._policy.unknown_retries:
                raise Refused(f"{fault.message}; perhaps billed, so it is not sent again in this run")
            self._wait(fault, tries, self._backoff(tries.unknown))
        elif fault.kind == "rate_limited":
            tries.limited += 1
            self._wait(fault, tries, self._backoff(tries.limited))
        else:
            tries.rejected += 1
            if tries.rejected >= self._policy.tries:
                self._give_up(fault)
            self._wait(fault, tries, self._backoff(tries.rejected))

    def _give_up(self, fault: Fault) -> None:
        if fault.kind == "unreachable":
            raise self._run.stop("server", fault.message)
        raise NextModel(f"{fault.message}, {self._policy.tries} times")

    def _wait(self, fault: Fault, tries: Tries, backoff: float) -> None:
        seconds = backoff if fault.retry_after is None else fault.retry_after
        tries.waited += seconds
        if tries.waited > self._policy.patience_seconds:
            raise self._run.stop(
                "wait",
                f"{fault.message}: the server wants more than openai.max_wait_seconds of waiting "
                f"({tries.waited:.0f} s); run again later, finished work is kept",
            )
        log.warning("%s; all wait %.1f s", fault.message, seconds)
        self._gate.pause(seconds)

    def _backoff(self, number: int) -> float:
        longest = min(self._policy.base_seconds * 2 ** (number - 1), self._policy.longest_seconds)
        return random.uniform(longest / 2, longest)  # noqa: S311 - jitter

    def _step_down(self, fault: Fault, request: Request) -> None:
        if not self._dialects.step_down(request, fault.parameter):
            raise self._run.stop(
                "parameter",
                f"{fault.message}; the server does not take {fault.parameter}, and there is nothing "
                "simpler to offer it: check openai.base_url and openai.models",
            )


class Dialects:
    """What each server with each model is known to understand, shared by all processes and runs."""

    def __init__(self, folder: Path, first_room: str) -> None:
        self._folder = folder
        self._first = Dialect.model_validate({"room": first_room})

    def of(self, request: Request) -> Dialect:
        """The dialect for this request's server and model."""
        try:
            return Dialect.model_validate_json(self._path(request).read_bytes())
        except (FileNotFoundError, ValueError):
            return self._first

    def step_down(self, request: Request, parameter: str) -> bool:
        """Whether there was a simpler dialect to remember."""
        lower = self.of(request).without(parameter)
        if lower is None:
            return False
        path = self._path(request)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{time.monotonic_ns()}")
        temporary.write_text(lower.model_dump_json(), "utf-8")
        temporary.replace(path)
        log.warning("%s does not take %s: stepped down", request.server, parameter)
        return True

    def _path(self, request: Request) -> Path:
        return self._folder / f"{digest([request.server, request.model])[:16]}.json"


__all__ = ["Caller", "Dialects", "NextModel", "Policy", "Refused", "RunStopped", "Sender", "TooLong"]
