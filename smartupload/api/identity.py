"""Who is asking: whom the app's own login says, or else the holder of the owner's cookie (api/cookie)."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import partial

import anyio
import structlog
from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from smartupload.api import drops
from smartupload.api.login import Login
from smartupload.api.tokens import Tokens, bearer
from smartupload.errors import IdentityUnavailable, Problem
from smartupload.service.access.sessions import Session
from smartupload.service.owner import MAX_LENGTH, is_person, owner_from_cookies

log = structlog.get_logger("smartupload.api")

Identify = Callable[[HTTPConnection], "str | Awaitable[str | None] | None"]
"""From a request, or the handshake of a websocket, to the owner's id, which stays the same; None for nobody."""

SECONDS = 10.0
"""So long it may take to find out who is asking."""
AT_ONCE = 40
"""Threads for functions that are not async. One that hangs keeps its thread, and no other request's."""


class Identity:
    """By the function of the app; else by our own sign-in, where there is one, and by the cookie for everybody who has not signed in.

    `anonymous`: whoever has not signed in may come, too; `tokens`: programs may bring a token of somebody's;
    `senders`: who has only a cookie may ask what sending by a drop link takes; `sign_in`: where people sign in with the app around.
    """

    def __init__(
        self,
        identify: Identify | None = None,
        seconds: float = SECONDS,
        login: Login | None = None,
        anonymous: bool = True,
        tokens: Tokens | None = None,
        sign_in: str = "",
        senders: bool = False,
    ) -> None:
        self._identify = identify
        self.senders = senders
        self._sign_in = sign_in
        self.login = login
        # An app that says itself who somebody is has its own way for programs, too.
        self.tokens = tokens if identify is None else None
        self._anonymous = anonymous
        self._seconds = seconds
        self._threads = CapacityLimiter(AT_ONCE)

    @property
    def by_cookie(self) -> bool:
        """Whether owners may be cookies, which get lost, and not only people who log in."""
        return self._identify is None and self._anonymous

    @property
    def reads_cookie(self) -> bool:
        """Whether the cookie says anything: where everybody has to sign in, whose the uploads were that were begun before."""
        return self._identify is None

    @property
    def sign_in(self) -> str:
        """Where people sign in, empty where nobody has said that."""
        return self._sign_in if self.login is None else "/login"

    def may_sign_in(self, here: str) -> bool:
        """Whether whoever is here is nobody yet who signs in, where people do."""
        return not here if self._identify is not None else self.login is not None and not is_person(here)

    async def session(self, connection: HTTPConnection) -> Session | None:
        """Of somebody who has signed in here; one that has expired as well. Raises IdentityUnavailable."""
        if self.login is None or self._token(connection):
            return None
        return await self.login.session(connection)

    def _token(self, connection: HTTPConnection) -> str:
        return "" if self.tokens is None else bearer(connection.scope)

    async def here(self, connection: HTTPConnection) -> str:
        """Whose uploads this browser may show: the owner's, and those of somebody whose session has expired. Raises IdentityUnavailable."""
        found = await self.session(connection)
        return found.owner if found is not None else await self.owner(connection)

    async def sender(self, connection: HTTPConnection) -> str:
        """Who sends by a drop link: whoever has signed in, or else holds this browser's cookie. Raises IdentityUnavailable."""
        return await self.owner(connection) or (anonymous_owner(connection) if self.senders else "")

    async def owner(self, connection: HTTPConnection) -> str:
        """The owner's id, empty for nobody. Raises IdentityUnavailable when that cannot be found out now, TokenVoid, TokenScope."""
        if self.tokens is not None and (text := self._token(connection)):
            # Whose the cookies are does not matter then, also when the token is void.
            return await self.tokens.owner(connection, text)
        if self._identify is None:
            if (found := await self.session(connection)) is not None:
                # Who has to sign in anew is not somebody else meanwhile.
                return found.owner if found.live else ""
            sends = self.senders and drops.is_sending(connection.scope)
            return anonymous_owner(connection) if self._anonymous or sends else ""
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
