"""The sign-in of our own: which cookies it keeps in the browser, and whose they make a request."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from starlette.requests import HTTPConnection

from smartupload.errors import IdentityUnavailable, Problem
from smartupload.service.access import sessions
from smartupload.service.access.sessions import Session
from smartupload.service.context import Context
from smartupload.service.owner import MAX_AGE, cookie_in, is_secret

SESSION = "smartupload_session"
ATTEMPT = "smartupload_sign_in"
ATTEMPT_SECONDS = 3600
"""For which a sign-in that was begun can come to its end."""
AT_ONCE = 16
"""Threads that look sessions up: they ask the database alone."""

_PAGE = re.compile(r"(https?://[!-~]+|/(?![/\\])[!-~]*)")
_PATH = re.compile(r"/(?![/\\])[!-~]{0,1000}")


class Login:
    """People who sign in with the identity provider of the context."""

    def __init__(self, context: Callable[[], Context], secure: Callable[[], bool]) -> None:
        """`context` may be there only later; `secure`: the site is reached by https."""
        self._context = context
        self._secure = secure
        self._threads = CapacityLimiter(AT_ONCE)

    async def session(self, connection: HTTPConnection) -> Session | None:
        """Of the browser that asks; None where nobody has signed in. Raises IdentityUnavailable when that cannot be found out now."""
        secret = cookie_in(_cookies(connection), self.cookie_name(SESSION))
        if not is_secret(secret):
            return None
        try:
            return await to_thread.run_sync(
                sessions.find, self._context(), secret, abandon_on_cancel=True, limiter=self._threads
            )
        except Problem:
            raise
        except Exception as away:
            raise IdentityUnavailable from away

    def attempt_of(self, connection: HTTPConnection) -> tuple[str, str]:
        """The secret of the attempt that this browser began last, and where it goes on afterwards; an empty secret for none."""
        secret, _, back = cookie_in(_cookies(connection), self.cookie_name(ATTEMPT)).partition(".")
        return (secret, unpacked(back)) if is_secret(secret) else ("", "/")

    def attempt_cookie(self, secret: str, back: str) -> str:
        """The Set-Cookie line for an attempt; with an empty secret the one that ends it."""
        return self._cookie(ATTEMPT, f"{secret}.{packed(back)}" if secret else "", ATTEMPT_SECONDS)

    def session_cookie(self, secret: str) -> str:
        """The same for a session. It stays longer than the session lives, so that one that has expired says whose it was."""
        return self._cookie(SESSION, secret, MAX_AGE)

    def cookie_name(self, name: str) -> str:
        """Behind https no other host of the domain can set it."""
        return f"__Host-{name}" if self._secure() else name

    def _cookie(self, name: str, value: str, seconds: int) -> str:
        line = f"{self.cookie_name(name)}={value}; Path=/; Max-Age={seconds if value else 0}; HttpOnly; SameSite=Lax"
        return line + ("; Secure" if self._secure() else "")


def local_path(asked: str) -> str:
    """Where to go on: a path of this site, and the first page for anything else."""
    return asked if _PATH.fullmatch(asked) and not asked.startswith(("/login", "/api/")) else "/"


def is_page(address: str) -> bool:
    """Whether a browser can be led there: a path of this site, or another site's address."""
    return _PAGE.fullmatch(address) is not None


def packed(back: str) -> str:
    """A path as it may stand in a cookie."""
    return base64.urlsafe_b64encode(back.encode()).decode().rstrip("=")


def unpacked(back: str) -> str:
    """And again; the first page for what is none."""
    try:
        return local_path(base64.urlsafe_b64decode(back + "=" * (-len(back) % 4)).decode())
    except ValueError:
        return "/"


def _cookies(connection: HTTPConnection) -> str:
    return "; ".join(connection.headers.getlist("cookie"))
