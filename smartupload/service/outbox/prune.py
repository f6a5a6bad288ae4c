"""What the outbox forgets: events that happened so long ago that nobody asks for them any more, and their deliveries."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func
from sqlmodel import col, select

from smartupload.models import Delivery, Event
from smartupload.service.context import Context

KEPT = timedelta(days=90)
AT_ONCE = 1000


def prune(ctx: Context) -> int:
    """Forget the oldest events that are over; how many they were.

    The newest one stays however old it is: a database that counts on from the largest id it holds would begin anew, and
    consumers that ask for what came after an id would miss it.
    """
    before = ctx.clock.now() - KEPT
    with ctx.db.read() as session:
        newest = session.exec(select(func.max(Event.id))).one()
        oldest = session.exec(select(Event.id, Event.created_at).order_by(col(Event.id)).limit(AT_ONCE)).all()
    over = [number for number, moment in oldest if moment < before and number != newest]
    if over:
        with ctx.db.write() as session:
            session.exec(delete(Delivery).where(col(Delivery.event_id).in_(over)))
            session.exec(delete(Event).where(col(Event.id).in_(over)))
    return len(over)
