"""What a route asks for: the app's context, and whose request this is."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from smartupload.service.context import Context
from smartupload.service.owner import owner_from_cookies


def get_context(request: Request) -> Context:
    """The app's context."""
    return request.app.state.context()


def get_owner(request: Request) -> str:
    """Who is asking; the identity middleware has seen to it that there is somebody."""
    return owner_from_cookies("; ".join(request.headers.getlist("cookie")))


Ctx = Annotated[Context, Depends(get_context)]
Owner = Annotated[str, Depends(get_owner)]
