"""What becomes of the uploads that a browser began before its person signed in: they are theirs, once they have said so."""

from __future__ import annotations

from sqlalchemy import case, func, update
from sqlmodel import col, select, text

from smartupload.models import KEPT, WAS_SENT, Contact, GroupLink, PushSubscription, Upload, Watch
from smartupload.service.context import Context


def left(ctx: Context, anonymous: str) -> int:
    """How many uploads there are of whoever holds this browser's cookie."""
    if not anonymous:
        return 0
    kept = select(func.count()).select_from(Upload).where(col(Upload.state).in_(KEPT))
    with ctx.db.read() as session:
        mine = session.exec(kept.where(col(Upload.owner) == anonymous)).one()
        return mine + session.exec(kept.where(col(Upload.sender) == anonymous, text(WAS_SENT))).one()


def take_over(ctx: Context, owner: str, anonymous: str) -> int:
    """All of them, with what was to be told to this browser, in one transaction; how many.

    What is on its way goes on: nothing about an upload hangs on its owner but who may ask about it. One whose key this
    owner has used for another upload stays where it is.
    """
    if not anonymous or anonymous == owner:
        return 0
    now = ctx.clock.now()
    theirs = select(Upload.idempotency_key).where(Upload.owner == owner)
    moved = (
        update(Upload)
        .where(col(Upload.owner) == anonymous, col(Upload.idempotency_key).not_in(theirs))
        # Taken along, so it says nothing of when this owner came.
        .values(owner=owner, adopted=True, updated_at=now, moved_at=now)
    )
    sent = (
        update(Upload)
        .where(col(Upload.sender) == anonymous, text(WAS_SENT))
        # What came to themselves is theirs already, as if they had not gone by their own link.
        .values(
            sender=case((col(Upload.owner) == owner, ""), else_=owner),
            drop_id=case((col(Upload.owner) == owner, ""), else_=col(Upload.drop_id)),
            updated_at=now,
        )
    )
    with ctx.db.write() as session:
        ctx.db.hold(session, owner)
        count = sum(len(session.exec(one.returning(col(Upload.id))).all()) for one in (sent, moved))
        session.exec(update(PushSubscription).where(col(PushSubscription.owner) == anonymous).values(owner=owner))
        watched = select(Watch.upload_id).where(Watch.owner == owner)
        mine = update(Watch).where(col(Watch.owner) == anonymous, col(Watch.upload_id).not_in(watched))
        session.exec(mine.values(owner=owner))
        theirs_too = select(GroupLink.group_key).where(GroupLink.owner == owner)
        links = update(GroupLink).where(col(GroupLink.owner) == anonymous, col(GroupLink.group_key).not_in(theirs_too))
        session.exec(links.values(owner=owner))
        if session.get(Contact, owner) is None:
            session.exec(update(Contact).where(col(Contact.owner) == anonymous).values(owner=owner))
    for one in (anonymous, owner):
        ctx.live.changed(one)
    return count
