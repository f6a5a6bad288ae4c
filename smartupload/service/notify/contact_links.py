"""Links in mails: good in any browser, for one contact and one purpose, and only while its address is the same."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta
from urllib.parse import urlencode

from sqlmodel import Session, select

from smartupload.errors import LinkVoid
from smartupload.models import Contact
from smartupload.service.context import Context

_TAG = re.compile(r"[0-9a-f]{16}")

CONFIRM_WITHIN = timedelta(days=3)
"""How long a confirmation may take."""


def confirm_link(ctx: Context, contact: Contact) -> str:
    """Confirms the address that is asked for."""
    return _link(ctx, "/api/notifications/confirm", contact, _confirm_signature(contact, contact.asked))


def stop_link(ctx: Context, contact: Contact) -> str:
    """Stops the mails when something is posted to it (RFC 8058); opened, it leads to the page that does."""
    return _link(ctx, "/api/notifications/stop", contact, manage_signature(contact))


def manage_link(ctx: Context, contact: Contact) -> str:
    """The page that changes the address or stops the mails."""
    return _link(ctx, "/notifications", contact, manage_signature(contact))


def managed(session: Session, tag: str, signature: str) -> Contact:
    """The contact that a stop or manage link is for. Raises LinkVoid."""
    contact = _find(session, tag)
    if not _is_same(signature, manage_signature(contact)):
        raise LinkVoid
    return contact


def confirmed(ctx: Context, session: Session, tag: str, signature: str) -> Contact:
    """The contact that a confirmation is for, also when it is confirmed already. Raises LinkVoid."""
    contact = _find(session, tag)
    if contact.asked_at is None or ctx.clock.now() - contact.asked_at > CONFIRM_WITHIN:
        raise LinkVoid
    # A mail's link is often opened twice: by whoever checks it, then by the person.
    if not _is_same(signature, _confirm_signature(contact, contact.asked or contact.email)):
        raise LinkVoid
    return contact


def is_asked(ctx: Context, contact: Contact) -> bool:
    """Whether an address waits for its confirmation, and may still be confirmed."""
    return bool(contact.asked and contact.asked_at and ctx.clock.now() - contact.asked_at <= CONFIRM_WITHIN)


def manage_signature(contact: Contact) -> str:
    """Of the links that change or stop, for the address as it is now."""
    return _sign(contact, "manage", contact.email)


def _confirm_signature(contact: Contact, address: str) -> str:
    moment = contact.asked_at.isoformat() if contact.asked_at else ""
    return _sign(contact, "confirm", address, moment)


def _sign(contact: Contact, *what: str) -> str:
    # No address holds a line break, so the lines say exactly one thing.
    return hmac.new(contact.secret.encode(), "\n".join(what).encode(), hashlib.sha256).hexdigest()[:40]


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())


def _find(session: Session, tag: str) -> Contact:
    # Not every database takes every text.
    contact = session.exec(select(Contact).where(Contact.tag == tag)).first() if _TAG.fullmatch(tag) else None
    if contact is None:
        raise LinkVoid
    return contact


def _link(ctx: Context, path: str, contact: Contact, signature: str) -> str:
    return f"{ctx.settings.site_url}{path}?{urlencode({'c': contact.tag, 's': signature})}"
