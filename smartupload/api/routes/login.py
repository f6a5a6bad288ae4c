"""Signing in and out over HTTP: pages that lead to the identity provider and back, and who is here."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from smartupload.api import plain_page, schemas
from smartupload.api.dependencies import Ctx, WhoAsks
from smartupload.api.identity import anonymous_owner
from smartupload.api.languages import said_in
from smartupload.api.login import Login, local_path
from smartupload.errors import InvalidRequest, NotFound, NotSignedIn, Problem
from smartupload.service.access import roles, sessions, sign_in, take_over
from smartupload.service.owner import new_secret
from smartupload.words import Sentence

router = APIRouter()


def _login(identity: WhoAsks) -> Login:
    if identity.login is None:
        raise NotFound
    return identity.login


@router.get("/login", include_in_schema=False)
async def begin(ctx: Ctx, identity: WhoAsks, to: str = "", referer: Annotated[str, Header()] = "") -> Response:
    """Off to the identity provider; back to where one was."""
    secret = new_secret()
    back = local_path(to or _path_of(referer, ctx.settings.site_url))
    login = _login(identity)
    try:
        place = await sign_in.address(ctx, secret)
    except Problem as problem:
        return _page(problem, back)
    return RedirectResponse(place, 303, {"set-cookie": login.attempt_cookie(secret, back)})


@router.get("/login/callback", include_in_schema=False)
async def end(request: Request, ctx: Ctx, identity: WhoAsks, state: str = "", code: str = "") -> Response:
    """Back from it."""
    login = _login(identity)
    secret, back = login.attempt_of(request)
    try:
        session = await sign_in.finish(ctx, secret, state, code)
    except Problem as problem:
        return _page(problem, back)
    answer = RedirectResponse(back, 303)
    answer.headers.append("set-cookie", login.session_cookie(session))
    answer.headers.append("set-cookie", login.attempt_cookie("", ""))
    return answer


@router.get("/api/me", tags=["settings"], summary="Who is here")
async def me(request: Request, ctx: Ctx, identity: WhoAsks) -> schemas.Me:
    """`left`: uploads that were begun in this browser before its person signed in, and about which they were not asked yet."""
    found = await identity.session(request)
    if found is None or not found.live:
        return schemas.Me(signs_in=identity.login is not None)
    left = 0 if found.asked else await run_in_threadpool(take_over.left, ctx, anonymous_owner(request))
    is_admin = roles.is_admin(ctx, found)
    return schemas.Me(signs_in=True, signed_in=True, name=found.name, admin=is_admin, left=left)


@router.post("/api/take-over", tags=["settings"], summary="Take along what was begun before signing in")
async def take(body: schemas.TakeOver, request: Request, ctx: Ctx, identity: WhoAsks) -> schemas.TakenOver:
    """What this browser began before its person signed in becomes theirs; with `take` false it stays, and nobody is asked again."""
    found = await identity.session(request)
    if found is None or not found.live:
        raise NotSignedIn
    taken = 0
    if body.take:
        taken = await run_in_threadpool(take_over.take_over, ctx, found.owner, anonymous_owner(request))
    await run_in_threadpool(sessions.answered, ctx, found.id)
    return schemas.TakenOver(taken=taken)


@router.post("/api/logout", tags=["settings"], summary="Sign out")
async def logout(request: Request, response: Response, ctx: Ctx, identity: WhoAsks) -> schemas.SignedOut:
    """Ends this browser's session."""
    login = _login(identity)
    found = await login.session(request)
    if found is not None:
        await run_in_threadpool(sessions.end, ctx, found.id)
    response.headers["set-cookie"] = login.session_cookie("")
    return schemas.SignedOut(to=await sign_in.farewell(ctx) if found is not None else "")


@router.post(
    "/api/backchannel-logout", status_code=204, tags=["operators"], summary="The identity provider signs somebody out"
)
async def told(request: Request, ctx: Ctx, identity: WhoAsks) -> Response:
    """OpenID Connect Back-Channel Logout 1.0: a form with `logout_token`. 400 `sign_in_failed` for a token that is not its own."""
    _login(identity)
    form = parse_qs((await request.body()).decode("latin-1"))
    if not (tokens := form.get("logout_token")):
        raise InvalidRequest(Sentence("problem-invalid_request-logout-token"))
    await sign_in.end_as_told(ctx, tokens[0])
    return Response(status_code=204)


def _path_of(referer: str, site: str) -> str:
    parts = urlsplit(referer)
    if f"{parts.scheme}://{parts.netloc}" != site:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _page(problem: Problem, back: str) -> HTMLResponse:
    headers = {"cache-control": "no-store", **said_in()}
    return HTMLResponse(plain_page.not_signed_in(problem.read(), back), problem.status, headers)
