"""What browsers say of what stands between them and the store, for whoever runs the site."""

from __future__ import annotations

from fastapi import APIRouter, Response

from smartupload.api import schemas
from smartupload.api.dependencies import Ctx, Owner
from smartupload.service.parts import obstacles

router = APIRouter(tags=["uploads"])


@router.post("/api/obstacles", status_code=204, summary="Say what stands before the store")
def tell(body: schemas.Obstacle, ctx: Ctx, owner: Owner) -> Response:
    """Goes into the log of the app, each kind once in a while. What names no host of the store is dropped."""
    obstacles.note(ctx, obstacles.Met(body.reason, body.status, body.host))
    return Response(status_code=204)
