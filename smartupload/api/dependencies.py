"""What a route asks for: the app's context, whose request this is, and a place among those that wait."""

from __future__ import annotations

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from smartupload.service.context import Context
from smartupload.service.owner import owner_from_cookies


async def get_context(request: Request) -> Context:
    """The app's context."""
    return request.app.state.context()


async def get_owner(request: Request) -> str:
    """Who is asking; the identity middleware has seen to it that there is somebody."""
    return owner_from_cookies("; ".join(request.headers.getlist("cookie")))


COMPLETING_AT_ONCE = 8
"""Threads of their own, since they wait: all other requests have theirs while many uploads are completed."""


async def get_completing(request: Request) -> CapacityLimiter:
    """Who completes holds one of these places."""
    return request.app.state.completing


Ctx = Annotated[Context, Depends(get_context)]
Owner = Annotated[str, Depends(get_owner)]
Completing = Annotated[CapacityLimiter, Depends(get_completing)]
