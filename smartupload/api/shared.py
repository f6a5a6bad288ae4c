"""Files behind share links, for anybody who has the link."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from smartupload.api import schemas
from smartupload.api.uploads import Ctx
from smartupload.service import share

router = APIRouter(prefix="/api/shared", tags=["shared"])


@router.get("/{token}", summary="What the link shows")
def shared_file(token: str, ctx: Ctx) -> schemas.SharedAnswer:
    """The placeholder, and later the file."""
    return schemas.SharedAnswer.model_validate(share.shared_file(ctx, token))


@router.get("/{token}/download", status_code=302, response_class=RedirectResponse, summary="Download")
def download(token: str, ctx: Ctx) -> RedirectResponse:
    """To a short-lived address, once the file is ready."""
    return RedirectResponse(share.download_url(ctx, token), status_code=302)
