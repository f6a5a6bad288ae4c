"""What every answer says about caching and embedding."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartupload.api.addresses import path_of

_YEAR = 365 * 24 * 3600


class StandardHeaders:
    """Hashed assets may be kept for ever, API answers not at all, the rest is asked for again each time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = path_of(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("cache-control", _cache_control(path, message["status"]))
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
                headers["x-frame-options"] = "DENY"
                headers.setdefault("content-security-policy", "frame-ancestors 'none'")
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _cache_control(path: str, status: int) -> str:
    if path.startswith("/api/") or path in ("/healthz", "/readyz"):
        return "no-store"
    if path.startswith("/assets/") and status in (200, 206, 304):
        return f"public, max-age={_YEAR}, immutable"
    return "no-cache"
