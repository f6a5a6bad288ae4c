"""What goes from the store when an upload ends without a file, at once or, when the store is away, later."""

from __future__ import annotations

import structlog
from sqlmodel import col, select

from smartupload.errors import Problem, StoreFault
from smartupload.models import CANCELLED, EXPIRED, Upload
from smartupload.service.context import Context
from smartupload.service.files import object_keys
from smartupload.service.housekeeping import late_parts
from smartupload.service.parts import collect
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

_OVER = (CANCELLED, EXPIRED)


def remove(ctx: Context, row: Upload) -> bool:
    """Remove the bytes of an upload that was cancelled or has expired; whether there were any, and they are gone now."""
    if not row.multipart_id:
        return False  # done before
    try:
        clear(ctx, row)
    except (StoreFault, Problem) as fault:
        log.warning("bytes of an upload that has ended stay for now", upload=row.id, cause=str(fault))
        return False
    with ctx.db.write() as session:
        rows.set_if(session, row, _OVER, multipart_id="")
    return True


def clear(ctx: Context, row: Upload) -> None:
    """Delete whatever the store has of it. Raises StoreFault, StoreUnavailable."""
    if row.multipart_id:
        ctx.store.abort_multipart(row.key, row.multipart_id)
    for key in (row.key, object_keys.copied_key(row), *object_keys.left_keys(row)):
        ctx.store.delete(key)
    collect.clear(ctx, row)


def sweep(ctx: Context, limit: int = 100) -> int:
    """Remove what could not be removed at once; returns how many uploads that were.

    Part objects that came late go as well, and what was deleted from the database leaves its log.
    """
    ctx.db.scrub()
    late_parts.sweep(ctx, limit)
    statement = (
        select(Upload)
        .where(col(Upload.state).in_(_OVER), Upload.multipart_id != "")
        .order_by(col(Upload.updated_at))
        .limit(limit)
    )
    with ctx.db.read() as session:
        left = list(session.exec(statement))
    return sum(remove(ctx, row) for row in left)
