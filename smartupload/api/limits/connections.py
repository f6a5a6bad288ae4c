"""How many streams, holds and websockets stay open for one address and one owner, how often new ones are opened, and how fast a websocket may speak."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections import Counter
from collections.abc import Callable

import structlog
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartupload.api.addresses import path_of
from smartupload.api.errors import problem_response
from smartupload.api.identity import Identity
from smartupload.api.limits.address import client_of
from smartupload.api.limits.counting import wait_for
from smartupload.api.limits.kinds import MESSAGES, SOCKETS, Whose
from smartupload.api.refusing import refuse_socket
from smartupload.errors import Problem, TooManyRequests
from smartupload.service.context import Context
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.api")

OF_OWNER, OF_ADDRESS = 60, 600
"""Open at the same time: one for each tab and one for each browser, and of holds as many once more. In each process, since that is what they cost."""
_AGAIN = 30
_PACE = 5.0


class Connections:
    """Around everything that a site serves. `opened`: what is open in the other parts of the same site as well."""

    def __init__(
        self, app: ASGIApp, context: Callable[[], Context], identity: Identity, opened: Counter[str] | None = None
    ) -> None:
        self.app = app
        self.context = context
        self.identity = identity
        self.open: Counter[str] = Counter() if opened is None else opened

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        is_socket, is_hold = scope["type"] == "websocket", _is_hold(scope)
        if not is_socket and not is_hold and not (scope["type"] == "http" and path_of(scope) == "/api/events"):
            await self.app(scope, receive, send)
            return
        try:
            ctx = self.context()
        except Problem:
            await self.app(scope, receive, send)  # not started; whoever is asked says so
            return
        factor = ctx.settings.rates
        if ctx.limiter is None or factor is None:
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        address = client_of(connection, ctx.settings.trusted_proxies)
        owner = await self._owner(connection) if is_socket or is_hold else ""
        # Counted for themselves, so that neither keeps the other from coming in.
        of = "holds of " if is_hold else ""
        held = {f"{of}address {address}": OF_ADDRESS * factor}
        if owner:
            held[f"{of}owner {owner}"] = OF_OWNER * factor
        refused = self._crowded(held)
        if refused is None and is_socket:
            wait = await wait_for(ctx, SOCKETS, "address", address) or await wait_for(ctx, SOCKETS, "owner", owner)
            refused = TooManyRequests(retry_after=math.ceil(wait)) if wait else None
        if refused is not None:
            await (refuse_socket if is_socket else _answer)(refused, scope, receive, send)
            return
        self.open.update(held.keys())
        try:
            await self.app(scope, self._paced(ctx, address, owner, receive) if is_socket else receive, send)
        finally:
            self.open.subtract(held.keys())
            for name in held:
                if self.open[name] <= 0:
                    del self.open[name]

    def _crowded(self, held: dict[str, float]) -> Problem | None:
        if any(self.open[name] >= max(1, most) for name, most in held.items()):
            return TooManyRequests(
                Sentence("problem-too_many_requests-pages"),
                retry_after=_AGAIN,
            )
        return None

    async def _owner(self, connection: HTTPConnection) -> str:
        with contextlib.suppress(Problem):
            return await self.identity.owner(connection)
        return ""

    def _paced(self, ctx: Context, address: str, owner: str, receive: Receive) -> Receive:
        """What comes too fast is heard later: nothing is lost, and the line fills up at the other end."""

        async def receive_paced() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                await _until_counted(ctx, "address", address)
                await _until_counted(ctx, "owner", owner)
            return message

        return receive_paced


def _is_hold(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "GET" and path_of(scope).startswith("/api/holds/")


async def _until_counted(ctx: Context, whose: Whose, who: str) -> None:
    # No event says when there is room again.
    while wait := await wait_for(ctx, MESSAGES, whose, who):  # noqa: ASYNC110
        await asyncio.sleep(min(wait, _PACE))


async def _answer(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    await problem_response(problem)(scope, receive, send)
