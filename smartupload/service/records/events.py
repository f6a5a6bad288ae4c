"""What counts as an event, what it says, and who gets it: written down in the transaction that makes it true."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from smartupload.errors import InvalidRequest
from smartupload.models import BLOCKED, CANCELLED, EXPIRED, FAILED, READY, SCANNING, WAITING, Event, Upload
from smartupload.service.context import Context
from smartupload.service.presentation import views
from smartupload.service.records import recipients
from smartupload.words import ENGLISH, Sentence

_EVENTS, _DELIVERIES = (Upload.metadata.tables[name] for name in ("event", "delivery"))
_WRITTEN = sa.update(_EVENTS).where(_EVENTS.c.id == sa.bindparam("its_id")).values(body=sa.bindparam("its_body"))

CREATED, COMPLETED, DELETED = "upload.created", "upload.completed", "upload.deleted"

BY_STATE = {
    SCANNING: COMPLETED,
    READY: recipients.READY,
    BLOCKED: recipients.BLOCKED,
    FAILED: recipients.FAILED,
    EXPIRED: recipients.EXPIRED,
}
"""The event that becoming so is; other states are none, but for the end of a file that was ready (DELETED)."""


def became(before: str, after: str | None) -> str | None:
    """The kind of event that a change of state is, if it is one."""
    if after is None or after == before:
        return None
    # Whoever was told that a file is ready has something of it; of an upload that is given up before, nobody has.
    return DELETED if (before, after) == (READY, CANCELLED) else BY_STATE.get(after)


def rewrite(session: Session, which: sa.ColumnElement[bool], change: Callable[[dict[str, Any]], None]) -> None:
    """Write these events' documents anew; `change` does it to what each says of its upload. Those still to be delivered say it, too."""
    written: list[dict[str, Any]] = []
    for number, body in session.exec(select(Event.id, Event.body).where(which)):
        document = json.loads(body)
        change(document["upload"])
        written.append({"its_id": number, "its_body": json.dumps(document, ensure_ascii=False)})
    if written:
        session.connection().execute(_WRITTEN, written)


def record(ctx: Context, session: Session, row: Upload, kind: str) -> None:
    """Write an event and its deliveries into the caller's transaction."""
    record_all(ctx, session, [row], kind)


def record_all(ctx: Context, session: Session, rows: Sequence[Upload], kind: str) -> None:
    """The same for each of these uploads, in this order."""
    now = ctx.clock.now()
    # So that ids become visible in their order: whoever reads on from an id misses none.
    ctx.db.hold(session, "events")
    connection = session.connection()
    empty = [{"upload_id": row.id, "owner": row.owner, "kind": kind, "body": "", "created_at": now} for row in rows]
    made = sa.insert(_EVENTS).returning(_EVENTS.c.id, sort_by_parameter_order=True)
    ids: list[int] = list(connection.execute(made, empty).scalars())
    bodies = [
        {"its_id": event_id, "its_body": json.dumps(document(ctx, row, kind, str(event_id), now), ensure_ascii=False)}
        for event_id, row in zip(ids, rows, strict=True)
    ]
    connection.execute(_WRITTEN, bodies)
    deliveries = [
        {
            "event_id": event_id,
            "upload_id": row.id,
            "channel": receiver.channel,
            "target": receiver.target,
            "state": WAITING,
            "attempts": 0,
            "due_at": receiver.due_at,
            "created_at": now,
        }
        for event_id, row, receivers in zip(ids, rows, recipients.of_all(ctx, session, rows, kind), strict=True)
        for receiver in receivers
    ]
    if deliveries:
        connection.execute(sa.insert(_DELIVERIES), deliveries)


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
            "share_url": views.share_url(ctx, row) if row.state != CANCELLED else "",
            # For programs, whoever's request it is.
            "error": views.error_of(row, ENGLISH),
            "metadata": row.metadata_,
            "uploader": row.uploader,
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
        raise InvalidRequest(Sentence("problem-invalid_request-after"))
    later = (col(Event.id) > int(after), col(Event.kind) != recipients.REMINDER)
    statement = select(Event).where(*later).order_by(col(Event.id)).limit(limit + 1)
    with ctx.db.read() as session:
        found = list(session.exec(statement))
    page = found[:limit]
    return EventPage([json.loads(event.body) for event in page], str(page[-1].id) if len(found) > limit else None)
