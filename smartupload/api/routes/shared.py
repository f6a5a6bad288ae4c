"""Files behind share links, for anybody who has the link."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response

from smartupload.api import schemas
from smartupload.api.dependencies import Ctx, asks_store
from smartupload.api.visits import OfLink
from smartupload.errors import LINK_CLOSED, CrossSite, FileNotFound, NotReady
from smartupload.service.links import share

router = APIRouter(prefix="/api/shared", tags=["shared"])


@router.get("/{token}", summary="What the link shows")
@asks_store
def shared_file(token: str, ctx: Ctx) -> schemas.SharedAnswer:
    """The placeholder, and later the file."""
    return schemas.SharedAnswer.model_validate(share.shared_file(ctx, token))


@router.get("/{token}/download", status_code=302, response_class=RedirectResponse, summary="Download")
def download(token: str, request: Request, ctx: Ctx, visitor: OfLink) -> RedirectResponse:
    """To a short-lived address, once the file is ready. A visitor counts as one of the downloads that the link is good for, once a day.

    A limited link leads what looks at links on behalf of others (chat programs, mail gateways) to the file's page, and counts nothing.
    403 `cross_site` for what no person has clicked: what a browser fetches ahead, or another site's page shows as its own.
    """
    check_wanted(request.headers)
    try:
        return RedirectResponse(share.download_url(ctx, token, visitor), status_code=302)
    except share.NoClick:
        return RedirectResponse(f"/f/{quote(token, safe='')}", status_code=302)
    except (*LINK_CLOSED, FileNotFound, NotReady):
        # Somebody who clicked is told by the file's page; a program gets the problem.
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(f"/f/{quote(token, safe='')}", status_code=302)
        raise


@router.head("/{token}/download", include_in_schema=False)
def download_head(token: str, ctx: Ctx) -> Response:
    """What it is, how large, and what it is called. Counts nothing, and asks no store."""
    return Response(headers=share.described(ctx, token))


def check_wanted(headers: Headers) -> None:
    """Whether a person wants it, as far as the browser says so (Fetch Metadata); programs say nothing. Raises CrossSite."""
    is_ahead = any("prefetch" in headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    elsewhere = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    if is_ahead or (elsewhere and headers.get("sec-fetch-dest") != "document"):
        raise CrossSite


@router.get("/{token}/preview", status_code=302, response_class=RedirectResponse, summary="Show")
@asks_store
def preview(token: str, ctx: Ctx) -> RedirectResponse:
    """To a short-lived address that shows a picture, PDF, film or sound. Counts as no download."""
    return RedirectResponse(share.preview_url(ctx, token), status_code=302)
