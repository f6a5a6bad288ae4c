"""Which pages may act for the person in front of them: those of this site, and no other site's."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from smartupload.api.refusing import refuse_socket
from smartupload.errors import CrossSite, Problem

log = structlog.get_logger("smartupload")
_ADDRESS = re.compile(r"https?://[a-z0-9.:\[\]-]{1,200}")

Refused = Callable[[Scope, Problem], Awaitable[None]]
"""Is told what was refused before it came to a route."""


async def told_nobody(_scope: Scope, _problem: Problem) -> None:
    """Nobody wants to know."""


def is_ours(headers: Headers, origins: Collection[str]) -> bool:
    """Whether a request comes from a page of this site, or from no page at all.

    Browsers say where a request comes from, and no page can have them say otherwise; programs say nothing, and hold no cookie.
    """
    site = headers.get("sec-fetch-site", "same-origin")
    origin = headers.get("origin")
    if origin is None:
        return site in ("same-origin", "none")
    if origin in origins:
        return True
    # The very host that is asked, whatever a proxy in between calls us; not where the browser itself says that it is another.
    return _is_host(origin, headers.get("host", "")) and site in ("same-origin", "none")


def _is_host(origin: str, host: str) -> bool:
    return bool(host) and origin.partition("://")[2] == host


class OwnSockets:
    """Websockets of pages of other sites are refused: their browsers send the cookie along, and what a page says on one is done."""

    def __init__(self, app: ASGIApp, origins: Collection[str], refused: Refused = told_nobody) -> None:
        self.app = app
        self.origins = frozenset(origins)
        self.refused = refused
        self._was_said = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            if not is_ours(headers, self.origins):
                problem = CrossSite()
                await self.refused(scope, problem)
                await refuse_socket(problem, scope, receive, send)
                return
            self._look(headers.get("origin", ""))
        await self.app(scope, receive, send)

    def _look(self, origin: str) -> None:
        """A page at an address that no setting names is told of, once: anybody can write one into a request."""
        if self._was_said or origin in self.origins or not _ADDRESS.fullmatch(origin):
            return
        self._was_said = True
        log.warning(
            f"Pages are opened at {origin}, which is not the address of this site: links are of another one, and pages may "
            f"hear nothing. If people use it, set SMARTUPLOAD_PUBLIC_URL={origin} and start again."
        )
