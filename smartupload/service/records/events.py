"""What counts as an event, what it says, and who gets it: written down in the transaction that makes it true."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from smartupload.errors import InvalidRequest
from smartupload.models import BLOCKED, EXPIRED, FAILED, READY, SCANNING, WAITING, Delivery, Event, Upload
from smartupload.service.context import Context
from smartupload.service.presentation import views
from smartupload.service.records import recipients

CREATED, COMPLETED = "upload.created", "upload.completed"

BY_STATE = {
    SCANNING: COMPLETED,
    READY: recipients.READY,
    BLOCKED: recipients.BLOCKED,
    FAILED: recipients.FAILED,
    EXPIRED: recipients.EXPIRED,
}
"""The event that becoming so is; other states are none."""


def became(before: str, after: str | None) -> str | None:
    """The kind of event that a change of state is, if it is one."""
    if after is None or after == before:
        return None
    return BY_STATE.get(after)


def record(ctx: Context, session: Session, row: Upload, kind: str) -> Event:
    """Write an event and its deliveries into the caller's transaction."""
    now = ctx.clock.now()
    # So that ids become visible in their order: whoever reads on from an id misses none.
    ctx.db.hold(session, "events")
    event = Event(upload_id=row.id, owner=row.owner, kind=kind, body="", created_at=now)
    session.add(event)
    session.flush()
    assert event.id is not None
    event.body = json.dumps(document(ctx, row, kind, str(event.id), now), ensure_ascii=False)
    for receiver in recipients.of(ctx, session, row, kind):
        session.add(
            Delivery(
                event_id=event.id,
                upload_id=row.id,
                channel=receiver.channel,
                target=receiver.target,
                state=WAITING,
                due_at=receiver.due_at,
                created_at=now,
            )
        )
    session.flush()
    return event


def document(ctx: Context, row: Upload, kind: str, event_id: str, at: datetime) -> dict[str, Any]:
    """What consumers get. Sizes in bytes, instants in ISO 8601 UTC; `checksum` is S3's composite SHA-256."""
    return {
        "id": event_id,
        "kind": kind,
        "at": at.isoformat(),
        "upload": {
            "id": row.id,
            "owner": row.owner,
            "name": row.name,
            "size": row.size,
            "type": views.type_of(row),
            "state": row.state,
            "scan": row.scan,
            "checksum": row.checksum if row.state == READY else None,
            "confirmed_bytes": row.confirmed_bytes,
            "share_url": views.share_url(ctx, row),
            "error": views.error_of(row),
            "created_at": row.created_at.isoformat(),
            "completed_at": row.completed_at.isoformat() if row.completed_at else None,
        },
    }


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events in the order in which they happened, as documents; `next_after` gives the next ones, None at the end."""

    events: list[dict[str, Any]]
    next_after: str | None


def since(ctx: Context, after: str = "0", limit: int = 100) -> EventPage:
    """Events of all uploads after this id, for programs that were away; reminders are none. Raises InvalidRequest."""
    if not after.isdecimal() or len(after) > 18:
        raise InvalidRequest("`after` is the id of an event, a whole number; 0 begins at the first.")
    later = (col(Event.id) > int(after), col(Event.kind) != recipients.REMINDER)
    statement = select(Event).where(*later).order_by(col(Event.id)).limit(limit + 1)
    with ctx.db.read() as session:
        found = list(session.exec(statement))
    page = found[:limit]
    return EventPage([json.loads(event.body) for event in page], str(page[-1].id) if len(found) > limit else None)
