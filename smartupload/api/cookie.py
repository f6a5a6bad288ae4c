"""The owner's cookie: one HttpOnly secret of each browser, signed by this site, minted before anything else looks at the request."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import cached_property

import structlog
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartupload.api.tokens import bearer
from smartupload.service import owner
from smartupload.service.owner import COOKIE, HOST_COOKIE, MAX_AGE, SECRET_LENGTH

log = structlog.get_logger("smartupload.api")

_DONE = "smartupload.owner"
"""In a scope: the cookie was looked at already, by a layer around this one."""
_SIGNATURE = 32
_NEW = "smartupload.new_here"
"""In the scope of a request that came without a cookie of ours."""


def is_new_here(connection: HTTPConnection) -> bool:
    """Whether the cookie of this request was made for it just now: who brings none is somebody else each time."""
    return bool(connection.scope.get(_NEW))


class Signing:
    """Which values this site has given. `key` is asked for once, when the first request comes.

    `known`: whether an owner has anything here; None when that cannot be told now.
    """

    def __init__(self, key: Callable[[], bytes], known: Callable[[str], bool | None]) -> None:
        self._load = key
        self._known = known

    @cached_property
    def _key(self) -> bytes:
        return self._load()

    def value(self, secret: str) -> str:
        """What the cookie holds: letters and digits only, as before there were signatures."""
        return secret + hmac.new(self._key, b"owner cookie " + secret.encode(), hashlib.sha256).hexdigest()[:_SIGNATURE]

    def secret(self, value: str) -> str:
        """The secret of a value of ours. Empty for one that is not signed here, or not at all."""
        secret = value[:SECRET_LENGTH]
        same = hmac.compare_digest(value.encode(errors="replace"), self.value(secret).encode(errors="replace"))
        return secret if same and owner.is_secret(secret) else ""

    async def old_secret(self, value: str) -> tuple[str, bool]:
        """The secret of a value from before there were signatures, and whether it is to be signed from now on.

        It is taken from whoever has something here, and from nobody else, who could have made it up.
        """
        if not owner.is_secret(value):
            return "", False
        try:
            known = await to_thread.run_sync(self._known, owner.owner_of(value))
        except Exception:
            log.exception("whether an unsigned cookie is somebody's cannot be told now")
            known = None
        return (value, known is True) if known is not False else ("", False)


def lines(value: str, secure: bool) -> list[str]:
    """The Set-Cookie lines for a value; for an empty one, those that take the cookie away."""
    rest = "; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
    kept, gone = rest.format(age=MAX_AGE if value else 0), rest.format(age=0)
    # The prefix keeps other hosts of the same domain from planting one; what had the plain name before goes.
    return [f"{HOST_COOKIE}={value}{kept}", f"{COOKIE}={gone}"] if secure else [f"{COOKIE}={value}{kept}"]


def take_away(answer: Response, secure: bool) -> None:
    """The browser is to forget its secret with this answer."""
    for line in lines("", secure):
        answer.headers.append("set-cookie", line)


Mints = Callable[[Scope], bool]
"""Whether whoever comes without a cookie of ours is given one."""


def always(_scope: Scope) -> bool:
    """For everybody."""
    return True


def never(_scope: Scope) -> bool:
    """For nobody."""
    return False


class OwnerCookie:
    """Give every browser a secret, with its first HTTP answer or websocket handshake; where it does not mint only look whether one is ours.

    The secret is put into the request's own headers too, without its signature, so that whatever handles the very first
    request (an API route, a Reflex event) already sees it. A cookie that is not ours is replaced, or taken out of the request.
    """

    def __init__(self, app: ASGIApp, secure: bool, signing: Signing, mints: Mints = always) -> None:
        self.app = app
        self.secure = secure
        self.signing = signing
        self.mints = mints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] not in ("http", "websocket") or scope.get(_DONE):
            await self.app(scope, receive, send)
            return
        if bearer(scope):
            # A program that brings a token is known by it alone, and given nothing to keep.
            del MutableHeaders(scope=scope)["cookie"]
            await self.app(scope, receive, send)
            return
        headers = MutableHeaders(scope=scope)
        pairs = [pair.strip() for pair in "; ".join(headers.getlist("cookie")).split(";") if pair.strip()]
        given = [(name, value) for name, _, value in (pair.partition("=") for pair in pairs) if name in _NAMES]
        secret, is_new_form, scope[_NEW] = await self._secret(given, self.mints(scope))
        others = [pair for pair in pairs if pair.partition("=")[0] not in _NAMES]
        if secret:
            others.append(f"{COOKIE}={secret}")
        if others or pairs:
            headers["cookie"] = "; ".join(others)
        scope[_DONE] = True
        if not is_new_form:
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                message.setdefault("headers", [])  # engine.io accepts without any
                answered = MutableHeaders(scope=message)
                if not _shared(answered) and not _sets(answered):
                    for line in lines(self.signing.value(secret), self.secure):
                        answered.append("set-cookie", line)
                    _keep_apart(answered)
            await send(message)

        await self.app(scope, receive, send_with_cookie)

    async def _secret(self, given: list[tuple[str, str]], mints: bool) -> tuple[str, bool, bool]:
        """Whose request it is, whether the browser is to be given the cookie, and whether it came with none."""
        for name, value in sorted(given, key=lambda pair: pair[0] != HOST_COOKIE):
            if secret := self.signing.secret(value):
                return secret, self.secure and name != HOST_COOKIE, False
        for _, value in given:
            secret, is_signed = await self.signing.old_secret(value)
            if secret:
                return secret, is_signed, False
        return (owner.new_secret(), True, True) if mints else ("", False, True)


_NAMES = (COOKIE, HOST_COOKIE)


def _sets(headers: Headers) -> bool:
    """Whether the answer says itself what becomes of the cookie."""
    return any(line.partition("=")[0] in _NAMES for line in headers.getlist("set-cookie"))


def _shared(headers: Headers) -> bool:
    """Whether caches are meant to keep the answer for others: then one browser's secret must not be in it."""
    control = headers.get("cache-control", "")
    return any(word in control for word in ("public", "immutable", "s-maxage"))


def _keep_apart(headers: MutableHeaders) -> None:
    """No cache may keep for others what brings a secret: one that only says `no-cache` may be kept, and asked about."""
    control = headers.get("cache-control", "")
    if not {"private", "no-store"} & {part.strip() for part in control.split(",")}:
        headers["cache-control"] = f"private, {control}" if control else "private, no-cache"
