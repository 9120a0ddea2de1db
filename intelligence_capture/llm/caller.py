"""A request to its answer: from the store if it is there, else paid for once, whatever the server does."""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from intelligence_capture.llm.client import Body, Reply
from intelligence_capture.llm.faults import CallFailed
from intelligence_capture.llm.gate import Gate, LimitsUnavailable
from intelligence_capture.llm.ledger import BudgetReached, Ledger
from intelligence_capture.llm.prices import Prices
from intelligence_capture.llm.request import About, Dialect, Request
from intelligence_capture.llm.retry import NextModel, Policy, Refused, Retry, TooLong
from intelligence_capture.llm.run import Run
from intelligence_capture.llm.store import Held, ResponseStore, Stored, tier_of, usage_of

log = logging.getLogger(__name__)

TYPICAL_ANSWER_TOKENS = 1500

NEXT_MODEL = "next model"
TOO_LONG = "too long"
"""What the store notes of a request that has no answer."""


class Sender(Protocol):
    """What sends a body to the server."""

    def __call__(self, body: Body) -> Reply: ...  # noqa: D102 - the class says it


class Caller:
    """Joins store, budget, limits and client; safe to use from several threads."""

    def __init__(
        self,
        *,
        store: ResponseStore,
        ledger: Ledger,
        gate: Callable[[], Gate],
        run: Run,
        prices: Prices,
        sender: Callable[[], Sender],
        policy: Policy,
        first_dialect: Dialect,
        models: Sequence[str],
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._gate = gate
        self._run = run
        self._prices = prices
        self._sender = sender
        self._policy = policy
        self._first_dialect = first_dialect
        self._models = list(models)

    def ask(self, request: Request, about: About) -> Stored:
        """The answer of the first model that can give one; what is in the store costs nothing.

        TooLong, Refused or RunStopped where there is none.
        """
        try:
            return find_answer(self._store.look, self._store, request, self._models) or self._ask(
                request, about
            )
        except LimitsUnavailable as error:
            raise self._run.stop("limits", f"{error}; without it the limits cannot be kept") from None
        except OSError as error:
            raise self._run.stop(
                "disk",
                f"{error.strerror or error}: {error.filename or 'responses/'}; make room and run again",
            ) from error

    def set_aside(self, answer: Stored, why: str) -> None:
        """Keep an answer as evidence only, so that a later try asks again."""
        with self._store.hold(answer.key):
            held = self._store.look(answer.key)
            if held and held.body == answer.body:
                self._store.set_aside(answer.key, why)

    def _ask(self, request: Request, about: About) -> Stored:
        self._check_prices()
        problem = ""
        for model in self._models:
            wanted = request.model_copy(update={"model": model})
            try:
                return self._answer(wanted, about)
            except NextModel as error:
                problem, fault = str(error), error.fault
                log.warning("%s: %s", model, problem)
                self._store.note(wanted.key, NEXT_MODEL)
            except TooLong:
                self._store.note(wanted.key, TOO_LONG)
                raise
        if fault.kind == "no_such_model":
            raise self._run.stop("model", problem)
        raise Refused(problem)

    def _answer(self, request: Request, about: About) -> Stored:
        with self._store.hold(request.key) as held:
            # Another process may have been answered while this one waited for the lock.
            if answer := self._store.read(request.key):
                held.clear()
                return answer
            return self._pay(request, about, held)

    def _pay(self, request: Request, about: About, held: Held) -> Stored:
        retry = Retry(self._policy, self._run, self._gate(), request)
        send = self._sender()
        while True:
            self._run.check()
            retry.check_model()
            dialect = self._run.dialect(request, self._first_dialect)
            try:
                return self._try(request, about, held, send, dialect)
            except CallFailed as failed:
                retry.recover(failed.fault, dialect)

    def _try(self, request: Request, about: About, held: Held, send: Sender, dialect: Dialect) -> Stored:
        """One call, from its reservation to its settlement."""
        call = self._reserve(request, about, dialect)
        sent = False
        try:
            with self._store.room(request.key) as room:
                tokens = request.characters // 4 + TYPICAL_ANSWER_TOKENS
                waited = self._gate().pass_through(tokens, self._run.check)
                self._name_repeat(call, request, about, held)
                held.mark({"id": call, "run": self._run.id})
                sent = True
                reply = self._send(send, dialect.body(request, self._policy.service_tier), call, held)
                usd = self._prices.cost_in(tier_of(reply.body), request.model, usage_of(reply.body))
                answer = self._store.save(request, reply, about, usd, room)
        finally:
            if not sent:
                self._ledger.settle(call, "not_sent")
        held.clear()
        self._ledger.settle(call, "answered", usd=usd, usage=answer.usage)
        self._run.succeeded()
        gate = self._gate()
        gate.learn(reply.headers, tokens)
        log.info("%s, %s: answered; waited %.1f s; %s", about.interview, about.call, waited, gate.rate())
        return answer

    def _send(self, send: Sender, body: Body, call: str, held: Held) -> Reply:
        try:
            return send(body)
        except CallFailed as failed:
            if failed.fault.kind == "unknown":
                held.interrupted = {"id": call, "run": self._run.id}
                self._ledger.settle(call, "unknown", reason=failed.fault.message)
            else:
                held.clear()
                self._ledger.settle(call, "rejected", reason=failed.fault.message)
            raise

    def _name_repeat(self, call: str, request: Request, about: About, held: Held) -> None:
        if earlier := held.interrupted:
            self._ledger.repeated(call, key=request.key, about=about, earlier=earlier)
            log.warning(
                "%s, %s: sent again, as nobody knows what became of call %s of run %s; perhaps paid twice",
                about.interview,
                about.call,
                earlier.get("id"),
                earlier.get("run"),
            )

    def _check_prices(self) -> None:
        """Stop before the first call where the budget could not be kept."""
        if not self._policy.limited:
            return
        for model in self._models:
            if not self._prices.known(model):
                raise self._run.stop(
                    "price",
                    f"no price is known for model {model}, so openai.max_cost_usd cannot be kept: set "
                    "openai.prices (0 for a local model), or openai.max_cost_usd: null for no limit",
                )

    def _reserve(self, request: Request, about: About, dialect: Dialect) -> str:
        worst = self._prices.worst(request.model, request.worst_usage)
        if worst and self._policy.limited and not dialect.room:
            raise self._run.stop(
                "parameter",
                "the server takes neither max_tokens nor max_completion_tokens, and without a limit on the answer "
                "openai.max_cost_usd cannot be kept: set it to null, or openai.prices to 0 for a local model",
            )
        try:
            return self._ledger.reserve(
                about,
                key=request.key,
                model=request.model,
                worst_usd=worst,
                patience_seconds=self._policy.timeout_seconds,
                check=self._run.check,
            )
        except BudgetReached as error:
            raise self._run.stop("budget", str(error)) from None


def find_answer(
    read: Callable[[str], Stored | None], store: ResponseStore, request: Request, models: Sequence[str]
) -> Stored | None:
    """The stored answer to this request, also where it is the next model's; TooLong where that was noted."""
    for model in models:
        key = request.model_copy(update={"model": model}).key
        if answer := read(key):
            return answer
        noted = store.noted(key)
        if noted == TOO_LONG:
            raise TooLong(f"{model}: too long, as the server said before")
        if noted != NEXT_MODEL:
            return None
    return None
