"""A service that mails into memory, people who give their address, and what is on its way to them."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from sqlmodel import select

from smartupload.adapters.memory import ManualClock, MemoryMailer
from smartupload.models import Contact, Delivery, Event, Upload
from smartupload.ports import Mail
from smartupload.service.context import Context
from smartupload.service.notify import contact
from smartupload.service.records.recipients import MAIL
from tests.inline import with_inline

DAY = 86400
ADDRESS = "anna@example.org"


def with_mailer(context: Context) -> Context:
    """The context with a mailer in memory."""
    return with_inline(replace(context, mailer=MemoryMailer()))


def mailer(ctx: Context) -> MemoryMailer:
    """The one of the context."""
    assert isinstance(ctx.mailer, MemoryMailer)
    return ctx.mailer


def clock(ctx: Context) -> ManualClock:
    """The one of the context."""
    assert isinstance(ctx.clock, ManualClock)
    return ctx.clock


def link_in(mail: Mail, path: str) -> dict[str, str]:
    """The query of the link to this path in a mail's text."""
    (link,) = re.findall(rf"https?://\S+{re.escape(path)}\?\S+", mail.text)
    return dict(parse_qsl(urlsplit(link).query))


def confirms(ctx: Context, mail: Mail) -> contact.Key:
    """Click what a confirmation says."""
    link = link_in(mail, "/api/notifications/confirm")
    return contact.confirm(ctx, link["c"], link["s"])


def gives_address(ctx: Context, owner: str = "anna", address: str = ADDRESS) -> contact.Key:
    """Give an address and confirm it."""
    contact.change(ctx, owner, address)
    return confirms(ctx, mailer(ctx).mails.pop())


def row_of(ctx: Context, upload_id: str) -> Upload:
    """The upload as it is now."""
    with ctx.db.read() as session:
        row = session.get(Upload, upload_id)
    assert row is not None
    return row


def contact_of(ctx: Context, owner: str = "anna") -> Contact:
    """What is kept of somebody."""
    with ctx.db.read() as session:
        found = session.get(Contact, owner)
    assert found is not None
    return found


def told(ctx: Context, kind: str = "") -> list[tuple[Delivery, Event]]:
    """The mails on their way, oldest first."""
    statement = select(Delivery, Event).where(Delivery.event_id == Event.id, Delivery.channel == MAIL)
    with ctx.db.read() as session:
        found = list(session.exec(statement.order_by(Event.id, Delivery.target)))  # pyright: ignore[reportArgumentType]
    return [pair for pair in found if kind in ("", pair[1].kind)]
