"""For admins: who did what to which upload, from where; page by page, or all of it as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from starlette.responses import Response

from smartupload.api.dependencies import Ctx, admin
from smartupload.api.exact import Moment
from smartupload.service.audit import read
from smartupload.service.audit.entries import Action
from smartupload.service.audit.read import AuditEntry, Filter
from smartupload.service.context import Context


class AuditAnswer(BaseModel):
    """Entries, oldest first."""

    entries: list[AuditEntry]
    next_cursor: str | None = Field(description="`cursor` of the next page; null at the end")


router = APIRouter(prefix="/api/admin", tags=["operators"], dependencies=[Depends(admin)])


def chosen(
    since: Annotated[Moment | None, Query(description="from this moment on")] = None,
    until: Annotated[Moment | None, Query(description="before this moment")] = None,
    owner: Annotated[str, Query(max_length=64, description="whose uploads")] = "",
    upload: Annotated[str, Query(max_length=32, description="the id of an upload")] = "",
    action: Annotated[Action | None, Query(description="what was done")] = None,
) -> Filter:
    """Which entries are asked for."""
    return Filter(since, until, owner, upload, action or "")


Chosen = Annotated[Filter, Depends(chosen)]


@router.get("/audit", summary="Who did what")
def audit(
    ctx: Ctx, only: Chosen, cursor: str = "0", limit: Annotated[int, Query(ge=1, le=read.MOST)] = 100
) -> AuditAnswer:
    """Entries after the one that the cursor names. Of a file that was deleted they hold neither its name nor its link."""
    page = read.page(ctx.db, only, cursor, limit)
    return AuditAnswer(entries=page.entries, next_cursor=page.next_cursor)


@router.get("/audit.jsonl", summary="Who did what, as lines of JSON", response_class=StreamingResponse)
def audit_json(ctx: Ctx, only: Chosen) -> Response:
    """All entries, one a line."""
    return _lines(ctx, only, "application/jsonl", read.as_json)


@router.get("/audit.csv", summary="Who did what, as a table", response_class=StreamingResponse)
def audit_csv(ctx: Ctx, only: Chosen) -> Response:
    """All entries, with a line of names at the top; `detail` is JSON."""
    return _lines(ctx, only, "text/csv", read.as_csv, read.csv_head())


def _lines(ctx: Context, only: Filter, media_type: str, line: Callable[[AuditEntry], str], head: str = "") -> Response:
    def lines() -> Iterator[str]:
        yield head
        yield from map(line, read.all_of(ctx.db, only))

    return StreamingResponse(lines(), media_type=media_type, headers={"Cache-Control": "no-store"})
