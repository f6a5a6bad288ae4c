"""Which delivery is sent next, by whom, and what becomes of it: sent, tried again later, or a dead letter."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
import structlog
from sqlalchemy import CursorResult, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from smartupload.errors import DeliveryFault, TargetGone, TryAgain, Undeliverable
from smartupload.models import DEAD, SENT, WAITING, Delivery, Event
from smartupload.ports import Message
from smartupload.service.context import Context
from smartupload.service.notify import mail, push
from smartupload.service.outbox import tell_app
from smartupload.service.records import lease
from smartupload.service.records.recipients import HOOK, MAIL, PUSH, QUEUE, WEBHOOK

log = structlog.get_logger("smartupload.service")

LEASES = {WEBHOOK: 60, QUEUE: 60, PUSH: 60, MAIL: 300, HOOK: 60}
"""Seconds that one who claimed a delivery has for it, more than the adapters' time-outs add up to. Then it is anybody's."""

_MINUTE, _HOUR = 60, 3600
WAITS = (5, 15, _MINUTE, 5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE, _HOUR, 2 * _HOUR, 4 * _HOUR, 8 * _HOUR, 12 * _HOUR)
"""Seconds before each further try, about 28 hours in all; then the delivery is dead."""
_LONGEST = 24 * _HOUR
"""A receiver may ask for more time, but not for more than this, in seconds."""

_IN_ORDER = (WEBHOOK, QUEUE)

_ANY = sa.select(sa.literal(1)).select_from(Delivery).where(col(Delivery.state) == WAITING).limit(1)
"""Does anything wait at all? Made once, since it is asked at every change, mostly for nothing: what is asked then costs ten times as much to put together."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent at once, already claimed: one event, or all that go into one mail, oldest first."""

    channel: str
    target: str
    deliveries: Sequence[Delivery]
    events: Sequence[Event]


def channels(ctx: Context) -> list[str]:
    """Those that are set up here. What waits for another one stays where it is."""
    ways = {WEBHOOK: ctx.webhook, QUEUE: ctx.queue, PUSH: ctx.pusher, MAIL: ctx.mailer, HOOK: ctx.hooks}
    return [channel for channel, way in ways.items() if way is not None]


def claim(ctx: Context, free: Mapping[str, int]) -> list[Batch]:
    """Claim what is due, the longest due first; `free` says for each channel how many at most.

    Several processes may try: each delivery goes to one of them, and to another only when its lease has run out. A fault
    while one batch is claimed keeps no other from being sent: it is claimed at the next look.
    """
    now = ctx.clock.now()
    if not ctx.db.ask(_ANY):
        return []
    with ctx.db.read() as session:
        chosen = [
            batch
            for channel, limit in free.items()
            if limit > 0
            for batch in (_gathered(session, now, limit) if channel == MAIL else _single(session, channel, now, limit))
        ]
    claimed: list[Batch] = []
    for batch in chosen:
        try:
            claimed.append(_claimed(ctx, batch, now))
        except Exception:
            log.exception("deliveries could not be claimed; it is tried again", channel=batch.channel)
    return [batch for batch in claimed if batch.deliveries]


def _due(channel: str, now: datetime) -> tuple[Any, ...]:
    return (col(Delivery.state) == WAITING, col(Delivery.channel) == channel, col(Delivery.due_at) <= now)


def _single(session: Session, channel: str, now: datetime, limit: int) -> list[Batch]:
    statement = (
        select(Delivery, Event)
        .join(Event, col(Event.id) == col(Delivery.event_id))
        .where(*_due(channel, now))
        .order_by(col(Delivery.due_at), col(Delivery.id))
        .limit(limit)
    )
    if channel in _IN_ORDER:
        earlier = aliased(Delivery)
        first = (
            select(col(earlier.id))
            .where(
                col(earlier.upload_id) == col(Delivery.upload_id),
                col(earlier.channel) == col(Delivery.channel),
                col(earlier.target) == col(Delivery.target),
                col(earlier.event_id) < col(Delivery.event_id),
                col(earlier.state) == WAITING,
            )
            .exists()
        )
        statement = statement.where(~first)
    return [Batch(channel, row.target, [row], [event]) for row, event in session.exec(statement)]


def _gathered(session: Session, now: datetime, limit: int) -> list[Batch]:
    """One batch for each address that something is due for, with what is not due yet but was never tried either."""
    due = (
        select(Delivery.target)
        .where(*_due(MAIL, now))
        .group_by(col(Delivery.target))
        .order_by(func.min(Delivery.due_at))
        .limit(limit)
    )
    targets = list(session.exec(due))
    if not targets:
        return []
    statement = (
        select(Delivery, Event)
        .join(Event, col(Event.id) == col(Delivery.event_id))
        .where(
            col(Delivery.state) == WAITING,
            col(Delivery.channel) == MAIL,
            col(Delivery.target).in_(targets),
            # One that was tried and is not due is in somebody's hands, or has been put off.
            or_(col(Delivery.due_at) <= now, col(Delivery.attempts) == 0),
        )
        .order_by(col(Delivery.event_id))
    )
    found = list(session.exec(statement))
    return [
        Batch(
            MAIL,
            target,
            [row for row, _ in found if row.target == target],
            [e for row, e in found if row.target == target],
        )
        for target in targets
    ]


