"""One call through the OpenAI SDK: an answer as it came, or the sort of fault it was."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from intelligence_capture.llm.credentials import OPENAI, Credentials
from intelligence_capture.llm.faults import CallFailed, Fault, classify
from intelligence_capture.records import Record

Body = dict[str, Any]

CONNECT_SECONDS = 10.0
_HEADERS = ("x-ratelimit-", "retry-after", "x-request-id", "openai-processing-ms", "date", "content-type")


class Reply(Record):
    """What a server sent back with status 200: not parsed yet, the key taken out."""

    headers: dict[str, str]
    body: bytes


class Client:
    """Sends one request at a time a thread, with a deadline by the wall clock and no retries of its own."""

    def __init__(self, credentials: Credentials, *, timeout_seconds: float) -> None:
        self._credentials = credentials
        self._timeout = timeout_seconds
        self._start = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sdk: Any = None

    def __call__(self, body: Body) -> Reply:
        """The reply to this request; CallFailed with the fault where there is none."""
        reply: Reply = self._run(self._send(body))
        return reply

    def open(self) -> None:
        """Get ready, which takes a second the first time: before a call is given its place in the minute."""
        with self._start:
            if self._loop is None:
                self._open()

    def close(self) -> None:
        """Let go of connections."""
        if self._loop is not None:
            self._run(self._sdk.close())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._loop = None

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - what the coroutine returns
        self.open()
        assert self._loop is not None  # noqa: S101 - opened just above
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _open(self) -> None:
        # The SDK takes a second to import: only a process that really calls pays for it.
        import httpx2
        import openai

        from intelligence_capture.llm.bounded import ACCEPTED, bound

        # They log what servers send and, for debugging, what is sent to them.
        for name in ("openai", "httpx2", "httpcore2"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True, name="calls").start()
        seconds = httpx2.Timeout(self._timeout, connect=min(CONNECT_SECONDS, self._timeout))
        self._sdk = openai.AsyncOpenAI(
            api_key=self._credentials.key,
            base_url=self._credentials.server,
            max_retries=0,
            timeout=seconds,
            # A redirect would take the interview, and perhaps the key, to a server nobody named.
            # A proxy from the environment would take a call to this machine, and the key, over plain http.
            http_client=openai.DefaultAsyncHttpxClient(
                follow_redirects=False,
                timeout=seconds,
                trust_env=not self._credentials.local,
                event_hooks={"response": [bound]},
            ),
            default_headers=ACCEPTED,
        )
        if self._credentials.server != OPENAI:
            # The SDK reads them from the environment, and they concern no other server.
            self._sdk.organization = self._sdk.project = None

    async def _send(self, body: Body) -> Reply:
        raw = await self._answered(
            lambda sdk: sdk.chat.completions.with_raw_response.create(**body), self._timeout
        )
        response = raw.http_response
        return Reply(
            headers=self._headers(response.headers), body=self._credentials.redact_bytes(response.content)
        )

    async def _answered(self, ask: Callable[[Any], Awaitable[Any]], seconds: float) -> Any:  # noqa: ANN401
        """What the SDK returns for this call, with status 2xx; CallFailed with the fault otherwise."""
        import openai

        try:
            # The SDK's timeout counts from byte to byte; a dripping server never meets it.
            raw = await asyncio.wait_for(ask(self._sdk), seconds)
        except TimeoutError:
            raise self._failed("unknown", f"no whole answer within {seconds:g} s") from None
        except openai.APIStatusError as error:
            raise self._rejected(error.status_code, error.response) from None
        except openai.APIConnectionError as error:
            raise self._disconnected(error) from None
        response = raw.http_response
        if not 200 <= response.status_code < 300:
            raise self._rejected(response.status_code, response)
        return raw

    def _rejected(self, status: int, response: Any) -> CallFailed:  # noqa: ANN401 - httpx2.Response
        fault = classify(status, response.headers, response.content)
        return CallFailed(fault.model_copy(update={"message": self._credentials.redact(fault.message)}))

    def _disconnected(self, error: Exception) -> CallFailed:
        import httpx2

        cause = error.__cause__
        # None of these has sent the request to the server.
        unsent = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
        if isinstance(cause, unsent):
            return self._failed("unreachable", f"{self._credentials.server} cannot be reached: {cause}")
        return self._failed("unknown", f"the connection broke: {cause or error}")

    def _failed(self, kind: Any, message: str) -> CallFailed:  # noqa: ANN401 - a Kind
        return CallFailed(Fault(kind=kind, message=self._credentials.redact(message)))

    def _headers(self, headers: Any) -> dict[str, str]:  # noqa: ANN401 - httpx2.Headers
        kept = {name.lower(): value for name, value in headers.items() if name.lower().startswith(_HEADERS)}
        return {name: self._credentials.redact(value) for name, value in kept.items()}
