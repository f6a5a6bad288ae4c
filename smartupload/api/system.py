"""What operators and the browser half ask the app about itself."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from smartupload.api import schemas
from smartupload.api.uploads import Ctx
from smartupload.errors import Problem
from smartupload.service import limits

router = APIRouter()


@router.get("/api/client-settings", tags=["settings"], summary="What the browser half has to know")
def client_settings(ctx: Ctx) -> schemas.ClientSettings:
    """Limits and thresholds."""
    return schemas.ClientSettings(
        wait_threshold_seconds=ctx.settings.wait_threshold_seconds,
        max_file_size=ctx.settings.max_file_size,
        allowed_types=list(ctx.settings.allowed_types),
        max_parallel_parts=limits.PARALLEL_PARTS,
        handover=ctx.store.takes_forms,
    )


@router.get("/healthz", tags=["operators"], summary="Does the process answer?")
async def healthz() -> JSONResponse:
    """Asks nobody else."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", tags=["operators"], summary="Can it do its work?")
def readyz(ctx: Ctx) -> JSONResponse:
    """Asks the database and the store; 503 says which of them does not answer, and how."""
    checks: dict[str, str] = {}
    try:
        ctx.db.ping()
        checks["database"] = "ok"
    except Exception as error:
        checks["database"] = f"does not answer: {type(error).__name__}"
    try:
        ctx.store.ping()
        checks["store"] = "ok"
    except Problem as problem:
        checks["store"] = problem.detail
    ready = all(check == "ok" for check in checks.values())
    return JSONResponse({"status": "ok" if ready else "not ready", "checks": checks}, 200 if ready else 503)
