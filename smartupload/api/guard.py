"""Which requests are let in: nothing that changes state comes from another site, and no body is larger than it may be."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartupload.api.addresses import path_of
from smartupload.api.errors import problem_response
from smartupload.errors import CrossSite, InvalidRequest, Problem

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_BODY = 256 * 1024
"""Bytes; the largest honest request signs 100 parts of as many uploads in 30 KiB. File bytes never come here."""
LARGER = {"/api/batch/create": 1024 * 1024}
"""Bytes, by path: 100 files with the first 4 KiB of each."""


class Guard:
    """For /api only. `origins` are the site's own."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not path_of(scope).startswith("/api/") or scope["method"] in _SAFE:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = LARGER.get(path_of(scope), MAX_BODY)
        refused = self._refusal(headers, most)
        if refused is not None:
            await problem_response(refused)(scope, receive, send)
            return
        length = 0

        async def receive_limited() -> Message:
            nonlocal length
            message = await receive()
            length += len(message.get("body", b""))
            if length > most:
                # A body of unknown length grew too large: cut it off, which no JSON survives.
                return {"type": "http.request", "body": b"", "more_body": False}
            return message

        await self.app(scope, receive_limited, send)

    def _refusal(self, headers: Headers, most: int) -> Problem | None:
        # Browsers say where a request comes from; programs (curl, the tests of a team) say nothing and hold no cookie.
        origin = headers.get("origin")
        if origin is not None and origin not in self.origins and not _same_host(origin, headers.get("host", "")):
            return CrossSite()
        if origin is None and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return CrossSite()
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > most:
            return InvalidRequest(f"The request is larger than {most} bytes. Send fewer parts or files at once.")
        return None


def _same_host(origin: str, host: str) -> bool:
    """Whether the page came from the very host that is asked, whatever a proxy in between calls us."""
    return bool(host) and origin.partition("://")[2] == host
