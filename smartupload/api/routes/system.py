"""What operators and the browser half ask the app about itself."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from smartupload.api import cookie, readiness, schemas
from smartupload.api.dependencies import Ctx, Here, Visitor, WhoAsks
from smartupload.service.files import limits
from smartupload.service.owner import tag_of

router = APIRouter()


@router.get("/api/client-settings", tags=["settings"], summary="What the browser half has to know")
def client_settings(ctx: Ctx, identity: WhoAsks, here: Here, visitor: Visitor) -> schemas.ClientSettings:
    """Limits and thresholds, and whether the owner is still the same. Nobody is an owner, too: one that nothing belongs to."""
    return schemas.ClientSettings(
        wait_threshold_seconds=ctx.settings.wait_threshold_seconds,
        max_file_size=limits.max_file_size(ctx.settings),
        allowed_types=list(ctx.settings.allowed_types),
        max_parallel_parts=limits.parallel_parts(ctx.settings),
        handover=ctx.store.takes_forms,
        owner=tag_of(here),
        abandon_after_days=ctx.settings.abandon_after_days,
        ask_on_metered_mb=ctx.settings.ask_on_metered_mb,
        sign_in=identity.sign_in,
        signed_in=bool(visitor),
        stores=list(ctx.store.origins) if visitor else [],
        anonymous=identity.may_sign_in(here),
    )


@router.post("/api/forget", status_code=204, tags=["settings"], summary="Forget who this browser is")
def forget(ctx: Ctx, identity: WhoAsks) -> Response:
    """Takes the owner's cookie away; the next request is somebody new's. Uploads and links stay as they are.

    Where the app has a login of its own there is no such cookie, and nothing changes here.
    """
    answer = Response(status_code=204)
    if identity.by_cookie or identity.senders:
        cookie.take_away(answer, ctx.settings.site_url.startswith("https://"))
    return answer


@router.get("/healthz", tags=["operators"], summary="Does the process answer?")
async def healthz() -> JSONResponse:
    """Asks nobody else."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", tags=["operators"], summary="Can it do its work?")
async def readyz(request: Request, ctx: Ctx) -> JSONResponse:
    """Asks the database, the store, the scanner and the finishing, every few seconds at most.

    503 says which of them does not answer, and how. `notes` is what is to be mended at the store although uploads work.
    """
    checks = await request.app.state.readiness.checks(ctx)
    ready = all(check in (readiness.OK, readiness.OFF) for check in checks.values())
    said = {"status": "ok" if ready else "not ready", "checks": checks, "notes": readiness.notes(ctx)}
    return JSONResponse(said, 200 if ready else 503)
