"""How the server finishes alone: it looks at uploads that are silent, counts what arrived, and completes them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
import structlog
from sqlmodel import col

from smartupload.errors import MultipartGone, PartsMissing, Problem, StoreFault, StoreUnavailable
from smartupload.models import UPLOADING, VERIFYING, Upload
from smartupload.service.context import Context
from smartupload.service.finishing import complete
from smartupload.service.housekeeping import backoff
from smartupload.service.parts import collect, confirm, form_lifetime, received, versions
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

QUIET = timedelta(seconds=8)
"""Without a word from the browser for so long, an upload whose parts are all there is completed without it."""
LOOKS = 50
"""In one round."""
COPIES_PER_LOOK = 128
"""So that one large upload does not hold up the others."""
_STATES = (UPLOADING, VERIFYING)
_SHORTEST, _LONGEST, _SHARE = timedelta(seconds=5), timedelta(minutes=10), 1 / 8
"""Parts that come at least every 80 seconds are seen within 10, and a round comes every 5: ready 15 s after the last byte."""
_MARGIN = timedelta(hours=1)
"""A request that was made at the last moment may take so long to arrive."""


class _Seen(NamedTuple):
    id: str
    state: str
    size: int
    confirmed_bytes: int
    signed_at: datetime
    handed_over_at: datetime | None
    looked_at: datetime
    moved_at: datetime


def reconcile(ctx: Context, limit: int = LOOKS, stop: threading.Event | None = None) -> int:
    """Look at up to `limit` uploads that are due, those longest not looked at first; how many were looked at.

    Paused ones are left alone. What goes wrong with one is written to the log, and it is looked at again later. Does
    nothing while the store is away, and ends early when `stop` is set.
    """
    due = _due(ctx)[:limit]
    if not due:
        return 0
    try:
        ctx.store.ping()
    except StoreUnavailable:
        return 0
    looked = 0
    for upload_id in due:
        if stop is not None and stop.is_set():
            break
        looked += 1
        row = rows.find(ctx, upload_id)
        if row is None or row.state not in _STATES or row.signed_at is None:
            continue
        with ctx.db.write() as session:
            # Before, so that it waits for its next turn like the others whatever comes of this one.
            rows.set_if(session, row, _STATES, looked_at=ctx.clock.now())
        try:
            _look(ctx, row, row.signed_at)
        except (StoreFault, Problem) as fault:
            log.warning("an upload cannot be finished yet", upload=upload_id, cause=str(fault))
        except Exception:
            log.exception("reconciling failed; it is tried again", upload=upload_id)
    return looked


def complete_if_there(ctx: Context, upload_ids: Iterable[str]) -> None:
    """Complete those of which all parts are in the store, before their browser sends on: it may send what is there by another way."""
    for upload_id in upload_ids:
        row = rows.find(ctx, upload_id)
        if row is None or row.state != UPLOADING:
            continue
        try:
            with ctx.locks.of(row.id):
                collected = collect.collect(ctx, row, COPIES_PER_LOOK)
            if _can_be_completed(ctx, row, collected.gone > 0):
                _complete(ctx, row)
        except (StoreFault, Problem) as fault:
            log.info("what arrived cannot be completed yet", upload=upload_id, cause=str(fault))


def _due(ctx: Context) -> list[str]:
    # These columns only: there may be thousands that wait for their browser to come back.
    statement = (
        sa.select(*(getattr(Upload, name) for name in _Seen._fields))
        .where(col(Upload.state).in_(_STATES), col(Upload.signed_at).is_not(None))
        .order_by(col(Upload.looked_at))
    )
    with ctx.db.read() as session:
        found = [_Seen(*row) for row in session.connection().execute(statement)]
    now = ctx.clock.now()
    return [seen.id for seen in found if _is_due(ctx, seen, now)]


def _is_due(ctx: Context, seen: _Seen, now: datetime) -> bool:
    if now - seen.signed_at < QUIET:
        # Its browser asks by itself; part objects are moved meanwhile, so that few are left in the end.
        return seen.handed_over_at is not None
    everything = seen.state == VERIFYING or seen.confirmed_bytes >= seen.size
    if not everything and seen.looked_at >= _last_arrival(ctx, seen):
        return False
    return backoff.is_due(now, seen.moved_at, seen.looked_at, _SHORTEST, _LONGEST, _SHARE)


def _last_arrival(ctx: Context, seen: _Seen) -> datetime:
    last = seen.signed_at + timedelta(seconds=ctx.settings.url_expires_seconds)
    if seen.handed_over_at is not None:
        last = max(last, seen.handed_over_at + form_lifetime.lifetime(ctx))
    return last + _MARGIN


def _look(ctx: Context, row: Upload, signed_at: datetime) -> None:
    silent = ctx.clock.now() - signed_at >= QUIET
    try:
        with ctx.locks.of(row.id):
            collected = collect.collect(ctx, row, COPIES_PER_LOOK)
        if _can_be_completed(ctx, row, collected.gone > 0) and silent:
            _complete(ctx, row)
    except MultipartGone:
        # Completed and not written down, or lost: completing finds out.
        if silent:
            _complete(ctx, row)


def _can_be_completed(ctx: Context, row: Upload, moved: bool) -> bool:
    """Count, show it to whoever looks, and say whether all is there, as parts, and of one version."""
    signed = rows.digests(ctx, row)
    stored = received.parts(ctx, row, signed)
    before = row.confirmed_bytes
    row = confirm.counted(ctx, row, sum(part.size for part in stored), moved)
    if row.confirmed_bytes != before:
        rows.tell(ctx, [row])
    # A part object that is not copied yet is left for the next look: completing would ask its browser for it again.
    copied = [signed[part.number] for part in stored if part.etag]
    return len(versions.vouched(copied)) == row.part_count


def _complete(ctx: Context, row: Upload) -> None:
    try:
        complete.complete_upload(ctx, row.owner, row.id)
        log.info("completed without its browser", upload=row.id)
    except PartsMissing as missing:
        log.info("its browser has to send again", upload=row.id, epoch=missing.extra["epoch"])
