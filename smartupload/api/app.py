"""The FastAPI app: its routes, its errors, and the layers around every request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from anyio import CapacityLimiter
from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from smartupload.api import archives, dependencies, errors, readiness, schemas
from smartupload.api.cookie import Mints, OwnerCookie, Signing, always
from smartupload.api.guard import Guard
from smartupload.api.headers import StandardHeaders
from smartupload.api.holds.living import Living
from smartupload.api.holds.waiting import Waiting
from smartupload.api.identity import Identity
from smartupload.api.languages import Languages
from smartupload.api.limits.counting import count_address
from smartupload.api.limits.places import Places
from smartupload.api.origins import Refused, told_nobody
from smartupload.api.routes import (
    audit,
    batch,
    drop,
    events,
    group,
    holds,
    link,
    login,
    me,
    notices,
    obstacles,
    preview,
    push,
    relay,
    replay,
    shared,
    system,
    tokens,
    uploads,
    watch,
)
from smartupload.api.tokens import Tokens
from smartupload.service.audit.refusals import Refusals
from smartupload.service.context import Context


def make_api(context: Callable[[], Context], web_root: Path | None = None, identity: Identity | None = None) -> FastAPI:
    """The API over a context that may be there only later.

    `web_root` is the built frontend, None where there is none; `identity` says who is asking, by the cookie unless given.
    """
    api = FastAPI(
        title="smartupload",
        version="1",
        description="Uploads that nobody has to wait for. The bytes go straight to the store.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would lead to whatever host the request names
        dependencies=[Depends(count_address)],
        responses={"default": {"model": schemas.ProblemAnswer, "description": "a problem (RFC 9457)"}},
    )
    api.state.context = context
    api.state.identity = identity or Identity(tokens=Tokens(context))
    api.state.web_root = web_root
    api.state.refusals = Refusals()
    api.state.places = []
    api.state.page_policy = None
    api.state.readiness = readiness.Readiness()
    api.state.completing = CapacityLimiter(dependencies.COMPLETING_AT_ONCE)
    api.state.asking = CapacityLimiter(dependencies.ASKING_AT_ONCE)
    api.state.mailing = CapacityLimiter(dependencies.MAILING_AT_ONCE)
    api.state.streaming = events.Streaming()
    api.state.shares = Places(dependencies.ASKING_EACH, dependencies.REST, dependencies.LONGEST_REST)
    api.state.archiving = archives.Archiving()
    api.state.relaying = relay.Relaying()
    api.state.waiting = Waiting()
    api.state.living = Living(api.state.waiting)
    theirs = (
        *(uploads, relay, obstacles, batch, drop, holds, link, events, shared, group),
        *(watch, push, login, notices, preview, me, tokens),
    )
    for router in (module.router for module in (*theirs, system, replay, audit)):
        api.include_router(router)
        api.state.places += router.routes
    errors.install(api)
    return api


Layer = Callable[[ASGIApp], ASGIApp]


def layers(
    origins: Sequence[str],
    secure: bool,
    signing: Signing | None = None,
    mints: Mints = always,
    limited: Sequence[Layer] = (),
    refused: Refused = told_nobody,
) -> list[Layer]:
    """What surrounds the API, the innermost first.

    `origins` are the site's own; `secure`: the site is reached by https, so the cookie may be held to it; `signing`: how the
    owner's cookie is signed, None where nobody is known by one; `mints`: who has none and is given one; `limited`: what keeps
    connections within their limits; `refused` is told of what other sites attempt.
    """
    around: list[Layer] = [lambda app: Guard(app, origins, refused), *limited, lambda app: StandardHeaders(app, secure)]
    cookies: list[Layer] = [] if signing is None else [lambda app: OwnerCookie(app, secure, signing, mints)]
    return [*around, *cookies, Languages]
