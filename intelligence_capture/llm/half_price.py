"""Answers at half price: open requests submitted in batches, batches waited for, answers put into the store."""

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from intelligence_capture import untrusted_json
from intelligence_capture.llm.batch_client import BatchClient
from intelligence_capture.llm.batch_folder import Batch, BatchFolder, BatchRequest
from intelligence_capture.llm.client import Reply
from intelligence_capture.llm.faults import CallFailed
from intelligence_capture.llm.gate import Gate, LimitsUnavailable
from intelligence_capture.llm.ledger import BudgetReached, Ledger
from intelligence_capture.llm.prices import Prices
from intelligence_capture.llm.request import About, Dialect, Request
from intelligence_capture.llm.retry import NextModel, Policy, Refused, Retry
from intelligence_capture.llm.run import Run
from intelligence_capture.llm.store import ResponseStore, usage_of
from intelligence_capture.texts import one_line

log = logging.getLogger(__name__)
T = TypeVar("T")

ENDED = ("completed", "expired", "cancelled", "failed")
LOOKS = 3
"""How often the server's list is looked at for a batch that may have been created, seconds apart."""
SECONDS_BETWEEN_LOOKS = 2.0
WORTH_ANOTHER_TRY = ("rate_limited", "overloaded", "unreachable", "unknown", "fatal")
"""Faults that the retry policy knows what to do about; others say that the server has no such endpoint."""


class HalfPrice:
    """The Batch API between the store, the ledger and the run, as one process sees it."""

    def __init__(
        self,
        *,
        server: str,
        folder: BatchFolder,
        store: ResponseStore,
        ledger: Callable[[str], Ledger],
        gate: Callable[[], Gate],
        run: Run,
        prices: Prices,
        client: Callable[[], BatchClient],
        policy: Policy,
        first_dialect: Dialect,
        poll_seconds: float,
    ) -> None:
        self._server = server
        self._folder = folder
        self._store = store
        self._ledger = ledger
        self._gate = gate
        self._run = run
        self._prices = prices
        self._client = client
        self._policy = policy
        self._first_dialect = first_dialect
        self._poll_seconds = poll_seconds

    def submit(self, missing: Sequence[tuple[Request, About]]) -> str:
        """Submit what is in no open batch yet; what was done, in words. RunStopped where it cannot be done."""
        with self._guarded(), self._folder.locked():
            self._recover()
            waiting = {one.key for batch in self._folder.open() for one in batch.requests}
            new = {request.key: (request, about) for request, about in missing if request.key not in waiting}
            kept = [(request, self._kept(request, about)) for request, about in new.values()]
            batches = self._folder.prepare(kept, self._body, self._run.id)
            self._reserve(batches)
            for batch in batches:
                self._send(batch)
        return f"{len(kept)} requests in {len(batches)} batches submitted, {len(waiting)} were in open ones"

    def collect(self) -> str:
        """Wait until every batch has ended and take what they brought; what that was, in words.

        RunStopped where a batch failed as a whole or somebody cancelled it: its requests are open again.
        """
        counts: Counter[str] = Counter()
        with self._guarded():
            while batches := [one for one in self._open() if one.state == "submitted"]:
                self._run.check()
                ended = [status for batch in batches if (status := self._look_at(batch, counts))]
                if len(ended) < len(batches):
                    time.sleep(self._poll_seconds)
        return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "no batch was open"

    def _open(self) -> list[Batch]:
        """The open batches of this server; those of another one wait for a run that calls it."""
        return [batch for batch in self._folder.open() if batch.server == self._server]

    def _recover(self) -> None:
        """Find out what became of batches whose process died while it sent them: none is submitted twice."""
        for batch in self._open():
            if batch.state == "submitted":
                continue
            if known := self._find(batch):
                log.warning(
                    "batch %s had been created before its id was written down: taken over", batch.name
                )
                self._submitted(batch, known)
            else:
                not_sent = [{"event": "not_sent", "id": batch.call(one)} for one in batch.requests]
                self._ledger(batch.run).settle_all(not_sent)
                self._folder.drop(batch)

    def _find(self, batch: Batch) -> dict[str, Any] | None:
        for look in range(LOOKS):
            if look:
                time.sleep(SECONDS_BETWEEN_LOOKS)
            if known := self._persist(batch, lambda: self._client().find(batch.mark)):
                return known
        return None

    def _kept(self, request: Request, about: About) -> BatchRequest:
        worst = self._prices.worst(request.model, request.worst_usage)
        if worst is None and self._policy.limited:
            raise self._run.stop(
                "price",
                f"no price is known for model {request.model}, so openai.max_cost_usd cannot be kept: set "
                "openai.prices (0 for a local model), or openai.max_cost_usd: null for no limit",
            )
        return BatchRequest(
            key=request.key, server=request.server, model=request.model, about=about, usd=worst
        )

    def _body(self, request: Request) -> dict[str, Any]:
        return self._run.dialect(request, self._first_dialect).body(request)

    def _reserve(self, batches: Sequence[Batch]) -> None:
        """Reserve everything before anything is sent; nothing is prepared where the budget does not hold it."""
        calls = [
            {"id": batch.call(one), "key": one.key, "model": one.model, "usd": one.usd, "batch": batch.name}
            | one.about.facts()
            for batch in batches
            for one in batch.requests
        ]
        try:
            self._ledger(self._run.id).reserve_all(calls)
        except BudgetReached as error:
            for batch in batches:
                self._folder.drop(batch)
            raise self._run.stop("budget", str(error)) from None

    def _send(self, batch: Batch) -> None:
        path = self._folder.file(batch)
        file_id = self._persist(batch, lambda: self._client().upload(path))
        tried = False

        def create() -> dict[str, Any]:
            nonlocal tried
            # A call whose outcome is unknown may have created it.
            known = self._client().find(batch.mark) if tried else None
            tried = True
            return known or self._client().create(file_id, batch.mark)

        self._submitted(batch, self._persist(batch, create))

    def _submitted(self, batch: Batch, known: Mapping[str, Any]) -> None:
        self._folder.put(batch.model_copy(update={"state": "submitted", "batch_id": str(known["id"])}))
        log.info("batch %s: %d requests submitted as %s", batch.name, len(batch.requests), known["id"])

    def _look_at(self, batch: Batch, counts: Counter[str]) -> str:
        """How the batch has ended, its answers taken and counted; '' while it has not."""
        known = self._persist(batch, lambda: self._client().retrieve(batch.batch_id))
        status = str(known.get("status"))
        log.info("batch %s: %s %s", batch.batch_id, status, known.get("request_counts") or "")
        if status not in ENDED:
            return ""
        with self._folder.locked():
            for what in ("output", "error"):
                self._download(batch, known.get(f"{what}_file_id"), what)
            events = take(batch, self._folder, self._store, self._prices)
            left = "unknown" if status == "completed" else "rejected"
            for one in batch.requests:
                events.setdefault(one.key, {"event": left, "reason": f"the batch is {status}"})
            calls = {one.key: batch.call(one) for one in batch.requests}
            self._ledger(batch.run).settle_all({"id": calls[key]} | event for key, event in events.items())
            self._folder.finish(batch, status)
        counts.update(event["event"] for event in events.values())
        if status in ("failed", "cancelled"):
            raise self._run.stop(
                "batch",
                f"batch {batch.batch_id} is {status}{_said(known)}; what it has answered is kept: run again to "
                "submit the rest, or set openai.mode: live",
            )
        return status

    def _download(self, batch: Batch, file_id: object, what: str) -> None:
        path = self._folder.file(batch, what)
        if file_id:
            self._persist(batch, lambda: self._client().download(str(file_id), path))

    def _persist(self, batch: Batch, action: Callable[[], T]) -> T:
        """What the action returns, tried again as the policy says; RunStopped where that does not help."""
        request = Request(
            server=batch.server, model=batch.requests[0].model, messages=(), schema_name="", answer_schema={},
            temperature=None, max_output_tokens=0,
        )  # fmt: skip
        retry = Retry(self._policy, self._run, self._gate(), request)
        while True:
            self._gate().pass_through(0, self._run.check)
            try:
                return action()
            except CallFailed as failed:
                if failed.fault.kind not in WORTH_ANOTHER_TRY:
                    raise self._run.stop(
                        "batch",
                        f"{failed.fault.message}: the server does not take batches as it should; set "
                        "openai.mode: live, or run again",
                    ) from None
                try:
                    retry.recover(failed.fault, self._first_dialect)
                except (NextModel, Refused) as problem:
                    raise self._run.stop("batch", str(problem)) from None

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except LimitsUnavailable as error:
            raise self._run.stop("limits", f"{error}; without it the limits cannot be kept") from None
        except OSError as error:
            where = error.filename or "responses/"
            message = f"{error.strerror or error}: {where}; make room and run again"
            raise self._run.stop("disk", message) from error


