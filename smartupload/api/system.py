"""What operators and the browser half ask the app about itself."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from smartupload.api import schemas
from smartupload.api.identity import owner_cookie
from smartupload.api.uploads import Ctx, Owner
from smartupload.errors import Problem, ScannerFault
from smartupload.service.context import Context
from smartupload.service.files import limits
from smartupload.service.owner import tag_of

router = APIRouter()

OK, OFF = "ok", "off"


@router.get("/api/client-settings", tags=["settings"], summary="What the browser half has to know")
def client_settings(ctx: Ctx, owner: Owner) -> schemas.ClientSettings:
    """Limits and thresholds, and whether the owner is still the same."""
    return schemas.ClientSettings(
        wait_threshold_seconds=ctx.settings.wait_threshold_seconds,
        max_file_size=limits.max_file_size(ctx.settings),
        allowed_types=list(ctx.settings.allowed_types),
        max_parallel_parts=limits.PARALLEL_PARTS,
        handover=ctx.store.takes_forms,
        owner=tag_of(owner),
        abandon_after_days=ctx.settings.abandon_after_days,
    )


@router.post("/api/forget", status_code=204, tags=["settings"], summary="Forget who this browser is")
def forget(ctx: Ctx) -> Response:
    """Takes the owner's cookie away; the next request is somebody new's. Uploads and links stay as they are."""
    cookie = owner_cookie("", ctx.settings.site_url.startswith("https://"))
    return Response(status_code=204, headers={"set-cookie": cookie})


@router.get("/healthz", tags=["operators"], summary="Does the process answer?")
async def healthz() -> JSONResponse:
    """Asks nobody else."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", tags=["operators"], summary="Can it do its work?")
def readyz(ctx: Ctx) -> JSONResponse:
    """Asks the database, the store, the scanner and the finishing; 503 says which of them does not answer, and how."""
    checks = {
        "database": _database(ctx),
        "store": _answer(ctx.store.ping),
        "scanner": _scanner(ctx),
        "finishing": (ctx.finisher.trouble() or OK) if ctx.finisher is not None else OFF,
    }
    ready = all(check in (OK, OFF) for check in checks.values())
    return JSONResponse({"status": OK if ready else "not ready", "checks": checks}, 200 if ready else 503)


def _database(ctx: Context) -> str:
    try:
        ctx.db.ping()
    except Exception as error:
        return f"does not answer: {type(error).__name__}"
    return OK


def _scanner(ctx: Context) -> str:
    """Off where nothing is scanned; where something is, nothing is published without it."""
    if not ctx.settings.scans:
        return OFF
    return _answer(ctx.scanner.ping) if ctx.scanner is not None else "there is none, so nothing is published"


def _answer(ping: Callable[[], None]) -> str:
    try:
        ping()
    except Problem as problem:
        return problem.detail
    except ScannerFault as fault:
        return f"does not answer, so nothing is published: {fault}"
    return OK
