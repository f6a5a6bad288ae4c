"""Who waits for somebody else's upload: whoever has its link and said so while it was still on its way."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import col, select

from smartupload.models import OPEN, SCANNING, Upload, Watch
from smartupload.service.context import Context
from smartupload.service.links import lookup
from smartupload.service.presentation import link_policy

_AWAITED = (*OPEN, SCANNING)


def watch(ctx: Context, owner: str, token: str) -> None:
    """Tell this owner when the file is there, or will not be. Raises what `lookup.opened` raises.

    Nothing happens for one's own upload, of which its owner is told anyway, and when there is nothing left to wait for.
    """
    lookup.opened(ctx, token)
    with ctx.db.write() as session:
        # Locked: either it is still awaited and whoever ends it sees this, or it has ended and so does this.
        row = session.exec(select(Upload).where(Upload.share_token == token).with_for_update()).first()
        if row is None or not owner or row.owner == owner or row.state not in _AWAITED:
            return
        if session.get(Watch, (row.id, owner)) is None:
            session.add(Watch(upload_id=row.id, owner=owner, created_at=ctx.clock.now()))


def unwatch(ctx: Context, owner: str, token: str) -> None:
    """Do not tell them after all. Raises what `lookup.opened` raises."""
    lookup.opened(ctx, token)
    awaited = select(Upload.id).where(Upload.share_token == token).scalar_subquery()
    with ctx.db.write() as session:
        session.exec(delete(Watch).where(col(Watch.owner) == owner, col(Watch.upload_id) == awaited))


def is_watching(ctx: Context, owner: str, token: str) -> bool:
    """Whether this owner waits for it. Raises what `lookup.opened` raises."""
    lookup.opened(ctx, token)
    statement = (
        select(Watch.owner)
        .join(Upload, col(Upload.id) == col(Watch.upload_id))
        .where(Upload.share_token == token, Watch.owner == owner)
    )
    with ctx.db.read() as session:
        return session.exec(statement).first() is not None


def is_told(ctx: Context, owner: str, row: Upload) -> bool:
    """Whether this owner waits for it, and its link still leads to it for others."""
    with ctx.db.read() as session:
        waits = session.get(Watch, (row.id, owner)) is not None
    return waits and link_policy.refusal(ctx, row) is None
