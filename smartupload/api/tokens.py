"""What a token opens: which of a program's requests are its owner's, and which of the routes it may ask."""

from __future__ import annotations

import re
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from smartupload.api.addresses import path_of
from smartupload.errors import IdentityUnavailable, Problem, TokenScope, TokenVoid
from smartupload.service.access import tokens
from smartupload.service.access.tokens import PREFIX, READ, UPLOAD, Use
from smartupload.service.context import Context

USE = "smartupload.token"
"""In a scope: the token by which it is known who asks."""
AT_ONCE = 16
"""Threads that look tokens up: they ask the database alone."""

_ID = r"/api/uploads/[^/]+"
OPENS: dict[str, tuple[str, ...]] = {
    # What a program does in order to put a file. Of what is there it sees the uploads whose ids it knows.
    UPLOAD: (
        r"POST /api/uploads",
        rf"GET {_ID}",
        rf"POST {_ID}/(parts|handover|complete|pause|resume|claim)",
        # One that is ready it cannot delete: see the route.
        rf"DELETE {_ID}",
        rf"PUT {_ID}/parts/[^/]+/relay",
        r"POST /api/batch/(create|sign|complete|cancel)",
    ),
    READ: (
        r"GET /api/uploads",
        rf"GET {_ID}(/download|/preview|/link)?",
        r"GET /api/groups(/[^/]+/link)?",
        r"GET /api/events",
    ),
}
"""Method and path. What is in neither opens to no token: making tokens, links and notifications, taking along, deleting everything."""
ALWAYS = (
    r"GET /api/client-settings",
    r"GET /api/shared/[^/]+(/download|/preview)?",
    r"GET /api/shared-group/[^/]+(/download|/files/[^/]+/download)?",
)
"""What anybody gets, too."""

_OPENS = {scope: re.compile("|".join(f"(?:{one})" for one in (*paths, *ALWAYS))) for scope, paths in OPENS.items()}


def bearer(scope: Scope) -> str:
    """The token that a request brings; empty where there is none of ours. A websocket brings none: a page is behind it."""
    if scope["type"] != "http":
        return ""
    kind, _, text = Headers(scope=scope).get("authorization", "").partition(" ")
    text = text.strip()
    return text if kind.lower() == "bearer" and text.startswith(PREFIX) else ""


class Tokens:
    """Those in the database of the context, which may be there only later."""

    def __init__(self, context: Callable[[], Context]) -> None:
        self._context = context
        self._threads = CapacityLimiter(AT_ONCE)

    async def owner(self, connection: HTTPConnection, text: str) -> str:
        """Whose token it is, if it is good for this request. Raises TokenVoid, TokenScope, IdentityUnavailable."""
        use: Use | None = connection.scope.get(USE)
        if use is None:
            try:
                use = await to_thread.run_sync(
                    tokens.find, self._context(), text, abandon_on_cancel=True, limiter=self._threads
                )
            except Problem:
                raise
            except Exception as away:
                raise IdentityUnavailable from away
        if use is None:
            raise TokenVoid
        if not is_opened(use, connection.scope["method"], path_of(connection.scope)):
            raise TokenScope
        connection.scope[USE] = use
        return use.owner


def is_opened(use: Use, method: str, path: str) -> bool:
    """Whether a token with these scopes may ask this."""
    asked = f"{'GET' if method == 'HEAD' else method} {path}"
    return any(_OPENS[scope].fullmatch(asked) for scope in use.scopes)
