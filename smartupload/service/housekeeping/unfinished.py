"""Which uploads nobody finishes, so that they are started again: the answer or the process was lost after the last byte."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlmodel import col, select

from smartupload.models import SCANNING, Upload
from smartupload.service.context import Context
from smartupload.service.housekeeping import backoff
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

AGE = timedelta(seconds=10)
"""Younger ones are being started just now."""
LOOKS = 500
"""In one round."""
_LONGEST = timedelta(minutes=10)


def sweep(ctx: Context, age: timedelta = AGE) -> int:
    """Start the finishing of uploads that have waited for at least `age`, the oldest first; how many were started.

    Starting what is being finished does nothing, so this asks for each, ever more seldom the longer it waits.
    """
    if ctx.finisher is None:
        return 0
    now = ctx.clock.now()
    statement = (
        select(Upload)
        .where(col(Upload.state) == SCANNING, col(Upload.moved_at) <= now - age)
        .order_by(col(Upload.looked_at))
        .limit(LOOKS)
    )
    with ctx.db.read() as session:
        found = list(session.exec(statement))
    due = [row for row in found if backoff.is_due(now, row.moved_at, row.looked_at, age, _LONGEST)]
    for row in due:
        ctx.finisher.start(row.id, row.epoch)
        with ctx.db.write() as session:
            rows.set_if(session, row, (SCANNING,), looked_at=now)
    return len(due)
