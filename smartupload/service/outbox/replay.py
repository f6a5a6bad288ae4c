"""What an operator may see of the deliveries, and have sent again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlmodel import col, select

from smartupload.errors import InvalidRequest
from smartupload.models import DEAD, SENT, WAITING, Delivery, Event
from smartupload.service.context import Context
from smartupload.words import Sentence

STATES = (WAITING, SENT, DEAD)
MOST = 1000
"""Deliveries in one answer."""


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One event on its way to one receiver, see models.Delivery. `error`: why the last try failed."""

    id: str
    event_id: str
    kind: str
    upload_id: str
    channel: str
    target: str
    state: str
    attempts: int
    error: str | None
    due_at: datetime
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Deliveries, oldest first; `next_after` gives the next ones, None at the end."""

    deliveries: list[DeliveryView]
    next_after: str | None


def deliveries(
    ctx: Context, state: str = DEAD, channel: str | None = None, after: str = "0", limit: int = 100
) -> DeliveryPage:
    """Deliveries in this state after this id. Raises InvalidRequest."""
    statement = (
        select(Delivery, Event.kind)
        .join(Event, col(Event.id) == col(Delivery.event_id))
        .where(col(Delivery.state) == state, col(Delivery.id) > _number(after))
        .order_by(col(Delivery.id))
        .limit(limit + 1)
    )
    if channel is not None:
        statement = statement.where(col(Delivery.channel) == channel)
    with ctx.db.read() as session:
        found = list(session.exec(statement))
    page = [_view(row, kind) for row, kind in found[:limit]]
    return DeliveryPage(page, page[-1].id if len(found) > limit else None)


def replay(ctx: Context, ids: Sequence[str] | None = None, channel: str | None = None) -> int:
    """Dead letters wait again, with all their tries: all, or these only, or those of one channel; how many they were.

    Raises InvalidRequest.
    """
    statement = (
        update(Delivery)
        .where(col(Delivery.state) == DEAD)
        .values(state=WAITING, attempts=0, error=None, due_at=ctx.clock.now())
    )
    if ids is not None:
        statement = statement.where(col(Delivery.id).in_([_number(given) for given in ids]))
    if channel is not None:
        statement = statement.where(col(Delivery.channel) == channel)
    with ctx.db.write() as session:
        return cast("CursorResult[Any]", session.exec(statement)).rowcount


def _number(given: str) -> int:
    if not given.isdecimal() or len(given) > 18:
        raise InvalidRequest(Sentence("problem-invalid_request-delivery-id"))
    return int(given)


def _view(row: Delivery, kind: str) -> DeliveryView:
    return DeliveryView(
        id=str(row.id),
        event_id=str(row.event_id),
        kind=kind,
        upload_id=row.upload_id,
        channel=row.channel,
        target=row.target,
        state=row.state,
        attempts=row.attempts,
        error=row.error,
        due_at=row.due_at,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
