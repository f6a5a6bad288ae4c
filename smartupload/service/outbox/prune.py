"""What the outbox forgets: events that happened so long ago that nobody asks for them any more, and their deliveries."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from smartupload.db import oldest
from smartupload.models import Delivery, Event
from smartupload.service.context import Context

KEPT = timedelta(days=90)
AT_ONCE = 1000


def prune(ctx: Context) -> int:
    """Forget the oldest events that are over; how many they were."""
    before = ctx.clock.now() - KEPT
    with ctx.db.read() as session:
        over = oldest(session, col(Event.id), col(Event.created_at), before, AT_ONCE)
    if over:
        with ctx.db.write() as session:
            session.exec(delete(Delivery).where(col(Delivery.event_id).in_(over)))
            session.exec(delete(Event).where(col(Event.id).in_(over)))
    return len(over)
