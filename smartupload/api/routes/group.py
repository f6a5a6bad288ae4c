"""The link of files that were given together, over HTTP: what its owner does with it, and what whoever has it gets."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from smartupload.api import group_schemas as schemas
from smartupload.api import link_pictures, plain_page
from smartupload.api.archives import ArchiveResponse, Archiving
from smartupload.api.dependencies import Ctx, Owner, in_threads
from smartupload.api.limits.address import client_of
from smartupload.api.routes.preview import headed
from smartupload.api.routes.shared import check_wanted
from smartupload.api.schemas import LinkLimits
from smartupload.api.visits import OfLink
from smartupload.errors import LINK_CLOSED, FileNotFound, NotReady
from smartupload.service.files import names
from smartupload.service.files.direction import isolated
from smartupload.service.links import archive, counting, group_page, groups
from smartupload.words import Size, say

router = APIRouter(tags=["groups"])

_LINK = "/api/groups/{group}/link"
_SHARED = "/api/shared-group/{token}"


@router.get("/api/groups", summary="Which groups have a link")
def list_groups(ctx: Ctx, owner: Owner) -> schemas.GroupList:
    """Those of which something is there or on its way, the newest link first."""
    return schemas.GroupList(groups=[schemas.GroupAnswer.model_validate(one) for one in groups.all_of(ctx, owner)])


@router.get(_LINK, summary="What the link of a group allows")
def get_link(group: str, ctx: Ctx, owner: Owner) -> schemas.GroupAnswer:
    """`group` is what the browser called it as it began its uploads. 404 `group_not_found` where there is no link."""
    return schemas.GroupAnswer.model_validate(groups.get_link(ctx, owner, group))


@router.post(_LINK, summary="Make a link for all files of a group")
def make_link(group: str, ctx: Ctx, owner: Owner) -> schemas.GroupAnswer:
    """The one that it has, if it has one. Files that are begun with the group later are behind it, too."""
    return schemas.GroupAnswer.model_validate(groups.make_link(ctx, owner, group))


@router.put(_LINK, summary="Revoke or limit the link of a group")
def set_link(group: str, body: LinkLimits, ctx: Ctx, owner: Owner) -> schemas.GroupAnswer:
    """All of it at once: what is left out is no limit."""
    limits = {"revoked": body.revoked, "until": body.until, "downloads_left": body.downloads_left}
    return schemas.GroupAnswer.model_validate(groups.set_link(ctx, owner, group, **limits))


@router.post(f"{_LINK}/renew", summary="Make a new link for a group")
def renew_link(group: str, ctx: Ctx, owner: Owner) -> schemas.GroupAnswer:
    """The old link is a 404 from then on; the new one has no limits."""
    return schemas.GroupAnswer.model_validate(groups.renew_link(ctx, owner, group))


@router.delete(_LINK, status_code=204, summary="Take the link of a group away")
def remove_link(group: str, ctx: Ctx, owner: Owner) -> Response:
    """Its files stay, with links of their own."""
    groups.remove_link(ctx, owner, group)
    return Response(status_code=204)


@router.get(_SHARED, summary="What the link of a group shows")
def shared_group(
    token: str,
    ctx: Ctx,
    after: Annotated[str, Query(max_length=64, description="`next` of the answer before")] = "",
    limit: Annotated[int, Query(ge=1, le=group_page.MOST_ROWS)] = group_page.MOST_ROWS,
) -> schemas.SharedGroupAnswer:
    """The files that are there or on their way, in the order in which they were given."""
    return schemas.SharedGroupAnswer.model_validate(group_page.shared_group(ctx, token, after, limit))


@router.get(
    f"{_SHARED}/download",
    summary="Download all files of a group",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {}}, "description": "a ZIP archive"}},
)
async def download_all(token: str, request: Request, ctx: Ctx, visitor: OfLink) -> Response:
    """As one ZIP of those that are ready, with their folders, made while it is sent and not compressed. A visitor counts once a day.

    It cannot be gone on with from the middle; where it breaks off it is shorter than `Content-Length`. 429 while too many are sent.
    """
    check_wanted(request.headers)
    archiving: Archiving = request.app.state.archiving
    leave = archiving.take(client_of(request, ctx.settings.trusted_proxies))
    try:
        owner = await request.app.state.identity.here(request)
        made = await in_threads(archiving.threads, archive.begin, ctx, token, visitor, owner)
    except (counting.NoClick, *LINK_CLOSED, FileNotFound, NotReady) as gone:
        leave()
        return _led(gone, token, request)
    except BaseException:
        leave()
        raise
    name = f"{made.name or say('plain-group-files')}.zip"
    headers = {
        "Content-Disposition": names.attachment(name),
        "Content-Length": str(made.size),
        "Cache-Control": "no-store",
    }
    return ArchiveResponse(made.pieces, headers, archiving.threads, leave)


@router.get(
    f"{_SHARED}/files/{{file}}/download",
    status_code=302,
    response_class=RedirectResponse,
    summary="Download one file of a group",
)
async def download_one(token: str, file: str, request: Request, ctx: Ctx, visitor: OfLink) -> Response:
    """To a short-lived address. With all else that the same visitor takes of the group that day it counts as one download."""
    check_wanted(request.headers)
    try:
        address = await run_in_threadpool(group_page.download_url, ctx, token, file, visitor)
    except (counting.NoClick, *LINK_CLOSED, FileNotFound, NotReady) as gone:
        return _led(gone, token, request)
    return RedirectResponse(address, status_code=302)


def _led(gone: Exception, token: str, request: Request) -> Response:
    """Somebody who clicked is told by the group's page; a program gets the problem."""
    if isinstance(gone, counting.NoClick) or "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/f/group/{quote(token, safe='')}", status_code=302)
    raise gone


@router.get("/f/group/{token}", include_in_schema=False)
def group_html(token: str, request: Request, ctx: Ctx) -> Response:
    """The page: 200 with the group's title; 404 with the same page for a link that is unknown, revoked, over or used up."""
    try:
        group = group_page.shared_group(ctx, token, "", 1)
    except (FileNotFound, *LINK_CLOSED) as gone:
        title = say("plain-file-not-found") if isinstance(gone, FileNotFound) else say("plain-link-closed")
        return headed(request, ctx, title, gone.read(), 404, link_pictures.GONE)
    title = isolated(group.name) if group.name else say("plain-group-title")
    text = say("state-arrived", count=group.ready + group.coming, size=Size(group.bytes))
    return headed(
        request,
        ctx,
        title,
        text,
        200,
        link_pictures.of_group(group),
        lambda page: plain_page.group(page, group, title, text, quote(token, safe="")),
    )
