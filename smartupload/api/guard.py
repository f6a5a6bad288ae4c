"""Which requests are let in: nothing that changes state comes from another site, and no body is larger than it may be."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartupload.api.addresses import path_of
from smartupload.api.errors import problem_response
from smartupload.api.origins import Refused, is_ours, told_nobody
from smartupload.api.tokens import bearer
from smartupload.errors import CrossSite, InvalidRequest, Problem
from smartupload.words import Sentence

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_BODY = 256 * 1024
"""Bytes; the largest honest request signs 100 parts of as many uploads in 30 KiB. File bytes come by the relay alone."""
PATIENCE = 60.0
"""Seconds for a body to come."""
LARGER = {"/api/batch/create": 1024 * 1024}
"""Bytes, by path: 100 files with the first 4 KiB of each."""
RELAYED = re.compile(r"/api/uploads/[^/]+/parts/[^/]+/relay")
"""Parts on their way through the app, which are never whole in here (routes.relay): it is looked first whose they are, and how long."""
LARGEST_PART = 5 * 1024**3
"""S3 takes no larger one."""


class Guard:
    """For /api only. `origins` are the site's own; `refused` is told of what other sites attempt."""

    def __init__(self, app: ASGIApp, origins: Sequence[str], refused: Refused = told_nobody) -> None:
        self.app = app
        self.origins = frozenset(origins)
        self.refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not path_of(scope).startswith("/api/") or scope["method"] in _SAFE:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_relayed = scope["method"] == "PUT" and RELAYED.fullmatch(path_of(scope)) is not None
        most = LARGEST_PART if is_relayed else LARGER.get(path_of(scope), MAX_BODY)
        refused = self._refusal(scope, headers, most)
        if refused is not None:
            if isinstance(refused, CrossSite):
                await self.refused(scope, refused)
            await problem_response(refused)(scope, receive, send)
            return
        if is_relayed:
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _whole(receive, most)
        except TimeoutError:
            body = InvalidRequest(Sentence("problem-invalid_request-cut-off"))
        if isinstance(body, Problem):
            await problem_response(body)(scope, receive, send)
            return
        given = [] if body is None else [body]

        async def receive_whole() -> Message:
            return {"type": "http.request", "body": given.pop(), "more_body": False} if given else await receive()

        await self.app(scope, receive_whole, send)

    def _refusal(self, scope: Scope, headers: Headers, most: int) -> Problem | None:
        # What brings a token, and no cookie, is no browser's doing: no page of another site can have it send one along.
        is_program = bool(bearer(scope)) and "cookie" not in headers
        if not is_program and not is_ours(headers, self.origins):
            return CrossSite()
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > most:
            return _too_large(most)
        return None


async def _whole(receive: Receive, most: int) -> bytes | Problem | None:
    """The body, also one of a length that nobody has said; None when its sender has gone.

    One that is too large is refused before anything is done: cut off, it would be no body to a route that takes none.
    """
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > most:
            return _too_large(most)
        if not message.get("more_body", False):
            return bytes(body)


def _too_large(most: int) -> Problem:
    return InvalidRequest(Sentence("problem-invalid_request-too-large", most=most))
