"""When a hold is forgotten: an hour after the last of its uploads was over, or once none of them is left."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, delete, select

from smartupload.models import SENDING, Hold, Upload
from smartupload.service.context import Context
from smartupload.service.holds.holding import pieces
from smartupload.service.records.unindexed import unindexed

AFTER = timedelta(hours=1)
_AT_ONCE = 100


def prune(ctx: Context) -> int:
    """Forget them; how many they were."""
    before = ctx.clock.now() - AFTER
    with ctx.db.read() as session:
        old = session.exec(select(Hold.registration, Hold.owner).where(col(Hold.made_at) < before)).all()
    return sum(_prune(ctx, registration, owner) for registration, owner in old)


def _prune(ctx: Context, registration: str, owner: str) -> bool:
    with ctx.db.read() as session:
        row = session.get(Hold, (registration, owner))
        if row is None:
            return False
        lately = unindexed(Upload.state).in_(SENDING) | (col(Upload.updated_at) >= ctx.clock.now() - AFTER)
        for some in pieces(row.uploads, _AT_ONCE):
            kept = select(Upload.id).where(col(Upload.id).in_(some), lately)
            if session.exec(kept.limit(1)).first() is not None:
                return False
    with ctx.db.write() as session:
        session.exec(delete(Hold).where(col(Hold.registration) == registration, col(Hold.owner) == owner))
    return True
