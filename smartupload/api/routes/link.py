"""What the owner allows whoever has the link, over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from smartupload.api import schemas
from smartupload.api.dependencies import Ctx, Owner
from smartupload.service.links import link

router = APIRouter(prefix="/api/uploads/{upload_id}/link", tags=["links"])


@router.get("", summary="What the link allows")
def get_link(upload_id: str, ctx: Ctx, owner: Owner) -> schemas.LinkAnswer:
    """None is no limit."""
    return schemas.LinkAnswer.model_validate(link.get_link(ctx, owner, upload_id))


@router.put("", summary="Revoke or limit the link")
def set_link(upload_id: str, body: schemas.LinkLimits, ctx: Ctx, owner: Owner) -> schemas.LinkAnswer:
    """All of it at once: what is left out is no limit. The owner's own download stays."""
    changed = link.set_link(
        ctx, owner, upload_id, revoked=body.revoked, until=body.until, downloads_left=body.downloads_left
    )
    return schemas.LinkAnswer.model_validate(changed)


@router.post("/renew", summary="Make a new link")
def renew_link(upload_id: str, ctx: Ctx, owner: Owner) -> schemas.LinkAnswer:
    """The old link is a 404 from then on; the new one has no limits."""
    return schemas.LinkAnswer.model_validate(link.renew_link(ctx, owner, upload_id))