def _claimed(ctx: Context, batch: Batch, now: datetime) -> Batch:
    """Of a batch what nobody else has claimed meanwhile."""
    until = now + timedelta(seconds=LEASES[batch.channel])
    with ctx.db.write() as session:
        won = lease.take(session, batch.deliveries, until, col(Delivery.state) == WAITING, error=None)
    events = {row.id: event for row, event in zip(batch.deliveries, batch.events, strict=True)}
    return Batch(batch.channel, batch.target, won, [events[row.id] for row in won])


def send(ctx: Context, batch: Batch) -> None:
    """Send what was claimed, and write down what became of it."""
    try:
        _send(ctx, batch)
    except TryAgain as fault:
        _put_off(ctx, batch, str(fault), fault.after)
    except TargetGone as fault:
        # Browsers come and go. Like what nobody wants any longer it is done with: there is nothing to send again.
        _close(ctx, batch.deliveries, SENT, str(fault))
    except DeliveryFault as fault:
        _close(ctx, batch.deliveries, DEAD, str(fault))
    except Exception as error:
        log.exception("a delivery failed in a way that nobody foresaw", channel=batch.channel)
        _put_off(ctx, batch, f"{type(error).__name__}: {error}", None)
    else:
        _close(ctx, batch.deliveries, SENT, None)


def _send(ctx: Context, batch: Batch) -> None:
    event = batch.events[0]
    if batch.channel == MAIL:
        mail.send(ctx, batch.events, batch.target)
    elif batch.channel == PUSH:
        push.send(ctx, event, batch.target)
    elif batch.channel == HOOK:
        tell_app.send(ctx, event, batch.target)
    else:
        publisher = ctx.webhook if batch.channel == WEBHOOK else ctx.queue
        if publisher is None:
            raise Undeliverable(f"there is no {batch.channel}")
        publisher.send(Message(str(event.id), event.kind, event.upload_id, event.body))


def wait_before(attempts: int, after: float | None, chance: float) -> timedelta:
    """How long to wait after so many tries: the plan's wait, spread by a fifth to both sides (`chance` is 0 to 1).

    `after`: seconds that the receiver asked for; it is not asked before that.
    """
    planned = WAITS[min(attempts, len(WAITS)) - 1] * (0.8 + 0.4 * chance)
    return timedelta(seconds=max(planned, min(after or 0, _LONGEST)))


def _put_off(ctx: Context, batch: Batch, reason: str, after: float | None) -> None:
    last = [row for row in batch.deliveries if row.attempts > len(WAITS)]
    if last:
        _close(ctx, last, DEAD, reason)
    again = [row for row in batch.deliveries if row.attempts <= len(WAITS)]
    if not again:
        return
    # All of them together, so that what was to be one mail stays one.
    wait = wait_before(max(row.attempts for row in again), after, random.random())
    due = ctx.clock.now() + wait
    # Why stands in the row: a receiver's words may repeat what it was sent, and nobody deletes that from a log.
    numbers = [row.id for row in again]
    log.warning("not delivered yet", channel=batch.channel, deliveries=numbers, again_in=round(wait.total_seconds()))
    with ctx.db.write() as session:
        for row in again:
            # Not when the lease ran out and somebody else has it now.
            mine = lease.write(session, [row], col(Delivery.state) == WAITING, due_at=due, error=reason)
            if mine and row.channel in _IN_ORDER:
                # What has to wait for it is not looked at in vain.
                session.exec(_followers(row).where(col(Delivery.due_at) < due).values(due_at=due))


def _close(ctx: Context, deliveries: Sequence[Delivery], state: str, reason: str | None) -> None:
    now = ctx.clock.now()
    with ctx.db.write() as session:
        for row in deliveries:
            mine = col(Delivery.id) == row.id, col(Delivery.state) == WAITING
            if state == DEAD:
                mine = (*mine, col(Delivery.attempts) == row.attempts)
            values = {"state": state, "error": reason, "sent_at": now if reason is None else None}
            if _count(session, update(Delivery).where(*mine).values(**values)) and row.channel in _IN_ORDER:
                session.exec(_followers(row).where(col(Delivery.due_at) > now).values(due_at=now))
    for row in deliveries:
        said: dict[str, Any] = {"channel": row.channel, "delivery": row.id, "event_id": row.event_id}
        said["attempts"] = row.attempts
        if state == DEAD:
            log.error("never delivered", **said)
        elif reason is not None:
            log.info("its receiver is no more", **said)
        else:
            log.info("delivered", **said)


def _followers(row: Delivery) -> Any:
    """Those that wait for this one and were never tried themselves."""
    return update(Delivery).where(
        col(Delivery.upload_id) == row.upload_id,
        col(Delivery.channel) == row.channel,
        col(Delivery.target) == row.target,
        col(Delivery.event_id) > row.event_id,
        col(Delivery.state) == WAITING,
        col(Delivery.attempts) == 0,
    )


def _count(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", session.exec(statement)).rowcount
