"""Who is asking: whom the app's own login says, or else the holder of one HttpOnly cookie, minted before anything else looks at the request."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import partial

import anyio
import structlog
from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartupload.api.login import Login
from smartupload.errors import IdentityUnavailable, Problem
from smartupload.service.access.sessions import Session
from smartupload.service.owner import (
    COOKIE,
    MAX_AGE,
    MAX_LENGTH,
    is_person,
    new_secret,
    owner_from_cookies,
    secret_from_cookies,
)

log = structlog.get_logger("smartupload.api")

Identify = Callable[[HTTPConnection], "str | Awaitable[str | None] | None"]
"""From a request, or the handshake of a websocket, to the owner's id, which stays the same; None for nobody."""

SECONDS = 10.0
"""So long it may take to find out who is asking."""
AT_ONCE = 40
"""Threads for functions that are not async. One that hangs keeps its thread, and no other request's."""


class Identity:
    """By the function of the app; else by our own sign-in, where there is one, and by the cookie for everybody who has not signed in.

    `anonymous`: whoever has not signed in may come, too.
    """

    def __init__(
        self,
        identify: Identify | None = None,
        seconds: float = SECONDS,
        login: Login | None = None,
        anonymous: bool = True,
    ) -> None:
        self._identify = identify
        self.login = login
        self._anonymous = anonymous
        self._seconds = seconds
        self._threads = CapacityLimiter(AT_ONCE)

    @property
    def by_cookie(self) -> bool:
        """Whether owners may be cookies, which get lost, and not only people who log in."""
        return self._identify is None and self._anonymous

    @property
    def sign_in(self) -> str:
        """Where people sign in, empty where that is nothing of ours."""
        return "" if self.login is None else "/login"

    def may_sign_in(self, here: str) -> bool:
        """Whether whoever is here is nobody yet who signs in, where people do."""
        return not here if self._identify is not None else self.login is not None and not is_person(here)

    async def session(self, connection: HTTPConnection) -> Session | None:
        """Of somebody who has signed in here; one that has expired as well. Raises IdentityUnavailable."""
        return None if self.login is None else await self.login.session(connection)

    async def here(self, connection: HTTPConnection) -> str:
        """Whose uploads this browser may show: the owner's, and those of somebody whose session has expired. Raises IdentityUnavailable."""
        found = await self.session(connection)
        return found.owner if found is not None else await self.owner(connection)

    async def owner(self, connection: HTTPConnection) -> str:
        """The owner's id, empty for nobody. Raises IdentityUnavailable when that cannot be found out now."""
        if self._identify is None:
            if (found := await self.session(connection)) is not None:
                # Who has to sign in anew is not somebody else meanwhile.
                return found.owner if found.live else ""
            return anonymous_owner(connection) if self._anonymous else ""
        try:
            with anyio.fail_after(self._seconds):
                return _checked(await self._asked(self._identify, connection))
        except Problem:
            raise
        except HTTPException as refused:
            if refused.status_code in (401, 403):
                return ""
            log.exception("identify failed")
        except TimeoutError:
            log.error("identify did not answer in time", seconds=self._seconds)
        except Exception:
            log.exception("identify failed")
        raise IdentityUnavailable

    async def _asked(self, identify: Identify, connection: HTTPConnection) -> object:
        if inspect.iscoroutinefunction(identify):
            return await identify(connection)
        found = await to_thread.run_sync(partial(identify, connection), abandon_on_cancel=True, limiter=self._threads)
        return await found if inspect.isawaitable(found) else found


def _checked(found: object) -> str:
    if found is None:
        return ""
    if not isinstance(found, str):
        raise TypeError(f"identify gave a {type(found).__name__}: give the owner's id as a text, or None for nobody")
    if len(found) > MAX_LENGTH or not found.isprintable():
        raise ValueError(
            f"identify gave an id that cannot be kept: {MAX_LENGTH} printable characters at most, else a hash of it"
        )
    return found


def anonymous_owner(connection: HTTPConnection) -> str:
    """Whoever holds this browser's cookie, whether or not they have signed in; empty where there is none."""
    return owner_from_cookies("; ".join(connection.headers.getlist("cookie")))


_NEW = "smartupload.new_here"
"""In the scope of a request that came without a cookie of ours."""


def is_new_here(connection: HTTPConnection) -> bool:
    """Whether the cookie of this request was made for it just now: who brings none is somebody else each time."""
    return bool(connection.scope.get(_NEW))


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
        scope[_NEW] = True
        pair = f"{COOKIE}={secret}"
        others = [pair for pair in cookies.split(";") if pair.strip() and pair.split("=", 1)[0].strip() != COOKIE]
        headers["cookie"] = "; ".join([*(other.strip() for other in others), pair])

        async def send_with_cookie(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept") and not _shared(message):
                message.setdefault("headers", [])  # engine.io accepts without any
                answered = MutableHeaders(scope=message)
                answered.append("set-cookie", owner_cookie(secret, self.secure))
                _keep_apart(answered)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _shared(message: Message) -> bool:
    """Whether caches are meant to keep the answer for others: then one browser's secret must not be in it."""
    control = Headers(raw=message.get("headers") or []).get("cache-control", "")
    return any(word in control for word in ("public", "immutable", "s-maxage"))


def _keep_apart(headers: MutableHeaders) -> None:
    """No cache may keep for others what brings a secret: one that only says `no-cache` may be kept, and asked about."""
    control = headers.get("cache-control", "")
    if not {"private", "no-store"} & {part.strip() for part in control.split(",")}:
        headers["cache-control"] = f"private, {control}" if control else "private, no-cache"
