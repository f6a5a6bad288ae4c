"""Waiting for somebody else's file over HTTP: for anybody who has its link."""

from __future__ import annotations

from fastapi import APIRouter, Response

from smartupload.api import schemas
from smartupload.api.dependencies import Ctx, Owner
from smartupload.service.links import watchers

router = APIRouter(prefix="/api/shared/{token}/watch", tags=["shared"])


@router.get("", summary="Am I told when it is there?")
def is_watching(token: str, ctx: Ctx, owner: Owner) -> schemas.WatchAnswer:
    """By which way is a matter of the visitor's own notification settings."""
    return schemas.WatchAnswer(watching=watchers.is_watching(ctx, owner, token))


@router.put("", status_code=204, summary="Tell me when it is there")
def start(token: str, ctx: Ctx, owner: Owner) -> Response:
    """Idempotent. Changes nothing once there is nothing left to wait for."""
    watchers.watch(ctx, owner, token)
    return Response(status_code=204)


@router.delete("", status_code=204, summary="Do not tell me after all")
def stop(token: str, ctx: Ctx, owner: Owner) -> Response:
    """Idempotent."""
    watchers.unwatch(ctx, owner, token)
    return Response(status_code=204)
