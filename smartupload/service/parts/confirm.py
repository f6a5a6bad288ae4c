"""What has arrived: the store is asked, the row keeps a cached count for lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog

from smartupload.errors import MultipartGone, Problem, StoreFault
from smartupload.models import OPEN, Upload
from smartupload.service.context import Context
from smartupload.service.parts import received, reopen, versions
from smartupload.service.presentation.views import ConfirmedPart, UploadView, view
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

COUNT_AGE = 2.0
"""Seconds a cached count may be old while parts are being sent; large uploads cost more pages and are counted less often."""
SIGNED_AGE = 8.0
"""The same where a browser only sends on: it knows what has arrived, and for whoever else looks on here it is counted anyway
(service/uploads/change_poller.py). Those who look on elsewhere see it move so often; to list thousands of parts costs more than to sign some."""


def confirmed_parts(ctx: Context, owner: str, upload_id: str) -> tuple[UploadView, list[ConfirmedPart]]:
    """The upload and every part the store holds of it. Raises UploadNotFound, StoreUnavailable."""
    seen = row = rows.load(ctx, owner, upload_id)
    if row.state not in OPEN:
        return view(ctx, row, owner), []
    signed = rows.digests(ctx, row)
    try:
        found = [signed[part.number] for part in received.parts(ctx, row, signed)]
        row = counted(ctx, row, sum(part.size for part in found))
    except MultipartGone:
        row, whole = reopen.vanished(ctx, row)
        found = [part for part in signed.values() if versions.of(part)] if whole else []
    if rows.is_over(ctx, seen):
        return view(
            ctx, rows.reload(ctx, row), owner
        ), []  # what was found was of the epoch that is over, or dropped with it
    return view(ctx, row, owner), [
        ConfirmedPart(part.number, part.size, part.sha256, versions.of(part)) for part in found
    ]


def refresh(ctx: Context, row: Upload, seconds: float | None = None) -> Upload:
    """The row with a count that is not older than so many seconds. The cached one stands when the store is away."""
    if seconds is None:
        seconds = COUNT_AGE + row.part_count / 1000
    age = (ctx.clock.now() - last_counted(ctx, row)).total_seconds()
    sent_since = row.signed_at is not None and row.confirmed_bytes < row.size
    if row.state not in OPEN or not sent_since or age < seconds:
        return row
    try:
        stored = received.parts(ctx, row, rows.digests(ctx, row))
    except (StoreFault, Problem):
        return row  # a list that shows a slightly old figure is better than none
    return counted(ctx, row, sum(part.size for part in stored))


def recount(ctx: Context, row: Upload) -> None:
    """Refresh the count while parts are being signed, so that the owner's other devices see it move."""
    before = row.confirmed_bytes
    if row.signed_at is not None and refresh(ctx, row, SIGNED_AGE + row.part_count / 1000).confirmed_bytes != before:
        rows.tell(ctx, [row])


def last_counted(ctx: Context, row: Upload) -> datetime:
    """When the store was last asked what has arrived of it, as far as is known here."""
    return max(row.counted_at, ctx.counts.last(row.id))


def counted(ctx: Context, row: Upload, confirmed_bytes: int, moved: bool = False) -> Upload:
    """The row with a new count, or as somebody else left it. It is written down only when it is another one, or when something `moved`."""
    now = row.counted_at = ctx.clock.now()
    ctx.counts.note(row.id, now)
    if not moved and confirmed_bytes == row.confirmed_bytes:
        return row
    values: dict[str, Any] = {"confirmed_bytes": confirmed_bytes, "counted_at": now, "moved_at": now, "updated_at": now}
    with ctx.db.write() as session:
        written = rows.set_if(session, row, OPEN, **values)
    if not written:
        return rows.find(ctx, row.id) or row
    for name, value in values.items():
        setattr(row, name, value)
    return row
