"""What has arrived: the store is asked, the row keeps a cached count for lists."""

from __future__ import annotations

import structlog

from smartupload.errors import MultipartGone, Problem, StoreFault
from smartupload.models import OPEN, Part, Upload
from smartupload.ports import StoredPart
from smartupload.service import limits, reopen, rows
from smartupload.service.context import Context
from smartupload.service.views import ConfirmedPart, UploadView, view

log = structlog.get_logger("smartupload.service")

COUNT_AGE = 2.0
"""Seconds a cached count may be old while parts are being sent; large uploads cost more pages and are counted less often."""


def confirmed_parts(ctx: Context, owner: str, upload_id: str) -> tuple[UploadView, list[ConfirmedPart]]:
    """The upload and every part the store holds of it. Raises UploadNotFound, StoreUnavailable."""
    row = rows.load(ctx, owner, upload_id)
    if row.state not in OPEN:
        return view(ctx, row), []
    if row.signed_at is None:
        return view(ctx, row), []  # nothing was signed, so nothing can be there
    signed = rows.digests(ctx, row)
    try:
        stored = ctx.store.list_parts(row.key, row.multipart_id)
    except MultipartGone:
        row, whole = reopen.vanished(ctx, row)
        if not whole:
            return view(ctx, row), []
        return view(ctx, row), [ConfirmedPart(part.number, part.size, known(part, None)) for part in signed.values()]
    parts = [
        ConfirmedPart(part.number, part.size, known(signed.get(part.number), part))
        for part in stored
        if fits(row, part)
    ]
    row = _counted(ctx, row, sum(part.size for part in parts))
    return view(ctx, row), parts


def fits(row: Upload, part: StoredPart) -> bool:
    """Whether a stored part is one of this upload's, of the right size."""
    in_range = 1 <= part.number <= row.part_count
    return in_range and part.size == limits.size_of_part(row.size, row.part_size, part.number)


def known(signed: Part | None, stored: StoredPart | None) -> str | None:
    """The digest of a stored part: the store's own word, else the only digest it could have accepted."""
    if stored is not None and stored.sha256:
        return stored.sha256
    return signed.sha256 if signed is not None and not signed.ambiguous else None


def refresh(ctx: Context, row: Upload) -> Upload:
    """The row with a count that is not too old. The cached one stands when the store is away."""
    age = (ctx.clock.now() - row.counted_at).total_seconds()
    sent_since = row.signed_at is not None and row.confirmed_bytes < row.size
    if row.state not in OPEN or not sent_since or age < COUNT_AGE + row.part_count / 1000:
        return row
    try:
        stored = ctx.store.list_parts(row.key, row.multipart_id)
    except (StoreFault, Problem):
        return row  # a list that shows a slightly old figure is better than none
    return _counted(ctx, row, sum(part.size for part in stored if fits(row, part)))


def _counted(ctx: Context, row: Upload, confirmed_bytes: int) -> Upload:
    now = ctx.clock.now()
    with ctx.db.write() as session:
        rows.set_if(session, row, OPEN, confirmed_bytes=confirmed_bytes, counted_at=now)
    row.confirmed_bytes = confirmed_bytes
    row.counted_at = now
    return row
