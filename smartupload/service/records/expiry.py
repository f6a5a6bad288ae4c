"""When an upload that nobody goes on with is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from smartupload.service.context import Context


def expires_at(ctx: Context, now: datetime) -> datetime:
    """The moment after which it is given up, if nobody goes on with it after `now`."""
    return now + timedelta(days=ctx.settings.abandon_after_days)
