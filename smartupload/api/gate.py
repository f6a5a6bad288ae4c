"""What is open to somebody who has not signed in, where everybody has to: the list of it, and what all else answers."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from smartupload.api.addresses import path_of
from smartupload.api.errors import problem_response
from smartupload.api.identity import Identity
from smartupload.errors import NotSignedIn, Problem

OPEN = (
    # A share link is for whoever has it: its page, what the page asks for, and the bytes.
    r"GET /f/[^/]+",
    r"GET /api/shared/[^/]+(/download|/preview)?",
    # The same for the link of a group.
    r"GET /f/group/[^/]+",
    r"GET /api/shared-group/[^/]+(/download|/files/[^/]+/download)?",
    # A drop link, the same: where there are any, its page too (below). What else it takes to send by one is in api/drops.
    r"GET /api/drop/[^/]+",
    # Signing in and out, and being somebody else.
    r"GET /login",
    r"GET /login/callback",
    r"GET /api/me",
    r"POST /api/logout",
    r"POST /api/backchannel-logout",
    r"POST /api/forget",
    # Limits, and whose uploads the browser may show: nothing of anybody.
    r"GET /api/client-settings",
    r"GET /api/openapi\.json",
    # The links in mails, which carry a signature of their own.
    r"GET /api/notifications/(confirm|stop)",
    r"POST /api/notifications/(confirm|stop)",
    # Ends the pushes of whoever knows the address that they go to, also after its person has signed out.
    r"DELETE /api/push-subscriptions",
    # They ask for a token of their own.
    r"(GET|POST) /api/admin/.*",
    r"GET /(healthz|readyz)",
    # Scripts, styles and pictures: the same for everybody, and nothing of anybody is in them.
    r"GET /assets/[^?]+",
    r"GET /[\w.-]+\.(js|css|svg|png|ico|webmanifest|txt)",
)
"""Method and path. What is not in it is closed, so that a route that somebody adds is, too."""

_DROP = re.compile(r"GET /drop/[^/]+")
_OPEN = re.compile("|".join(f"(?:{one})" for one in OPEN))


class Gate:
    """Around everything a site has. Websockets are let through: which of their events are handled is decided in `smartupload.state.gate`."""

    def __init__(self, app: ASGIApp, identity: Identity) -> None:
        self.app = app
        self.identity = identity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or is_open(scope["method"], path_of(scope), self.identity.senders):
            await self.app(scope, receive, send)
            return
        try:
            if await self.identity.owner(HTTPConnection(scope)):
                await self.app(scope, receive, send)
                return
            refused: Problem = NotSignedIn()
        except Problem as problem:
            refused = problem
        path = path_of(scope)
        if is_page(scope, path) and isinstance(refused, NotSignedIn):
            back = quote(
                path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""), safe=""
            )
            answer = RedirectResponse(f"/login?to={back}", 303, {"cache-control": "no-store"})
        else:
            answer = problem_response(refused)
        await answer(scope, receive, send)


def is_open(method: str, path: str, has_drops: bool = False) -> bool:
    """Whether whoever has not signed in gets an answer there."""
    asked = f"{'GET' if method == 'HEAD' else method} {path}"
    return _OPEN.fullmatch(asked) is not None or (has_drops and _DROP.fullmatch(asked) is not None)


def is_page(scope: Scope, path: str) -> bool:
    """Whether somebody looks at it, who is better led to the sign-in than told a code."""
    return scope["method"] in ("GET", "HEAD") and not path.startswith(("/api/", "/_"))
