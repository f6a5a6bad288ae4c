"""How long what has ended is remembered: the row of an upload that is no file goes after KEEP_ENDED_DAYS, and all that hangs on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import structlog
from sqlalchemy import CursorResult, delete, func, or_
from sqlmodel import col, select

from smartupload.errors import Problem, StoreFault
from smartupload.models import BLOCKED, CANCELLED, EXPIRED, FAILED, Event, Upload
from smartupload.service.context import Context
from smartupload.service.housekeeping import remove
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

ENDED = (CANCELLED, EXPIRED, FAILED, BLOCKED)


def kept_for(ctx: Context) -> timedelta:
    """How long. A browser keeps its side of an upload for ABANDON_AFTER_DAYS, so a shorter time would meet it unprepared."""
    return timedelta(days=max(ctx.settings.keep_ended_days, ctx.settings.abandon_after_days))


def forget_ended(ctx: Context, limit: int = 100) -> int:
    """Forget up to `limit` uploads that ended so long ago, with what the store still has of them; how many they were."""
    before = ctx.clock.now() - kept_for(ctx)
    newest = select(Event.upload_id).order_by(col(Event.id).desc()).limit(1).scalar_subquery()
    statement = (
        select(Upload)
        .where(
            col(Upload.state).in_(ENDED),
            col(Upload.updated_at) < before,
            # Until then something may still come, and the row is what finds it (late_parts.py).
            col(Upload.handed_over_at).is_(None),
            or_(col(Upload.part_count) > 1, col(Upload.signed_at).is_(None)),
            # A database that counts on from the largest id it holds would give a consumer's place to another event.
            col(Upload.id) != func.coalesce(newest, ""),
        )
        .order_by(col(Upload.updated_at))
        .limit(limit)
    )
    with ctx.db.read() as session:
        found = list(session.exec(statement))
    forgotten = sum(_forget(ctx, row) for row in found)
    ctx.db.scrub()
    return forgotten


def _forget(ctx: Context, row: Upload) -> bool:
    try:
        # Of one that was cancelled or has expired that was done, or is still to be done, by the sweep.
        if row.state in (FAILED, BLOCKED):
            remove.clear(ctx, row)
        elif row.multipart_id and not remove.remove(ctx, row):
            return False
    except (StoreFault, Problem) as fault:
        log.warning("an upload that has ended is remembered for now", upload=row.id, cause=str(fault))
        return False
    # Parts, events, deliveries and watchers go with it.
    gone = delete(Upload).where(
        col(Upload.id) == row.id, col(Upload.state) == row.state, col(Upload.updated_at) == row.updated_at
    )
    with ctx.db.write() as session:
        is_gone = cast("CursorResult[Any]", session.exec(gone)).rowcount == 1
        ctx.db.scrub_later()
    if is_gone and row.state != CANCELLED:
        rows.tell(ctx, [row])
    return is_gone
