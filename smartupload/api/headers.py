"""What every answer says about caching, embedding and where it leads, and what a browser may do with it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartupload.api.addresses import path_of

_YEAR = 365 * 24 * 3600
ANSWER = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Of what is no page: nothing in it is loaded or run, whatever it is taken for."""
EMBEDDED = "frame-ancestors 'none'"
"""Of a page whose scripts are the app's own business."""
PERMISSIONS = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()"
)


class StandardHeaders:
    """Hashed assets may be kept for ever, API answers not at all, the rest is asked for again each time.

    `secure`: the site is reached by https. `policy` gives the Content-Security-Policy of what is no answer of the API: whether it
    is a page goes in.
    """

    def __init__(self, app: ASGIApp, secure: bool = False, policy: Callable[[bool], str] = lambda _: EMBEDDED) -> None:
        self.app = app
        self.secure = secure
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, hosts = path_of(scope), _hosts(scope)
        if self.secure:
            # Whatever a proxy in between speaks: else a redirect to another path would lead away from https.
            scope = {**scope, "scheme": "https"}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("cache-control", _cache_control(path, message["status"]))
                if "location" in headers and not path.startswith("/api/"):
                    headers["location"] = _at_home(headers["location"], hosts)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
                headers["x-frame-options"] = "DENY"
                headers["cross-origin-opener-policy"] = "same-origin"
                headers["permissions-policy"] = PERMISSIONS
                if self.secure:
                    # Without the subdomains, which are somebody else's business.
                    headers["strict-transport-security"] = f"max-age={_YEAR}"
                is_page = _is_page(path, headers.get("content-type"))
                headers.setdefault("content-security-policy", ANSWER if _is_answer(path) else self.policy(is_page))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _hosts(scope: Scope) -> set[str]:
    """What the request says that we are, and what the server calls itself."""
    name, port = scope.get("server") or ("", None)
    return {Headers(scope=scope).get("host", ""), name, f"{name}:{port}"}


def _at_home(location: str, hosts: set[str]) -> str:
    """Without the host that the request names, and the scheme that the last proxy speaks: both are others' word."""
    parts = urlsplit(location)
    if not parts.netloc or parts.netloc not in hosts:
        return location
    return urlunsplit(("", "", "/" + parts.path.lstrip("/"), parts.query, parts.fragment))


def _is_page(path: str, kind: str | None) -> bool:
    if kind is not None:
        return kind.startswith("text/html")
    # Not modified: what it says takes the place of what the browser has kept, and its type is not said again.
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith(".html")


def _is_answer(path: str) -> bool:
    return path.startswith("/api/") or path in ("/healthz", "/readyz")


def _cache_control(path: str, status: int) -> str:
    if _is_answer(path):
        return "no-store"
    if path.startswith("/assets/") and status in (200, 206, 304):
        return f"public, max-age={_YEAR}, immutable"
    return "no-cache"
