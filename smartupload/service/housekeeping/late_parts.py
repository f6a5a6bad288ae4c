"""What comes after its upload has ended: a browser may still send a form that it was given days ago, or a PUT of the last hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import col, select

from smartupload.errors import Problem, StoreFault, StoreUnavailable
from smartupload.models import BLOCKED, CANCELLED, EXPIRED, FAILED, OPEN, READY, SCANNING, Upload
from smartupload.service.context import Context
from smartupload.service.files import object_keys
from smartupload.service.housekeeping import backoff
from smartupload.service.parts import collect, form_lifetime
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

_SHORTEST, _LONGEST = timedelta(seconds=0), timedelta(hours=6)
_MARGIN_OF_A_PUT = timedelta(hours=1)
_MARGIN = timedelta(days=1)
"""A form that was taken at its last moment may take so long to arrive; and clocks differ."""


def sweep(ctx: Context, limit: int = 100) -> int:
    """Delete what lies there of uploads that ended, for as long as their forms live; how many uploads were looked at."""
    sweep_puts(ctx, limit)
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


def sweep_puts(ctx: Context, limit: int = 100) -> int:
    """Delete files of one PUT that came again after their upload had ended without them; how many uploads were looked at.

    Looked at once, when no address of theirs is good any more: no multipart upload is there that would refuse them.
    """
    over = ctx.clock.now() - timedelta(seconds=ctx.settings.url_expires_seconds) - _MARGIN_OF_A_PUT
    has_left = col(Upload.state).in_((CANCELLED, EXPIRED, FAILED, BLOCKED)) | (
        (col(Upload.state) == READY) & (col(Upload.epoch) > 1)
    )
    statement = (
        select(Upload)
        .where(Upload.part_count == 1, col(Upload.signed_at) < over, has_left)
        .order_by(col(Upload.signed_at).desc())  # one that cannot be deleted is overtaken by all that come after it
        .limit(limit)
    )
    with ctx.db.read() as session:
        found = list(session.exec(statement))
    for row in found:
        is_kept = row.state == READY or (row.state == BLOCKED and ctx.settings.keep_blocked)
        try:
            for key in (*object_keys.left_keys(row), *(() if is_kept else (row.key,))):
                ctx.store.delete(key)
        except StoreUnavailable:
            break
        except (StoreFault, Problem) as fault:
            log.warning("what came late stays for now", upload=row.id, cause=str(fault))
            continue
        with ctx.db.write() as session:
            rows.set_if(session, row, (row.state,), signed_at=None)
    return len(found)


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
