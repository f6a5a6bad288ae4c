"""When a person is reminded of an upload that stands still: after a day, and again two days before it is given up."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlalchemy import and_, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from smartupload.models import SENDING, UPLOADING, Contact, PushSubscription, Upload
from smartupload.service.context import Context
from smartupload.service.records import events, expiry, recipients

log = structlog.get_logger("smartupload.service")

QUIET = timedelta(days=1)
"""How long an upload stands still before its sender is reminded."""
BEFORE = timedelta(days=2)
"""How long before it expires they are reminded again; of a paused one only then, since it stands still on purpose."""
ACTIVE = timedelta(hours=1)
"""Whoever did anything here within this time sees their cards."""


def remind(ctx: Context, limit: int = 100) -> int:
    """Remind of up to `limit` uploads; how many they were. Several processes may do so at once: each reminds once.

    Only people with a way to be told are reminded, and a reminder is no sign of life: it does not put off the end.
    """
    now = ctx.clock.now()
    other = aliased(Upload)
    is_active = select(other.id).where(col(other.owner) == col(Upload.owner), col(other.updated_at) > now - ACTIVE)
    mailed = select(Contact.owner).where(col(Contact.mails), or_(col(Contact.email) != "", col(Contact.asked) != ""))
    never = col(Upload.reminded_at).is_(None)
    statement = (
        select(Upload)
        .where(
            col(Upload.state).in_(SENDING),
            col(Upload.moved_at) <= now - QUIET,
            # Its owner cannot go on with what somebody else sends.
            col(Upload.sender) == "",
            or_(
                and_(col(Upload.state) == UPLOADING, or_(never, col(Upload.reminded_at) < col(Upload.moved_at))),
                col(Upload.expires_at) <= now + BEFORE,
            ),
            or_(col(Upload.owner).in_(mailed), col(Upload.owner).in_(select(PushSubscription.owner))),
            ~is_active.exists(),
        )
        .order_by(col(Upload.expires_at))
    )
    with ctx.db.read() as session:
        still = [row for row in session.exec(statement) if _is_due(ctx, row)]
    reminded = 0
    for row in still:
        reminded += _remind(ctx, row)
        if reminded >= limit:
            break
    return reminded


def _is_due(ctx: Context, row: Upload) -> bool:
    """Once since it last moved, unless somebody paused it; and once in its last two days."""
    last = row.reminded_at
    if row.state == UPLOADING and (last is None or last < row.moved_at):
        return True
    ends = expiry.kept_until(ctx, row) - BEFORE
    return ends <= ctx.clock.now() and (last is None or last < ends)


def _remind(ctx: Context, row: Upload) -> bool:
    with ctx.db.write() as session:
        if not recipients.of(ctx, session, row, recipients.REMINDER):
            return False
        reminded = _claimed(ctx, session, row)
        if reminded is None:
            return False
        events.record(ctx, session, reminded, recipients.REMINDER)
    log.info("reminded", upload=row.id, confirmed_bytes=row.confirmed_bytes, size=row.size)
    return True


def _claimed(ctx: Context, session: Session, row: Upload) -> Upload | None:
    """The row, if it has neither moved nor been reminded of since it was seen."""
    seen = col(Upload.reminded_at)
    statement = (
        update(Upload)
        .where(
            col(Upload.id) == row.id,
            col(Upload.state) == row.state,
            col(Upload.moved_at) == row.moved_at,
            seen.is_(None) if row.reminded_at is None else seen == row.reminded_at,
        )
        .values(reminded_at=ctx.clock.now())
        .returning(Upload)
        .execution_options(synchronize_session=False)
    )
    return session.exec(statement).scalar_one_or_none()
