"""Where and how a person wants to be told; a new mail address counts once its reader has confirmed it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from smartupload import words
from smartupload.errors import BadAddress, MailUnavailable, TooManyMails, TryAgain, Undeliverable
from smartupload.models import WAITING, Asked, Contact, Delivery
from smartupload.service.context import Context
from smartupload.service.notify import address, contact_links, mail_texts, subscriptions
from smartupload.service.records.recipients import MAIL
from smartupload.words import Sentence

ASKS = 5
"""Confirmations WITHIN this time, for one owner and for one address: nobody can have others flooded from here."""
WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ContactView:
    """What a person has set. `asked` waits for its confirmation; `subscriptions`: how many browsers take pushes."""

    email: str
    asked: str
    mails: bool
    pushes: bool
    subscriptions: int


@dataclass(frozen=True, slots=True)
class Key:
    """What opens the settings of one contact without its owner's cookie."""

    tag: str
    signature: str


def load(ctx: Context, owner: str) -> ContactView:
    """The owner's settings; those of nobody are as they begin."""
    with ctx.db.read() as session:
        contact = session.get(Contact, owner)
    return _view(ctx, contact, subscriptions.count(ctx, owner))


def change(
    ctx: Context, owner: str, email: str | None = None, mails: bool | None = None, pushes: bool | None = None
) -> ContactView:
    """Set what is given. An empty `email` removes the address; a new one is confirmed by a mail first.

    Giving an address switches mails on; what is written there is in the language at hand. Raises BadAddress, TooManyMails, MailUnavailable; then the address stays.
    """
    wanted = None if email is None else address.clean(email) if email.strip() else ""
    with ctx.db.write() as session:
        # So that two requests of one owner do not both make the row, nor both pass the limit.
        ctx.db.hold(session, owner)
        contact = session.get(Contact, owner) or Contact(owner=owner, created_at=ctx.clock.now())
        before = contact.asked, contact.asked_at
        asked = None if wanted is None else _set_address(ctx, session, contact, wanted)
        contact.mails = contact.mails if mails is None else mails
        contact.pushes = contact.pushes if pushes is None else pushes
        if wanted:
            contact.language = words.language()
        session.add(contact)
        session.flush()
    if asked is not None:
        _ask(ctx, contact, asked, before)
    return load(ctx, owner)


def asked_of(ctx: Context, tag: str, signature: str) -> str:
    """The address that a mailed link confirms. Changes nothing. Raises LinkVoid."""
    with ctx.db.read() as session:
        contact = contact_links.confirmed(ctx, session, tag, signature)
        return contact.asked or contact.email


def confirm(ctx: Context, tag: str, signature: str) -> Key:
    """Confirm an address by the link that was mailed to it, and send what has waited for that. Raises LinkVoid."""
    with ctx.db.write() as session:
        contact = contact_links.confirmed(ctx, session, tag, signature)
        if contact.asked:
            first = not contact.email
            contact.email, contact.asked = contact.asked, ""
            session.add(contact)
            if first:
                _wake(ctx, session, contact.owner)
        return Key(contact.tag, contact_links.manage_signature(contact))


def stop(ctx: Context, tag: str, signature: str) -> None:
    """No more mails, by the link in one of them. Raises LinkVoid."""
    with ctx.db.write() as session:
        contact = contact_links.managed(session, tag, signature)
        contact.mails = False
        session.add(contact)


def owner_behind(ctx: Context, tag: str, signature: str) -> str:
    """Whose settings the link in a mail changes. Raises LinkVoid."""
    with ctx.db.read() as session:
        return contact_links.managed(session, tag, signature).owner


def _view(ctx: Context, contact: Contact | None, subscriptions: int) -> ContactView:
    if contact is None:
        return ContactView("", "", mails=True, pushes=True, subscriptions=subscriptions)
    asked = contact.asked if contact_links.is_asked(ctx, contact) else ""
    return ContactView(contact.email, asked, contact.mails, contact.pushes, subscriptions)


def _set_address(ctx: Context, session: Session, contact: Contact, wanted: str) -> Asked | None:
    """What is to be asked by mail, if anything is."""
    if not wanted:
        # The links in all mails so far are void, whoever has them.
        contact.email, contact.asked, contact.secret = "", "", secrets.token_hex(32)
        return None
    contact.mails = True
    if wanted == contact.email:
        contact.asked = ""
        return None
    now = ctx.clock.now()
    contact.asked, contact.asked_at = wanted, now
    hashed = hashlib.sha256(address.canonical(wanted).encode()).hexdigest()
    # So that not several owners pass the limit of one address at the same moment; always after the owner.
    ctx.db.hold(session, hashed)
    session.exec(delete(Asked).where(col(Asked.asked_at) < now - WITHIN))
    for same in (col(Asked.owner) == contact.owner, col(Asked.address) == hashed):
        if session.exec(select(func.count()).select_from(Asked).where(same)).one() >= ASKS:
            raise TooManyMails
    asked = Asked(owner=contact.owner, address=hashed, asked_at=now)
    session.add(asked)
    return asked


def _ask(ctx: Context, contact: Contact, asked: Asked, before: tuple[str, datetime | None]) -> None:
    link = contact_links.confirm_link(ctx, contact)
    days = contact_links.CONFIRM_WITHIN.days
    said = mail_texts.confirmation(contact.asked, link, ctx.settings.site_url, days)
    try:
        if ctx.mailer is None:
            raise TryAgain("mails are not set up")
        ctx.mailer.send(mail_texts.mail_to(contact.asked, said))
    except TryAgain as fault:
        _take_back(ctx, contact, before, asked)
        raise MailUnavailable from fault
    except Undeliverable as fault:
        _take_back(ctx, contact, before)
        raise BadAddress(Sentence("problem-bad_address-refused", address=contact.asked)) from fault


def _take_back(ctx: Context, contact: Contact, before: tuple[str, datetime | None], asked: Asked | None = None) -> None:
    """As it was before, unless somebody has changed it meanwhile; a mail that was never sent does not count."""
    mine = (col(Contact.owner) == contact.owner, col(Contact.asked_at) == contact.asked_at)
    with ctx.db.write() as session:
        session.exec(update(Contact).where(*mine).values(asked=before[0], asked_at=before[1]))
        if asked is not None:
            session.exec(delete(Asked).where(col(Asked.id) == asked.id))


def _wake(ctx: Context, session: Session, owner: str) -> None:
    """What was put off until there is an address is due now."""
    now = ctx.clock.now()
    waiting = (
        col(Delivery.channel) == MAIL,
        col(Delivery.target) == owner,
        col(Delivery.state) == WAITING,
        col(Delivery.error).is_not(None),  # else somebody is just sending it
        col(Delivery.due_at) > now,
    )
    session.exec(update(Delivery).where(*waiting).values(due_at=now))
