"""When a request is refused because too much was asked before: by its address first, then by its owner, so that no owner pays for another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from smartupload.api.limits.address import client_of
from smartupload.api.limits.kinds import SECONDS, Kind, Whose, kind_of, needs_body
from smartupload.errors import TooManyRequests
from smartupload.service.context import Context

_ASKING = CapacityLimiter(16)
"""Threads that wait for a Redis: each for half a second at most."""


async def count_address(request: Request) -> None:
    """Every route asks for this first. Raises TooManyRequests."""
    ctx: Context = request.app.state.context()
    if ctx.limiter is None or ctx.settings.rates is None:
        return
    request.state.counts = counts = await _counts(request)
    if counts is not None:
        await take(ctx, counts[0], "address", client_of(request, ctx.settings.trusted_proxies), counts[1])


async def count_owner(request: Request, owner: str) -> None:
    """Once it is known who asks. Raises TooManyRequests."""
    counts: tuple[Kind, int] | None = getattr(request.state, "counts", None)
    if counts is not None:
        await take(request.app.state.context(), counts[0], "owner", owner, counts[1])


async def take(ctx: Context, kind: Kind, whose: Whose, who: str, cost: int = 1) -> None:
    """Count it. Raises TooManyRequests."""
    if wait := await wait_for(ctx, kind, whose, who, cost):
        raise TooManyRequests(retry_after=math.ceil(wait))


async def wait_for(ctx: Context, kind: Kind, whose: Whose, who: str, cost: int = 1) -> float:
    """Seconds after which it is worth another try; 0 when it is counted."""
    limiter, factor = ctx.limiter, ctx.settings.rates
    if limiter is None or factor is None or not who:
        return 0.0
    given = f"{kind.name}:{whose}", who, cost, kind.most(whose, factor), SECONDS
    if limiter.is_remote:
        return await to_thread.run_sync(limiter.take, *given, limiter=_ASKING)
    return limiter.take(*given)


async def _counts(request: Request) -> tuple[Kind, int] | None:
    route: str = getattr(request.scope.get("route"), "path", "")
    body: Mapping[str, Any] = {}
    if needs_body(request.method, route):
        try:
            found = await request.json()  # which the route has read already
        except ValueError:
            found = None
        body = cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}
    return kind_of(request.method, route, body)
