"""What a route asks for: the app's context, whose request this is, and a place among those that wait."""

from __future__ import annotations

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from smartupload.api.identity import Identity
from smartupload.errors import NotSignedIn
from smartupload.service.context import Context


async def get_context(request: Request) -> Context:
    """The app's context."""
    return request.app.state.context()


async def get_identity(request: Request) -> Identity:
    """What finds out who is asking."""
    return request.app.state.identity


async def get_visitor(request: Request) -> str:
    """Who is asking, empty for nobody."""
    return await request.app.state.identity.owner(request)


async def get_owner(request: Request) -> str:
    """Who is asking, and somebody has to."""
    owner = await get_visitor(request)
    if not owner:
        raise NotSignedIn
    return owner


COMPLETING_AT_ONCE = 8
"""Threads of their own, since they wait: all other requests have theirs while many uploads are completed."""


async def get_completing(request: Request) -> CapacityLimiter:
    """Who completes holds one of these places."""
    return request.app.state.completing


Ctx = Annotated[Context, Depends(get_context)]
Owner = Annotated[str, Depends(get_owner)]
Visitor = Annotated[str, Depends(get_visitor)]
WhoAsks = Annotated[Identity, Depends(get_identity)]
Completing = Annotated[CapacityLimiter, Depends(get_completing)]
