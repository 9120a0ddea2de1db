"""Answers have an end: what a server sends beyond a bound is never taken into memory."""

from collections.abc import AsyncIterator

import httpx2

LARGEST_REPLY = 100_000_000
"""Bytes; a whole answer has some tens of thousands."""
UNFOLDS_TO = 1000
"""A byte of gzip or deflate stands for about so many at most."""

ACCEPTED = {"accept-encoding": "identity"}
_ENCODINGS = ("gzip", "deflate")


class TooLarge(httpx2.ReadError):
    """An answer beyond the bound; it was perhaps billed, like any that breaks off."""

    def __init__(self) -> None:
        super().__init__(f"the answer is larger than {LARGEST_REPLY // 1_000_000} MB")


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > self._most:
                raise TooLarge
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def bound(response: httpx2.Response) -> None:
    """Hold a response to the bound before its body is read; files of batches go to the disk as they come."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", *_ENCODINGS):
        raise httpx2.ReadError(f"the answer came in an encoding that nobody asked for: {encoding[:40]}")
    if response.request.url.path.endswith("/content"):
        return
    most = LARGEST_REPLY // UNFOLDS_TO if encoding in _ENCODINGS else LARGEST_REPLY
    assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 - the client is asynchronous
    response.stream = _Bounded(response.stream, most)
