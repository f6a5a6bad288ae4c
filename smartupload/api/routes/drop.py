"""Drop links over HTTP: those of the caller, and the page and limits of one for whoever has its token."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from smartupload.api import drop_schemas as schemas
from smartupload.api import link_pictures
from smartupload.api.dependencies import Ctx, Owner, WhoAsks
from smartupload.api.routes.preview import headed
from smartupload.errors import DropClosed, DropNotFound, NotFound
from smartupload.service.context import Context
from smartupload.service.drops import links, names
from smartupload.words import say

router = APIRouter(tags=["drop links"])


@router.get("/api/drops", summary="Which drop links there are")
def list_drops(ctx: Ctx, owner: Owner) -> schemas.DropList:
    """The newest first. 404 where the site has none (`SMARTUPLOAD_ACCESS=invite`)."""
    _exist(ctx)
    return schemas.DropList(drops=[schemas.DropAnswer.model_validate(one) for one in links.all_of(ctx, owner)])


@router.post("/api/drops", status_code=201, summary="Make a drop link")
def make_drop(body: schemas.NewDrop, ctx: Ctx, owner: Owner) -> schemas.DropAnswer:
    """Whoever has its `url` sends files to the caller, within the limits. 409 `too_many_drops` when there are too many."""
    _exist(ctx)
    limits = links.Limits(body.most_files, body.most_size, body.most_bytes, tuple(body.types))
    made = links.make(ctx, owner, links.NewDrop(body.title, body.asker, body.days, limits))
    return schemas.DropAnswer.model_validate(made)


@router.post("/api/drops/{drop_id}/close", summary="Close a drop link")
def close_drop(drop_id: str, ctx: Ctx, owner: Owner) -> schemas.DropAnswer:
    """It takes nothing new; what was begun by it goes on."""
    _exist(ctx)
    return schemas.DropAnswer.model_validate(links.close(ctx, owner, drop_id))


@router.delete("/api/drops/{drop_id}", status_code=204, summary="Delete a drop link")
def delete_drop(drop_id: str, ctx: Ctx, owner: Owner) -> Response:
    """The same, and it is forgotten; what came by it stays."""
    _exist(ctx)
    links.remove(ctx, owner, drop_id)
    return Response(status_code=204)


@router.get("/api/drop/{token}", summary="What a drop link takes")
async def show_drop(token: str, request: Request, ctx: Ctx, identity: WhoAsks, response: Response) -> schemas.DropPage:
    """For whoever has its token. `uploader` is what this browser names when it begins an upload by the link; no other browser can.

    404 `drop_not_found`, 410 `drop_closed`.
    """
    sender = await identity.sender(request)
    response.headers["cache-control"] = "no-store"
    return schemas.DropPage.model_validate(await run_in_threadpool(links.page, ctx, token, sender))


@router.get("/drop/{token}", include_in_schema=False)
def drop_page(token: str, request: Request, ctx: Ctx) -> Response:
    """The page: 200 for a link that takes files; 404 with the same page for one that does not."""
    try:
        title, status, picture = links.page(ctx, token, "").title, 200, link_pictures.SITE
    except (DropNotFound, DropClosed) as gone:
        title, status, picture = gone.read(), 404, link_pictures.GONE
    return headed(request, ctx, title, say("plain-drop"), status, picture)


def _exist(ctx: Context) -> None:
    if not names.exist(ctx):
        raise NotFound