def take(
    batch: Batch, folder: BatchFolder, store: ResponseStore, prices: Prices
) -> dict[str, dict[str, Any]]:
    """Put the answers of a batch's files into the store; what became of each request, for the ledger, by key."""
    requests = {one.key: one for one in batch.requests}
    events: dict[str, dict[str, Any]] = {}
    for what in ("output", "error"):
        for line in _lines(folder, batch, what):
            request = requests.get(str(line.get("custom_id")))
            if request is None or request.key in events:
                continue
            response = line.get("response")
            response = response if isinstance(response, dict) else {}
            if response.get("status_code") == 200 and isinstance(response.get("body"), dict):
                events[request.key] = _stored(request, response["body"], store, prices)
            else:
                said = one_line(json.dumps(line.get("error") or response, ensure_ascii=False)[:300])
                events[request.key] = {"event": "rejected", "reason": said}
    return events


def _stored(
    request: BatchRequest, body: dict[str, Any], store: ResponseStore, prices: Prices
) -> dict[str, Any]:
    raw = json.dumps(body).encode()
    usage = usage_of(raw)
    usd = prices.cost(request.model, usage)
    with store.hold(request.key) as held:
        if store.read(request.key) is None:
            with store.room(request.key) as room:
                store.save(request, Reply(headers={}, body=raw), request.about, usd, room)
        held.clear()
    return {"event": "answered", "usd": usd, "usage": usage}


def _lines(folder: BatchFolder, batch: Batch, what: str) -> Iterator[dict[str, Any]]:
    path = folder.file(batch, what)
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            try:
                line = untrusted_json.loads(raw)
            except ValueError:
                line = None
            if isinstance(line, dict):
                yield line
            else:
                log.warning("batch %s, %s, line %d cannot be read", batch.batch_id, what, number)


def _said(known: Mapping[str, Any]) -> str:
    """What the server says of a batch that failed."""
    errors = known.get("errors")
    data = errors.get("data") if isinstance(errors, dict) else None
    said = [str(one.get("message")) for one in data or [] if isinstance(one, dict)]
    return f" ({one_line('; '.join(said)[:300])})" if said else ""
