"""How bytes go to the store and come from it, past the server: nothing of the owner's goes with them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Mapping
from urllib.parse import urlsplit

import httpx

from smartupload.client.core.answers import PutAnswer
from smartupload.client.io.http import line_errors

_PIECE = 256 * 1024
"""Bytes handed to the connection at a time: few enough to be copied cheaply, many enough for few calls."""
_BEGINNING = 4096


class Store:
    """Requests that the server has signed."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def put(self, url: str, headers: Mapping[str, str], body: memoryview, on_bytes: Callable[[int], None]) -> PutAnswer:
        """Send a part. `on_bytes` is told how many more have left; what it raises ends the request. Raises Away."""

        def pieces() -> Iterator[memoryview]:
            for start in range(0, len(body), _PIECE):
                piece = body[start : start + _PIECE]
                yield piece
                on_bytes(len(piece))

        sent = {**headers, "content-length": str(len(body))}
        with line_errors(host_of(url), "store_away"):
            # httpx says bytes, and takes whatever has a length in bytes.
            answer = self._http.put(url, headers=sent, content=pieces())  # pyright: ignore[reportArgumentType]
        return PutAnswer(
            status=answer.status_code,
            etag=answer.headers.get("etag", ""),
            checksum=answer.headers.get("x-amz-checksum-sha256", ""),
            body=answer.content[:_BEGINNING].decode(errors="replace"),
        )

    @contextlib.contextmanager
    def get(self, url: str, start: int) -> Generator[httpx.Response]:
        """What is there from this byte on. Raises Away, also while it is read."""
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        with line_errors(host_of(url), "store_away"), self._http.stream("GET", url, headers=headers) as answer:
            yield answer


def host_of(url: str) -> str:
    """The part of an address that may be told: no signature is in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
