"""What is kept of an owner, table by table, as documents: only what is theirs, and no secret of the server's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select, text

from smartupload.models import (
    CANCELLED,
    WAS_SENT,
    ApiToken,
    Asked,
    Audit,
    Contact,
    Delivery,
    Download,
    DropLink,
    Event,
    GroupDownload,
    GroupLink,
    Hold,
    LoginSession,
    Part,
    PushSubscription,
    Tag,
    Upload,
    Watch,
)
from smartupload.service.audit import read
from smartupload.service.context import Context
from smartupload.service.presentation import views

PIECE = 500
"""Rows of one question to the database."""

Document = dict[str, Any]


def uploads_of(ctx: Context, owner: str) -> Iterator[Upload]:
    """All rows, in pieces; also of what was deleted, of which there is little."""
    last = ""
    while True:
        statement = (
            select(Upload).where(Upload.owner == owner, col(Upload.id) > last).order_by(col(Upload.id)).limit(PIECE)
        )
        with ctx.db.read() as session:
            found = list(session.exec(statement))
        yield from found
        if len(found) < PIECE:
            return
        last = found[-1].id


def uploads(ctx: Context, owner: str) -> Iterator[Document]:
    """Each upload with its link, its parts' digests and what happened to it."""
    for row in uploads_of(ctx, owner):
        with ctx.db.read() as session:
            yield _upload(ctx, session, row)


def _upload(ctx: Context, session: Session, row: Upload) -> Document:
    said = row.model_dump(mode="json", exclude={"owner", "sender", "key", "multipart_id", "holder", "request_hash"})
    is_there = row.state != CANCELLED
    parts = session.exec(select(Part).where(Part.upload_id == row.id).order_by(col(Part.number)))
    events = session.exec(select(Event).where(Event.upload_id == row.id).order_by(col(Event.id)))
    deliveries = session.exec(select(Delivery).where(Delivery.upload_id == row.id).order_by(col(Delivery.id)))
    tags = session.exec(select(Tag.name).where(Tag.upload_id == row.id).order_by(col(Tag.key)))
    # To whom else something was sent is theirs.
    sent = {"id", "event_id", "channel", "state", "attempts", "created_at", "sent_at"}
    return said | {
        "share_url": views.share_url(ctx, row) if is_there else None,
        "tags": list(tags),
        "parts": [part.model_dump(mode="json", exclude={"upload_id"}) for part in parts],
        "events": [json.loads(event.body) for event in events],
        "deliveries": [one.model_dump(mode="json", include=sent) for one in deliveries],
    }


def notifications(ctx: Context, owner: str) -> Document:
    """Where they are told, and what they wait for."""
    with ctx.db.read() as session:
        contact = session.get(Contact, owner)
        pushes = session.exec(select(PushSubscription).where(PushSubscription.owner == owner))
        asked = session.exec(select(Asked).where(Asked.owner == owner))
        taken = session.exec(select(Download).where(Download.owner == owner))
        groups = session.exec(select(GroupDownload).where(GroupDownload.owner == owner))
        watches = session.exec(select(Watch).where(Watch.owner == owner))
        return {
            # The secret signs the links in mails, which nobody else may make.
            "contact": contact.model_dump(mode="json", exclude={"owner", "secret", "tag"}) if contact else None,
            "push_subscriptions": [one.model_dump(mode="json", exclude={"owner", "auth"}) for one in pushes],
            "confirmations_asked_for": [one.asked_at.isoformat() for one in asked],
            "waits_for": [one.model_dump(mode="json", exclude={"owner"}) for one in watches],
            "took_lately": [one.model_dump(mode="json", exclude={"owner"}) for one in (*taken, *groups)],
        }


def sign_ins(ctx: Context, owner: str) -> list[Document]:
    """Each browser in which they have signed in."""
    with ctx.db.read() as session:
        found = session.exec(select(LoginSession).where(LoginSession.owner == owner))
        return [one.model_dump(mode="json", exclude={"id", "owner", "asked"}) for one in found]


def holds(ctx: Context, owner: str) -> list[Document]:
    """What keeps each of their browsers from sending what was handed over to it."""
    with ctx.db.read() as session:
        return [
            one.model_dump(mode="json", exclude={"owner"})
            for one in session.exec(select(Hold).where(Hold.owner == owner))
        ]


def tokens(ctx: Context, owner: str) -> list[Document]:
    """Each token of their programs; what it is by itself nobody knows here."""
    with ctx.db.read() as session:
        found = session.exec(select(ApiToken).where(ApiToken.owner == owner))
        return [one.model_dump(mode="json", exclude={"hash", "owner"}) for one in found]


def drops(ctx: Context, owner: str) -> Document:
    """Each drop link of theirs, and what they have sent by those of others."""
    said = ("id", "name", "size", "state", "metadata_", "created_at", "completed_at")
    with ctx.db.read() as session:
        found = session.exec(select(DropLink).where(DropLink.owner == owner))
        sent = session.exec(select(Upload).where(Upload.sender == owner, text(WAS_SENT)))
        return {
            "links": [one.model_dump(mode="json", exclude={"owner"}) for one in found],
            "sent": [one.model_dump(mode="json", include=set(said)) for one in sent],
        }


def group_links(ctx: Context, owner: str) -> list[Document]:
    """Each link of theirs for files that were given together."""
    with ctx.db.read() as session:
        found = session.exec(select(GroupLink).where(GroupLink.owner == owner))
        return [
            one.model_dump(mode="json", exclude={"owner"}) | {"share_url": views.group_url(ctx, one)} for one in found
        ]


def audit(ctx: Context, owner: str) -> Iterator[Document]:
    """What was done to their uploads, and by them. Who else it was, and whose else, is not theirs to know."""
    last = 0
    theirs = or_(col(Audit.owner) == owner, col(Audit.who) == owner)
    while True:
        with ctx.db.read() as session:
            statement = select(Audit).where(theirs, col(Audit.id) > last).order_by(col(Audit.id)).limit(PIECE)
            found = list(session.exec(statement))
        for row in found:
            document = read.document(read.entry(row))
            hidden = ("owner", "who") if row.who == owner else ("owner", "who", "address")
            yield {name: value for name, value in document.items() if name not in hidden}
        if len(found) < PIECE:
            return
        last = found[-1].id or 0
