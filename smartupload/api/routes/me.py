"""What is kept of the caller: to take along, or to have deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from anyio import CapacityLimiter
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.responses import Response

from smartupload.api import cookie
from smartupload.api.dependencies import Ctx, Owner, WhoAsks, asks_store, in_threads
from smartupload.service.personal import archive, erase

router = APIRouter(prefix="/api/me", tags=["settings"])


@router.get(
    "/export",
    summary="Take along all that is kept of the caller",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {}}, "description": "a ZIP archive"}},
)
async def export(request: Request, ctx: Ctx, owner: Owner) -> Response:
    """Uploads, parts, events, links, notifications and audit log as JSON, and the files that are ready.

    Files of 8 MiB at most are in the archive, up to 128 MiB of them; for each other one `files.json` has an address that is
    good for a day.
    """
    pieces = _asked(archive.archive(ctx, owner), request.app.state.asking)
    named = {"Content-Disposition": 'attachment; filename="smartupload.zip"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, media_type="application/zip", headers=named)


async def _asked(pieces: Iterator[bytes], limiter: CapacityLimiter) -> AsyncIterator[bytes]:
    """Each piece is made in a thread that may ask the store, and given back before the next one is wanted."""

    def following() -> bytes | None:
        return next(pieces, None)

    while (piece := await in_threads(limiter, following)) is not None:
        if piece:
            yield piece


@router.delete("", status_code=204, summary="Delete all that is kept of the caller")
@asks_store
def delete(ctx: Ctx, owner: Owner, identity: WhoAsks) -> Response:
    """Uploads, files and links end at once, also those on their way; addresses and push subscriptions are forgotten.

    The audit log keeps what was done, without names, under an id that leads to nobody. The owner's cookie is taken away.
    """
    erase.erase(ctx, owner)
    answer = Response(status_code=204)
    if identity.by_cookie:
        cookie.take_away(answer, ctx.settings.site_url.startswith("https://"))
    return answer
