"""Who is told of an event, and on which way: programs of everything, people of what ends or stands still."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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

WEBHOOK, QUEUE, PUSH, MAIL, HOOK = "webhook", "queue", "push", "mail", "hook"
CHANNELS = (WEBHOOK, QUEUE, PUSH, MAIL, HOOK)
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
    (found,) = of_all(ctx, session, [row], kind)
    return found


def of_all(ctx: Context, session: Session, rows: Sequence[Upload], kind: str) -> list[list[Receiver]]:
    """The same for each of these uploads, to which the same has happened."""
    now = ctx.clock.now()
    programs: list[Receiver] = []
    if kind != REMINDER:
        if ctx.webhook is not None:
            programs.append(Receiver(WEBHOOK, "", now))
        if ctx.queue is not None:
            programs.append(Receiver(QUEUE, "", now))
    if kind == READY and ctx.hooks is not None:
        programs += [Receiver(HOOK, listener, now) for listener in ctx.hooks.listeners]
    if kind not in TOLD:
        return [programs for _ in rows]
    admins: list[Receiver] = []
    if kind == BLOCKED and ctx.mailer is not None:
        admins = [Receiver(MAIL, ADMIN + address, now) for address in ctx.settings.admin_emails]
    people = _people(ctx, session, rows, kind)
    ways = _ways(ctx, session, {person for those in people for person in those}, reminder=kind == REMINDER)
    return [[*programs, *(way for person in those for way in ways[person]), *admins] for those in people]


def _people(ctx: Context, session: Session, rows: Sequence[Upload], kind: str) -> list[list[str]]:
    """Owner ids. Its owner is told of a ready file only when it took so long that nobody sat and watched."""
    now, patience = ctx.clock.now(), timedelta(seconds=ctx.settings.wait_threshold_seconds)
    watchers: dict[str, list[str]] = {row.id: [] for row in rows}
    if kind != REMINDER:
        for watch in session.exec(select(Watch).where(col(Watch.upload_id).in_(list(watchers)))):
            watchers[watch.upload_id].append(watch.owner)
    found: list[list[str]] = []
    for row in rows:
        owner = [row.owner] if kind != READY or now - row.created_at >= patience else []
        found.append(list(dict.fromkeys([*owner, *watchers[row.id]])))
    return found


def _ways(ctx: Context, session: Session, people: Collection[str], reminder: bool) -> dict[str, list[Receiver]]:
    """Each person's ways. One push or mail is enough for a reminder."""
    if not people:
        return {}
    now = ctx.clock.now()
    contacts = {
        contact.owner: contact for contact in session.exec(select(Contact).where(col(Contact.owner).in_(people)))
    }
    subscriptions = list(session.exec(select(PushSubscription).where(col(PushSubscription.owner).in_(people))))
    found: dict[str, list[Receiver]] = {}
    for person in people:
        contact = contacts.get(person)
        pushes = [item for item in subscriptions if item.owner == person] if contact is None or contact.pushes else []
        ways = [Receiver(PUSH, item.id, now) for item in pushes] if ctx.pusher is not None else []
        mailed = contact is not None and contact.mails and (contact.email or contact.asked)
        if ctx.mailer is not None and mailed and not (reminder and pushes):
            ways.append(Receiver(MAIL, person, now + timedelta(seconds=ctx.settings.mail_gather_seconds)))
        found[person] = ways
    return found
