"""The endpoints of the Batch API: a file of requests in, a file of answers out, hours between them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from intelligence_capture import untrusted_json
from intelligence_capture.llm.client import Client

ENDPOINT = "/v1/chat/completions"
WINDOW = "24h"
TRANSFER_SECONDS = 3600.0
"""How long a file of 200 MB may take on its way; other calls have the usual deadline."""
MARK = "intelligence_capture"
"""The key in a batch's metadata under which the mark stands that tells it from all others."""


class BatchClient(Client):
    """A Client that also knows files and batches; a fault is a CallFailed, as with any call."""

    def upload(self, path: Path) -> str:
        """The server's id of this file of requests."""

        async def work() -> Any:  # noqa: ANN401 - the SDK's raw response
            content = path.read_bytes()
            return await self._answered(
                lambda sdk: sdk.files.with_raw_response.create(file=(path.name, content), purpose="batch"),
                TRANSFER_SECONDS,
            )

        return str(self._object(self._run(work()))["id"])

    def create(self, file_id: str, mark: str) -> dict[str, Any]:
        """The batch of this file, created with this mark."""
        given = {"input_file_id": file_id, "endpoint": ENDPOINT, "completion_window": WINDOW}
        return self._ask("create", **given, metadata={MARK: mark})

    def retrieve(self, batch_id: str) -> dict[str, Any]:
        """The batch as it stands."""
        return self._ask("retrieve", batch_id=batch_id)

    def find(self, mark: str) -> dict[str, Any] | None:
        """The batch of the server with this mark, None where there is none."""
        return next((one for one in self._all() if (one.get("metadata") or {}).get(MARK) == mark), None)

    def download(self, file_id: str, path: Path) -> None:
        """Write a file of the server, line by line, without the key."""
        self._run(self._answered_stream(file_id, path))

    def _all(self) -> Iterator[dict[str, Any]]:
        after: dict[str, str] = {}
        while True:
            page = self._ask("list", limit=100, **after)
            found = [one for one in page.get("data") or [] if isinstance(one, dict)]
            yield from found
            if not page.get("has_more") or not found:
                return
            after = {"after": str(found[-1]["id"])}

    def _ask(self, what: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - what the SDK takes
        async def work() -> Any:  # noqa: ANN401 - the SDK's raw response
            return await self._answered(
                lambda sdk: getattr(sdk.batches.with_raw_response, what)(**given), self._timeout
            )

        return self._object(self._run(work()))

    def _object(self, raw: Any) -> dict[str, Any]:  # noqa: ANN401 - the SDK's raw response
        try:
            found = untrusted_json.loads(self._credentials.redact_bytes(raw.http_response.content))
        except ValueError:
            found = None
        if not isinstance(found, dict) or not isinstance(found.get("id", ""), str):
            raise self._failed("unknown", "what the server sent is no JSON object")
        return found

    async def _answered_stream(self, file_id: str, path: Path) -> None:
        async def fetch(sdk: Any) -> Any:  # noqa: ANN401 - the SDK
            async with sdk.files.with_streaming_response.content(file_id) as response:
                with path.open("wb") as file:
                    async for line in _lines(response.iter_bytes()):
                        file.write(self._credentials.redact_bytes(line))
            return response

        await self._answered(fetch, TRANSFER_SECONDS)


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The lines in a stream of bytes, each with its end."""
    rest = b""
    async for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if rest:
        yield rest
