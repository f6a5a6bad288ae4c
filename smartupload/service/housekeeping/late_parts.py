"""Part objects that come after their upload has ended: a browser may still send what it was given days ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import col, select

from smartupload.errors import Problem, StoreFault
from smartupload.models import OPEN, SCANNING, Upload
from smartupload.service.context import Context
from smartupload.service.housekeeping import backoff
from smartupload.service.parts import collect, form_lifetime
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

_SHORTEST, _LONGEST = timedelta(seconds=0), timedelta(hours=6)
_MARGIN = timedelta(days=1)
"""A form that was taken at its last moment may take so long to arrive; and clocks differ."""


def sweep(ctx: Context, limit: int = 100) -> int:
    """Delete what lies there of uploads that ended, for as long as their forms live; how many uploads were looked at."""
    now = ctx.clock.now()
    over = now - form_lifetime.lifetime(ctx) - _MARGIN
    statement = (
        select(Upload.id, Upload.moved_at, Upload.looked_at, Upload.handed_over_at)
        .where(col(Upload.handed_over_at).is_not(None), col(Upload.state).not_in((*OPEN, SCANNING)))
        .order_by(col(Upload.looked_at))
    )
    with ctx.db.read() as session:
        found = [
            upload_id
            for upload_id, ended, looked, handed in session.exec(statement)
            if (handed is not None and handed < over) or backoff.is_due(now, ended, looked, _SHORTEST, _LONGEST)
        ]
    for upload_id in found[:limit]:
        _look(ctx, upload_id, over)
    return len(found[:limit])


def _look(ctx: Context, upload_id: str, over: datetime) -> None:
    row = rows.find(ctx, upload_id)
    if row is None or row.handed_over_at is None:
        return
    values: dict[str, Any] = {"looked_at": ctx.clock.now()}
    try:
        collect.clear(ctx, row)
        if row.handed_over_at < over:
            values["handed_over_at"] = None  # nothing more can come
    except (StoreFault, Problem) as fault:
        log.warning("late part objects stay for now", upload=row.id, cause=str(fault))
    with ctx.db.write() as session:
        rows.set_if(session, row, (row.state,), **values)
