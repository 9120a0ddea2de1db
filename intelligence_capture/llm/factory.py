"""The extractor and the judge that jobs use, put together from the settings."""

import os
from collections.abc import Mapping
from concurrent.futures import Executor
from functools import cache
from pathlib import Path

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.errors import RunStopped
from intelligence_capture.llm.batch_client import BatchClient
from intelligence_capture.llm.batch_folder import BatchFolder
from intelligence_capture.llm.caller import Caller
from intelligence_capture.llm.credentials import OPENAI, read_credentials, server_address
from intelligence_capture.llm.extractor import OpenAIExtractor
from intelligence_capture.llm.gate import Gate, file_gate
from intelligence_capture.llm.half_price import HalfPrice
from intelligence_capture.llm.judge import ModelJudge
from intelligence_capture.llm.ledger import Ledger
from intelligence_capture.llm.places import shared_folder
from intelligence_capture.llm.prices import BATCH_SHARE, Prices
from intelligence_capture.llm.prompt import Prompt
from intelligence_capture.llm.redis_gate import redis_gate
from intelligence_capture.llm.request import Dialect
from intelligence_capture.llm.retry import Policy
from intelligence_capture.llm.run import Run
from intelligence_capture.llm.store import ResponseStore
from intelligence_capture.pseudonyms.pseudonyms import NO_PSEUDONYMS, Pseudonyms
from intelligence_capture.settings import JudgeQuestion, OpenAISettings


def openai_extractor(
    *,
    settings: OpenAISettings,
    catalogue: Catalogue,
    prompt: str,
    responses: Path,
    state: Path,
    pseudonyms: Pseudonyms = NO_PSEUDONYMS,
    policy: Policy | None = None,
    limits: Path | None = None,
    in_flight: Executor | None = None,
) -> OpenAIExtractor:
    """The extractor by a model: `responses` holds what was paid for, `state` the marker of the run.

    Nothing is connected and no key is read before an answer is missing from the store. `policy` and
    `limits`, the folder where processes meet to share their limits, follow from the settings unless given,
    and so does `in_flight`, which makes the calls and is shared by the readers of a job.
    """
    caller = _caller(settings, responses, state, policy, limits)
    return OpenAIExtractor(
        caller=caller,
        catalogue=catalogue,
        prompt=Prompt(prompt, settings.send_meta),
        settings=settings,
        server=server_address(settings.base_url),
        pseudonyms=pseudonyms,
        in_flight=in_flight,
    )


def model_judge(
    *,
    settings: OpenAISettings,
    prompts: Mapping[JudgeQuestion, str],
    calls: int,
    responses: Path,
    state: Path,
    pseudonyms: Pseudonyms = NO_PSEUDONYMS,
    policy: Policy | None = None,
    limits: Path | None = None,
) -> ModelJudge:
    """The judge of pairs by a model, with the same store, ledger, budget and limits as the extractor."""
    return ModelJudge(
        caller=_caller(settings, responses, state, policy, limits),
        prompts=prompts,
        settings=settings,
        server=server_address(settings.base_url),
        responses=responses,
        calls=calls,
        pseudonyms=pseudonyms,
    )


def half_price(
    *,
    settings: OpenAISettings,
    responses: Path,
    state: Path,
    policy: Policy | None = None,
    limits: Path | None = None,
) -> HalfPrice:
    """The Batch API for the requests of a run, with the same store, ledger, budget and limits."""
    server = server_address(settings.base_url)
    run = Run(state)
    return HalfPrice(
        server=server,
        folder=BatchFolder(responses),
        store=ResponseStore(responses),
        ledger=cache(lambda name: Ledger(responses / "ledger", run=name, limit_usd=settings.max_cost_usd)),
        gate=cache(lambda: _gate(settings, server, limits)),
        run=run,
        prices=Prices(server, settings.prices, share=BATCH_SHARE),
        client=_Senders(settings, run),
        policy=policy or policy_of(settings),
        first_dialect=_first_dialect(server),
        poll_seconds=settings.batch_poll_seconds,
    )


def _first_dialect(server: str) -> Dialect:
    return Dialect(room="max_completion_tokens" if server == OPENAI else "max_tokens")


def _caller(
    settings: OpenAISettings, responses: Path, state: Path, policy: Policy | None, limits: Path | None
) -> Caller:
    server = server_address(settings.base_url)
    run = Run(state)
    return Caller(
        store=ResponseStore(responses),
        ledger=Ledger(responses / "ledger", run=run.id, limit_usd=settings.max_cost_usd),
        gate=cache(lambda: _gate(settings, server, limits)),
        run=run,
        prices=Prices(server, settings.prices, settings.service_tier),
        sender=_Senders(settings, run),
        first_dialect=_first_dialect(server),
        models=settings.models,
        policy=policy or policy_of(settings),
    )


def _gate(settings: OpenAISettings, server: str, limits: Path | None) -> Gate:
    requests, tokens = settings.requests_per_minute, settings.tokens_per_minute
    if settings.redis_url:
        # A password is named by its variable, so that it stands in no config, log or job script.
        url = os.path.expandvars(settings.redis_url)
        return redis_gate(url, server, requests_per_minute=requests, tokens_per_minute=tokens)
    folder = limits or shared_folder(server)
    return file_gate(folder, requests_per_minute=requests, tokens_per_minute=tokens)


def policy_of(settings: OpenAISettings) -> Policy:
    """The retry policy that the settings ask for."""
    return Policy(
        tries=settings.max_tries,
        patience_seconds=settings.max_wait_seconds,
        timeout_seconds=settings.timeout_seconds,
        service_tier=settings.service_tier,
        limited=settings.max_cost_usd is not None,
    )


class _Senders:
    """Makes the client when the first answer has to be paid for."""

    def __init__(self, settings: OpenAISettings, run: Run) -> None:
        self._settings = settings
        self._run = run
        self._client: BatchClient | None = None

    def __call__(self) -> BatchClient:
        if self._client is None:
            try:
                credentials = read_credentials(self._settings.base_url)
            except RunStopped as stop:
                raise self._run.stop("key", str(stop)) from None
            self._client = BatchClient(credentials, timeout_seconds=self._settings.timeout_seconds)
        self._client.open()
        return self._client
