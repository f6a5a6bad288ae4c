"""Who is told of an event, and on which way: programs of everything, people of what ends or stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from smartupload import models
from smartupload.models import Contact, PushSubscription, Upload, Watch
from smartupload.service.context import Context

READY, BLOCKED, FAILED, EXPIRED = "upload.ready", "upload.blocked", "upload.failed", "upload.expired"
REMINDER = "upload.reminder"
"""No event for programs: only people need to be reminded."""

TOLD = (READY, BLOCKED, FAILED, EXPIRED, REMINDER)
"""What people are told; the rest is for programs."""

TRUE_WHILE = {
    READY: (models.READY,),
    BLOCKED: (models.BLOCKED,),
    FAILED: (models.FAILED,),
    EXPIRED: (models.EXPIRED,),
    REMINDER: models.SENDING,
}
"""In which states of the upload there is still a point in telling a person what happened."""

WEBHOOK, QUEUE, PUSH, MAIL = "webhook", "queue", "push", "mail"
CHANNELS = (WEBHOOK, QUEUE, PUSH, MAIL)
ADMIN = "admin:"
"""Before an address in the target of a mail to an administrator."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """One way to somebody: a channel, and whom on it (see models.Delivery)."""

    channel: str
    target: str
    due_at: datetime


def is_true(kind: str, row: Upload | None) -> bool:
    """Whether what this event said of the upload still is so."""
    return row is not None and row.state in TRUE_WHILE.get(kind, ())


def of(ctx: Context, session: Session, row: Upload, kind: str) -> list[Receiver]:
    """Everybody who is to be told of this event."""
    now = ctx.clock.now()
    found: list[Receiver] = []
    if kind != REMINDER:
        if ctx.webhook is not None:
            found.append(Receiver(WEBHOOK, "", now))
        if ctx.queue is not None:
            found.append(Receiver(QUEUE, "", now))
    if kind not in TOLD:
        return found
    people = _people(ctx, session, row, kind)
    found += _ways(ctx, session, people, reminder=kind == REMINDER)
    if kind == BLOCKED and ctx.mailer is not None:
        found += [Receiver(MAIL, ADMIN + address, now) for address in ctx.settings.admin_emails]
    return found


def _people(ctx: Context, session: Session, row: Upload, kind: str) -> list[str]:
    """Owner ids. Its owner is told of a ready file only when it took so long that nobody sat and watched."""
    people: list[str] = []
    took = ctx.clock.now() - row.created_at
    if kind != READY or took >= timedelta(seconds=ctx.settings.wait_threshold_seconds):
        people.append(row.owner)
    if kind != REMINDER:
        people += session.exec(select(Watch.owner).where(Watch.upload_id == row.id))
    return list(dict.fromkeys(people))


def _ways(ctx: Context, session: Session, people: list[str], reminder: bool) -> list[Receiver]:
    """Each person's ways. One push or mail is enough for a reminder."""
    if not people:
        return []
    now = ctx.clock.now()
    contacts = {
        contact.owner: contact for contact in session.exec(select(Contact).where(col(Contact.owner).in_(people)))
    }
    subscriptions = list(session.exec(select(PushSubscription).where(col(PushSubscription.owner).in_(people))))
    found: list[Receiver] = []
    for person in people:
        contact = contacts.get(person)
        pushes = [item for item in subscriptions if item.owner == person] if contact is None or contact.pushes else []
        if ctx.pusher is not None:
            found += [Receiver(PUSH, item.id, now) for item in pushes]
        mailed = contact is not None and contact.mails and (contact.email or contact.asked)
        if ctx.mailer is not None and mailed and not (reminder and pushes):
            found.append(Receiver(MAIL, person, now + timedelta(seconds=ctx.settings.mail_gather_seconds)))
    return found
