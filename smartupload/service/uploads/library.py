"""The owner's files: listed newest first, looked at one by one, downloaded; and the app reads any of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select, text

from smartupload.errors import InvalidRequest, UploadNotFound
from smartupload.models import CANCELLED, WAS_SENT, Upload
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.drops import links
from smartupload.service.parts import confirm
from smartupload.service.presentation import downloads, previews
from smartupload.service.presentation.views import UploadPage, UploadView, view
from smartupload.service.records import rows
from smartupload.words import Sentence

MAX_PAGE = 200
_COUNTS_PER_PAGE = 5


def list_uploads(ctx: Context, owner: str, cursor: str | None = None, limit: int = 50) -> UploadPage:
    """The owner's uploads, and what they send by drop links, but the cancelled ones, newest first; raises InvalidRequest for a cursor that is not ours."""
    if not owner:
        return UploadPage([], None)
    limit = min(max(limit, 1), MAX_PAGE)
    statement = (
        select(Upload)
        .where(Upload.state != CANCELLED)
        .order_by(col(Upload.created_at).desc(), col(Upload.id).desc())
        .limit(limit + 1)
    )
    if cursor:
        moment, upload_id = _read_cursor(cursor)
        older = and_(col(Upload.created_at) == moment, col(Upload.id) < upload_id)
        statement = statement.where(or_(col(Upload.created_at) < moment, older))
    with ctx.db.read() as session:
        found = list(session.exec(statement.where(Upload.owner == owner)))
        if ctx.drop_key:
            found += session.exec(statement.where(Upload.sender == owner, text(WAS_SENT)))
            found.sort(key=lambda row: (row.created_at, row.id), reverse=True)
    page = found[:limit]
    following = _write_cursor(page[-1]) if len(found) > limit else None
    # A few counts are made fresh, the rest is as of the last look: a list must not wait for hundreds of answers.
    budget = _COUNTS_PER_PAGE
    views: list[UploadView] = []
    for row in page:
        if budget and row.signed_at is not None and row.signed_at >= confirm.last_counted(ctx, row):
            row = confirm.refresh(ctx, row)
            budget -= 1
        views.append(view(ctx, row, owner))
    sent = {row.id: row.drop_id for row in page if row.drop_id and row.owner == owner}
    titles = links.titles(ctx, owner, set(sent.values()))
    return UploadPage([replace(one, drop_title=titles.get(sent.get(one.id, ""), "")) for one in views], following)


def get_upload(ctx: Context, owner: str, upload_id: str) -> UploadView:
    """One upload with a count that is not too old. Raises UploadNotFound."""
    return view(ctx, confirm.refresh(ctx, rows.load(ctx, owner, upload_id)), owner)


def download_url(ctx: Context, owner: str, upload_id: str) -> str:
    """A short-lived address of the owner's file. Raises UploadNotFound, NotReady."""
    row = rows.load_own(ctx, owner, upload_id)
    url = downloads.download_url(ctx, row)
    entries.note(ctx, entries.DOWNLOADED, owner=row.owner, upload_id=row.id)
    return url


def preview_url(ctx: Context, owner: str, upload_id: str) -> str:
    """A short-lived address that shows the owner's file. Raises UploadNotFound, NotReady, NoPreview."""
    row = rows.load_own(ctx, owner, upload_id)
    url = previews.preview_url(ctx, row)
    entries.note(ctx, entries.PREVIEWED, owner=row.owner, upload_id=row.id)
    return url


def read(ctx: Context, upload_id: str, start: int = 0) -> Iterator[bytes]:
    """The bytes from `start`, in pieces of 1 MiB at most, for the app itself: whoever's file it is.

    From its end on there are none. Raises UploadNotFound, NotReady, and ValueError for a start before the first byte.
    """
    if start < 0:
        raise ValueError(f"start is {start}: the first byte of a file is at 0")
    row = rows.find(ctx, upload_id)
    if row is None:
        raise UploadNotFound
    return downloads.contents(ctx, row, start)


def _write_cursor(row: Upload) -> str:
    return base64.urlsafe_b64encode(f"{row.created_at.isoformat()} {row.id}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        moment, _, upload_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(" ")
        parsed = inputs.instant(moment)
        if not upload_id or not inputs.is_name(upload_id):
            raise ValueError(cursor)
    except ValueError as error:
        raise InvalidRequest(Sentence("problem-invalid_request-cursor")) from error
    return parsed, upload_id
