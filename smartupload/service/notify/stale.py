"""What of contacts is forgotten: addresses that nobody confirmed, questions that are over, and whom no browser can be any more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select

from smartupload.models import Asked, Contact, PushSubscription, Upload
from smartupload.service.context import Context
from smartupload.service.notify import contact, contact_links
from smartupload.service.owner import MAX_AGE


def prune(ctx: Context) -> None:
    """Forget it."""
    now = ctx.clock.now()
    unconfirmed = (col(Contact.asked) != "", col(Contact.asked_at) < now - contact_links.CONFIRM_WITHIN)
    with ctx.db.write() as session:
        session.exec(delete(Asked).where(col(Asked.asked_at) < now - contact.WITHIN))
        session.exec(update(Contact).where(*unconfirmed).values(asked=""))
        if ctx.adopting:
            # The cookie of whoever set this is over by then, and no file is left that they could be told of.
            over, owners = now - timedelta(seconds=MAX_AGE), select(Upload.owner)
            for table in (Contact, PushSubscription):
                session.exec(delete(table).where(col(table.created_at) < over, col(table.owner).not_in(owners)))
        ctx.db.scrub_later()
