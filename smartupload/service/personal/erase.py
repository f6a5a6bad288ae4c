"""All of an owner is deleted: their uploads as if each was deleted, and then who they were."""

from __future__ import annotations

import secrets
from typing import Any

from sqlmodel import Session, col, delete, select, text, update

from smartupload.models import (
    CANCELLED,
    OPEN,
    SCANNING,
    WAITING,
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
    PushSubscription,
    Upload,
    Usage,
    Watch,
)
from smartupload.service import batches
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.housekeeping import remove
from smartupload.service.records import events, rows, states
from smartupload.service.records.moving import Wish
from smartupload.service.records.recipients import MAIL

THEIRS: tuple[Any, ...] = (
    *(ApiToken, Contact, Download, DropLink, GroupDownload, GroupLink),
    *(Hold, LoginSession, PushSubscription, Watch),
)
"""Tables whose rows are of one owner, and go with them."""
AT_ONCE = 200
"""Uploads of one transaction, and those whose bytes go before it is answered. The sweep removes the bytes of the others."""


def erase(ctx: Context, owner: str) -> int:
    """Delete all that is kept of an owner; how many uploads that were.

    What stays is what a deletion leaves (records/forgetting.py) and the audit log, both under a name that was made up for it,
    until they go by their own time. Whoever uploads afterwards begins anew. Asks the store only at the end, and succeeds
    when it is away: what is left there is removed later.
    """
    if not owner:
        return 0
    ended: list[Upload] = []
    erased = 0
    while True:
        while found := _left(ctx, owner):
            changed = rows.move_all(ctx, states.CANCEL, [Wish(row) for row in found], drop_parts=True)
            gone = [row for row in changed if row is not None]
            erased += len(gone)
            ended += gone[: max(0, AT_ONCE - len(ended))]
        with ctx.db.write() as session:
            # From here on nothing is begun by them, or by their links.
            ctx.db.hold(session, owner)
            if _left(ctx, owner):
                continue
            entries.note(ctx, entries.ERASED, {"uploads": erased}, owner=owner, session=session)
            _forget_who(session, owner, f"erased-{secrets.token_hex(12)}")
            ctx.db.scrub_later()
            break
    ctx.live.changed(owner)
    batches.at_once(ended, lambda row: remove.remove(ctx, row))
    ctx.db.scrub()
    return erased


def _left(ctx: Context, owner: str) -> list[Upload]:
    return [*_there(ctx, owner), *_on_their_way(ctx, owner)]


def _there(ctx: Context, owner: str) -> list[Upload]:
    statement = select(Upload).where(Upload.owner == owner, Upload.state != CANCELLED).limit(AT_ONCE)
    with ctx.db.read() as session:
        return list(session.exec(statement))


def _on_their_way(ctx: Context, sender: str) -> list[Upload]:
    """What they were sending by drop links. What has arrived is theirs who asked for it."""
    sent = select(Upload).where(Upload.sender == sender, text(WAS_SENT), Upload.owner != sender)
    with ctx.db.read() as session:
        return list(session.exec(sent.where(col(Upload.state).in_((*OPEN, SCANNING))).limit(AT_ONCE)))


def _forget_who(session: Session, owner: str, instead: str) -> None:
    """Whoever is told of anything is told no more; what stays names somebody who was never there."""
    mails = (col(Delivery.channel) == MAIL, col(Delivery.target) == owner)
    session.exec(delete(Delivery).where(*mails, col(Delivery.state) == WAITING))
    session.exec(update(Delivery).where(*mails).values(target=instead))
    for table in (*THEIRS, Usage):
        session.exec(delete(table).where(col(table.owner) == owner))
    events.rewrite(session, col(Event.owner) == owner, lambda upload: upload.update(owner=instead))
    sent = (col(Upload.sender) == owner, text(WAS_SENT))
    ids = list(session.exec(select(Upload.id).where(*sent)))
    said: dict[str, Any] = {"metadata": {}, "uploader": ""}
    for at in range(0, len(ids), AT_ONCE):
        events.rewrite(session, col(Event.upload_id).in_(ids[at : at + AT_ONCE]), lambda upload: upload.update(said))
    session.exec(update(Upload).where(*sent).values(sender=instead, metadata_={}, uploader="", group_key="", folder=""))
    # How many mails were asked for stays counted: else erasing would be a way around that limit.
    for table in (Upload, Event, Asked):
        session.exec(update(table).where(col(table.owner) == owner).values(owner=instead))
    for column in (Audit.owner, Audit.who):
        session.exec(update(Audit).where(col(column) == owner).values({column: instead}))
