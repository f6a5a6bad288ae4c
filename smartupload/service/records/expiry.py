"""When an upload that nobody goes on with is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from smartupload.models import Upload
from smartupload.service.context import Context


def expires_at(ctx: Context, now: datetime) -> datetime:
    """The moment after which it is given up, if nobody goes on with it after `now`."""
    return now + timedelta(days=ctx.settings.abandon_after_days)


def kept_until(ctx: Context, row: Upload) -> datetime:
    """Until when an upload that stands still is kept (service/housekeeping/expire)."""
    return max(row.expires_at, row.moved_at + timedelta(days=ctx.settings.abandon_after_days))
