"""The owner's files: listed and counted, looked at one by one, downloaded; and the app reads any of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlmodel import Session, col, func, select, text

from smartupload.errors import UploadNotFound
from smartupload.models import WAS_SENT, Upload
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.drops import links
from smartupload.service.parts import confirm
from smartupload.service.presentation import downloads, previews
from smartupload.service.presentation.views import UploadPage, UploadView, view
from smartupload.service.records import rows
from smartupload.service.tags import tagging
from smartupload.service.uploads import finding
from smartupload.service.uploads.finding import NEWEST, Wanted

MAX_PAGE = 200
_COUNTS_PER_PAGE = 5


def list_uploads(
    ctx: Context, owner: str, cursor: str | None = None, limit: int = 50, wanted: Wanted = NEWEST
) -> UploadPage:
    """The owner's uploads, and what they send by drop links, but the cancelled ones; raises InvalidRequest for a cursor that is not ours."""
    if not owner:
        return UploadPage([], None)
    limit = min(max(limit, 1), MAX_PAGE)
    statement = select(Upload).where(*finding.conditions(wanted)).order_by(*finding.order(wanted)).limit(limit + 1)
    if cursor:
        statement = statement.where(finding.behind(wanted, cursor))
    with ctx.db.read() as session:
        found = list(session.exec(statement.where(Upload.owner == owner)))
        if _has_sent(ctx, wanted):
            found += session.exec(statement.where(Upload.sender == owner, text(WAS_SENT)))
            found.sort(key=lambda row: finding.place(wanted, row), reverse=wanted.falling)
    page = found[:limit]
    following = finding.cursor_behind(wanted, page[-1]) if len(found) > limit else None
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
    views = tagging.with_tags(ctx, owner, views)
    return UploadPage([replace(one, drop_title=titles.get(sent.get(one.id, ""), "")) for one in views], following)


def _has_sent(ctx: Context, wanted: Wanted) -> bool:
    """Whether what they send by drop links can be among it: its tags are those of who gets it."""
    return bool(ctx.drop_key) and not wanted.tag


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files somebody asked for, their bytes together, and how many there are in all."""

    count: int
    bytes: int
    all: int


def tally(ctx: Context, owner: str, wanted: Wanted = NEWEST) -> Tally:
    """What `list_uploads` gives on all its pages."""
    if not owner:
        return Tally(0, 0, 0)
    with ctx.db.read() as session:
        count, size = _sums(ctx, session, owner, wanted)
        return Tally(count, size, count if wanted.is_all else _sums(ctx, session, owner, NEWEST)[0])


def _sums(ctx: Context, session: Session, owner: str, wanted: Wanted) -> tuple[int, int]:
    statement = select(func.count(), func.coalesce(func.sum(Upload.size), 0)).where(*finding.conditions(wanted))
    whose = [statement.where(col(Upload.owner) == owner)]
    if _has_sent(ctx, wanted):
        whose.append(statement.where(col(Upload.sender) == owner, text(WAS_SENT)))
    found = [session.exec(one).one() for one in whose]
    return sum(count for count, _ in found), sum(int(size) for _, size in found)


def get_upload(ctx: Context, owner: str, upload_id: str) -> UploadView:
    """One upload with a count that is not too old. Raises UploadNotFound."""
    return tagging.with_tags(ctx, owner, [view(ctx, confirm.refresh(ctx, rows.load(ctx, owner, upload_id)), owner)])[0]


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
