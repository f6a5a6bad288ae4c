"""Which mail a person gets about what has happened: one for everything that ended within a minute."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from sqlmodel import col, select

from smartupload import words
from smartupload.errors import TryAgain, Undeliverable
from smartupload.models import PAUSED, Contact, Event, Upload
from smartupload.service.context import Context
from smartupload.service.links import watchers
from smartupload.service.notify import contact_links, mail_texts
from smartupload.service.notify.mail_texts import Item
from smartupload.service.presentation.views import percent_here, reason_text
from smartupload.service.records import expiry, recipients
from smartupload.words import ENGLISH

_UNCONFIRMED = 6 * 3600
"""Seconds; the confirmation itself makes what waits for it due at once (service.contact)."""


def send(ctx: Context, events: Sequence[Event], target: str) -> None:
    """Mail these events, oldest first, as one mail. `target`: an owner, or recipients.ADMIN and an address.

    Nothing is sent, and nothing is wrong, when there is nothing left to tell or nobody who wants to know. Raises
    DeliveryFault; TryAgain also while the address waits for its confirmation.
    """
    if ctx.mailer is None:
        raise Undeliverable("mails are not set up")
    rows = _uploads(ctx, events)
    # Of what happened to an upload only the latest matters to a person.
    latest = {event.upload_id: event for event in events if recipients.is_true(event.kind, rows.get(event.upload_id))}
    told = [
        event
        for event in events
        if latest.get(event.upload_id) is event and _may_know(ctx, event, rows[event.upload_id], target)
    ]
    if not told:
        return
    contact = None if target.startswith(recipients.ADMIN) else _contact(ctx, target)
    if contact is None and not target.startswith(recipients.ADMIN):
        return
    with words.speaking(contact.language if contact is not None else ENGLISH):
        address, said, headers = _worded(ctx, told, rows, target, contact)
    headers = {**headers, "Message-ID": _message_id(ctx, told, address)}
    ctx.mailer.send(mail_texts.mail_to(address, said, headers))


def _worded(
    ctx: Context, told: Sequence[Event], rows: Mapping[str, Upload], target: str, contact: Contact | None
) -> tuple[str, mail_texts.Words, dict[str, str]]:
    """Where to, what, and with which headers, in the language at hand; without a contact to an administrator."""
    items = [(_item(ctx, event, rows[event.upload_id], target), event.upload_id) for event in told]
    if contact is None:
        return target.removeprefix(recipients.ADMIN), mail_texts.blocked_notice(items, ctx.settings.site_url), {}
    manage = contact_links.manage_link(ctx, contact)
    said = mail_texts.announcement([item for item, _ in items], ctx.settings.site_url, manage)
    return contact.email, said, _stop_headers(ctx, contact)


def _uploads(ctx: Context, events: Sequence[Event]) -> dict[str, Upload]:
    ids = {event.upload_id for event in events}
    with ctx.db.read() as session:
        return {row.id: row for row in session.exec(select(Upload).where(col(Upload.id).in_(ids)))}


def _may_know(ctx: Context, event: Event, row: Upload, target: str) -> bool:
    """An administrator, its owner, or somebody who still waits for it and has a link that still leads to it."""
    return (
        target.startswith(recipients.ADMIN) or target in (event.owner, row.owner) or watchers.is_told(ctx, target, row)
    )


def _contact(ctx: Context, owner: str) -> Contact | None:
    """Somebody who takes mails, None when they do not or no longer. Raises TryAgain before they have confirmed."""
    with ctx.db.read() as session:
        contact = session.get(Contact, owner)
    if contact is None or not contact.mails:
        return None
    if contact.email:
        return contact
    if contact_links.is_asked(ctx, contact):
        raise TryAgain("the address is not confirmed yet", _UNCONFIRMED)
    return None


def _item(ctx: Context, event: Event, row: Upload, target: str) -> Item:
    # A file whose cookie was lost has another owner now; it is still theirs.
    mine = target in (event.owner, row.owner)
    again = mine and event.kind in (recipients.FAILED, recipients.EXPIRED, recipients.REMINDER)
    return Item(
        kind=event.kind,
        name=row.name,
        size=row.size,
        url=f"{ctx.settings.site_url}/" + ("" if again else f"f/{row.share_token}"),
        mine=mine,
        reason=reason_text(row),
        percent=percent_here(row),
        kept_until=expiry.kept_until(ctx, row),
        paused=row.state == PAUSED,
        scanned=row.scan != "off",
    )


def _stop_headers(ctx: Context, contact: Contact) -> dict[str, str]:
    """What lets a mail program stop the mails with one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{contact_links.stop_link(ctx, contact)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _message_id(ctx: Context, events: Sequence[Event], address: str) -> str:
    """The same for the same mail, so that one sent twice after a crash is shown once where programs look at it."""
    digest = hashlib.sha256("\n".join([address, *(str(event.id) for event in events)]).encode()).hexdigest()[:32]
    host = urlsplit(ctx.settings.site_url).hostname or ""
    return f"<{digest}@{host if re.fullmatch(r'[a-z0-9.-]+', host) else 'smartupload'}>"
