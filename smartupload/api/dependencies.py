"""What a route asks for: the app's context, whose request this is, and in which threads it may wait.

Pages and what only asks the database run in the threads that Starlette has for all; what asks the store or the mail server
has threads of its own (`asks_store`, `sends_mail`), so that one that hangs stops nothing else.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextvars import ContextVar
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Header, Request

from smartupload.api.identity import Identity
from smartupload.api.limits.address import sender_of
from smartupload.api.limits.counting import count_owner
from smartupload.api.tokens import USE
from smartupload.errors import NotSignedIn
from smartupload.service.access import roles
from smartupload.service.audit import doer, entries
from smartupload.service.context import Context


async def get_context(request: Request) -> Context:
    """The app's context; what is done from here on is for this request, of somebody who is not known yet."""
    ctx: Context = request.app.state.context()
    if doer.current().is_server:
        doer.came_from(sender_of(request, ctx.settings.trusted_proxies))
    return ctx


async def get_identity(request: Request) -> Identity:
    """What finds out who is asking."""
    return request.app.state.identity


async def get_visitor(request: Request) -> str:
    """Who is asking, empty for nobody."""
    owner = await request.app.state.identity.owner(request)
    await get_context(request)
    doer.turned_out(owner, has_token=USE in request.scope)
    return owner


async def get_owner(request: Request) -> str:
    """Who is asking, and somebody has to."""
    owner = await get_visitor(request)
    if not owner:
        raise NotSignedIn
    await count_owner(request, owner)
    request.state.owner = owner
    return owner


async def get_here(request: Request) -> str:
    """Whose uploads this browser may show: of somebody whose session has expired, too."""
    return await request.app.state.identity.here(request)


COMPLETING_AT_ONCE = 8
"""Threads of their own, since they wait: all other requests have theirs while many uploads are completed."""


async def get_completing(request: Request) -> CapacityLimiter:
    """Who completes holds one of these places."""
    return request.app.state.completing


ASKING_AT_ONCE = 32
"""Threads of those that ask the store: as many as it has connections."""
ASKING_EACH = 4
"""Of them for one owner."""
REST, LONGEST_REST = 7.0, 0.2
"""Of such a place while more of its owner wait: half a processor for all that one owner asks, and little where the store takes long."""
MAILING_AT_ONCE = 8
"""Threads of those that wait for the mail server."""


async def get_asking(request: Request) -> AsyncGenerator[CapacityLimiter]:
    """Who asks the store holds one of these places, once it is their owner's turn."""
    async with request.app.state.shares.of(getattr(request.state, "owner", "")):
        yield request.app.state.asking


async def get_mailing(request: Request) -> CapacityLimiter:
    """Who sends a mail holds one of these places."""
    return request.app.state.mailing


async def admin(
    request: Request,
    ctx: Annotated[Context, Depends(get_context)],
    identity: Annotated[Identity, Depends(get_identity)],
    authorization: Annotated[str, Header(description="Bearer and the admin token, unless an admin is signed in")] = "",
) -> None:
    """Nobody else gets any further; that they did is written down. NotFound where there can be no admin."""
    roles.authorize(ctx, await identity.session(request), authorization)
    doer.turned_out_admin()
    asked = {"call": f"{request.method} {route_of(request)}"}
    upload = request.query_params.get("upload", "")[:32]
    await to_thread.run_sync(functools.partial(entries.note, ctx, entries.ADMIN, asked, upload_id=upload))


def route_of(request: Request) -> str:
    """The path as the route has it: no id and no token stands in it."""
    return getattr(request.scope.get("route"), "path", "")


Ctx = Annotated[Context, Depends(get_context)]
Owner = Annotated[str, Depends(get_owner)]
Visitor = Annotated[str, Depends(get_visitor)]
Here = Annotated[str, Depends(get_here)]
WhoAsks = Annotated[Identity, Depends(get_identity)]
Completing = Annotated[CapacityLimiter, Depends(get_completing)]

asks: ContextVar[bool] = ContextVar("asks", default=False)
"""Whether what runs here may wait for somebody outside. The tests of the API hold every call of the store to that."""

_Answer = TypeVar("_Answer")


async def in_threads(limiter: CapacityLimiter, work: Callable[..., _Answer], *given: Any) -> _Answer:
    """Do what may wait for somebody outside in one of these threads."""
    asks.set(True)
    return await to_thread.run_sync(work, *given, limiter=limiter)


def asks_store(route: Callable[..., _Answer]) -> Callable[..., Awaitable[_Answer]]:
    """A route that may ask the store."""
    return _with_threads(route, get_asking)


def sends_mail(route: Callable[..., _Answer]) -> Callable[..., Awaitable[_Answer]]:
    """A route that may send a mail."""
    return _with_threads(route, get_mailing)


def _with_threads(route: Callable[..., _Answer], of: Callable[[Request], object]) -> Callable[..., Awaitable[_Answer]]:
    @functools.wraps(route)
    async def run(*, limiter: CapacityLimiter, **given: Any) -> _Answer:
        return await in_threads(limiter, functools.partial(route, **given))

    described = inspect.signature(route)
    place = inspect.Parameter(
        "limiter", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[CapacityLimiter, Depends(of)]
    )
    setattr(run, "__signature__", described.replace(parameters=[*described.parameters.values(), place]))  # noqa: B010
    return run
