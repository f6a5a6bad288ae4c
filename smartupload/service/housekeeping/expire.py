"""When an upload is given up: nobody has gone on with it for as long as ABANDON_AFTER_DAYS says."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlmodel import col, select

from smartupload.errors import MultipartGone, Problem, StoreFault, StoreUnavailable
from smartupload.models import OPEN, PAUSED, Upload
from smartupload.ports import SINGLE_PUT
from smartupload.service.context import Context
from smartupload.service.housekeeping import remove
from smartupload.service.parts import received
from smartupload.service.records import rows, states

log = structlog.get_logger("smartupload.service")


def expire(ctx: Context, limit: int = 100) -> int:
    """Expire up to `limit` uploads, those longest left first, and remove their bytes; how many they were.

    Whatever is signed, arrives, is paused or resumed is a sign of life. Does nothing while the store is away: it alone
    knows what has arrived.
    """
    quiet = ctx.clock.now() - timedelta(days=ctx.settings.abandon_after_days)
    statement = (
        select(Upload)
        .where(
            col(Upload.state).in_(OPEN),
            col(Upload.expires_at) < ctx.clock.now(),
            col(Upload.moved_at) < quiet,
        )
        .order_by(col(Upload.expires_at))
        .limit(limit)
    )
    with ctx.db.read() as session:
        left = list(session.exec(statement))
    expired = 0
    for row in left:
        try:
            if _may_yet_be_completed(ctx, row):
                continue
        except StoreUnavailable:
            break
        except (StoreFault, Problem) as fault:
            log.warning("an abandoned upload stays for now", upload=row.id, cause=str(fault))
            continue
        expired += _give_up(ctx, row)
    return expired


def _may_yet_be_completed(ctx: Context, row: Upload) -> bool:
    """All of it is there: then it is the server's turn, which may have been away for days itself. But not for ever."""
    if row.state == PAUSED or row.signed_at is None:
        return False
    if ctx.clock.now() - row.moved_at > 2 * timedelta(days=ctx.settings.abandon_after_days):
        return False
    try:
        is_whole = len(received.parts(ctx, row, rows.digests(ctx, row))) >= row.part_count
        if not is_whole and row.multipart_id == SINGLE_PUT:
            ctx.store.ping()  # a bucket that is not there just now answers for an object like one that never came
        return is_whole
    except MultipartGone:
        found = ctx.store.head(row.key)  # completed, and the answer was lost
        return found is not None and found.size == row.size


def _give_up(ctx: Context, row: Upload) -> bool:
    # Only as it was seen: its browser may be back this very moment.
    changed = rows.move(ctx, row, states.EXPIRE, untouched=True, drop_parts=True)
    if changed is None:
        return False
    log.info("expired", upload=row.id, confirmed_bytes=row.confirmed_bytes, size=row.size)
    remove.remove(ctx, changed)
    return True
