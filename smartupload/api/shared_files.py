"""What becomes of files that another app shares with the installed site and that no service worker has taken: they are thrown away here, and the page says so."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from smartupload.api.addresses import path_of

MOST = 4 * 1024**3
"""Bytes that are taken. A browser reads no answer before it has sent all: answered earlier, its connection is closed meanwhile (listening.py), and it shows an
error of its own (measured with Chromium and 600 MiB). So only what nobody shares is not waited for."""
PATIENCE, LONGEST = 30.0, 900.0
"""Seconds without a byte, and for all of it."""


class SharedFiles:
    """Around all that a site serves. Where the service worker of the browser half is there (`sw-share.js`) no such request leaves the browser; it is not yet
    for somebody who has just installed the site and never opened it.

    `target`: the address that the manifest names, "" where there is none. It is open to anybody, since nothing of anybody is read or kept there.
    """

    def __init__(self, app: ASGIApp, target: str) -> None:
        self.app = app
        self.target = target

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] != "POST" or not self.target or path_of(scope) != self.target:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        await _drain(headers, receive)
        # A browser says `none` of what another app shares.
        is_foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        # Beside the address that was asked for, whatever a proxy in front calls it.
        where = f"./?shared={'foreign' if is_foreign else 'lost'}"
        await RedirectResponse(where, 303, {"cache-control": "no-store"})(scope, receive, send)


async def _drain(headers: Headers, receive: Receive) -> None:
    """To the end, a piece at a time, and nothing of it is kept."""
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MOST:
        return
    taken = 0
    try:
        async with asyncio.timeout(LONGEST):
            while taken <= MOST:
                async with asyncio.timeout(PATIENCE):
                    message = await receive()
                taken += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return
