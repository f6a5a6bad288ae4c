"""Who is asking: one HttpOnly cookie, minted before anything else looks at the request."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartupload.service.owner import COOKIE, MAX_AGE, new_secret, secret_from_cookies


def owner_cookie(secret: str, secure: bool) -> str:
    """The Set-Cookie line for a secret; for an empty one, the line that takes the cookie away."""
    age = MAX_AGE if secret else 0
    return f"{COOKIE}={secret}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


class OwnerCookie:
    """Give every browser a secret, with its first HTTP answer or websocket handshake.

    The new secret is put into the request's own headers too, so that whatever handles the very first request
    (an API route, a Reflex event) already sees it. A malformed cookie is replaced.
    """

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = MutableHeaders(scope=scope)
        cookies = "; ".join(headers.getlist("cookie"))
        if secret_from_cookies(cookies):
            await self.app(scope, receive, send)
            return
        secret = new_secret()
        pair = f"{COOKIE}={secret}"
        others = [pair for pair in cookies.split(";") if pair.strip() and pair.split("=", 1)[0].strip() != COOKIE]
        headers["cookie"] = "; ".join([*(other.strip() for other in others), pair])

        async def send_with_cookie(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept") and not _shared(message):
                message.setdefault("headers", [])  # engine.io accepts without any
                MutableHeaders(scope=message).append("set-cookie", owner_cookie(secret, self.secure))
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _shared(message: Message) -> bool:
    """Whether caches may keep the answer for others: then one browser's secret must not be in it."""
    control = dict(message.get("headers") or ()).get(b"cache-control", b"")
    return b"public" in control or b"immutable" in control
