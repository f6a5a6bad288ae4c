"""Who takes a file by a limited link: a visitor counts once, however often they ask within a day.

Browsers and download managers ask several times for one file: for ranges, after a break, from several connections. Each time
they get an address of the store, and only the first time counts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from smartupload.models import Download, GroupDownload, GroupLink, Upload
from smartupload.service.context import Context

WINDOW = timedelta(days=1)
"""For so long after the first time."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """What somebody is known as: by what they bring, and by what they will bring the next time.

    `known_as`: any of these may have been here before. `names`: what is written down, which no request but theirs has.
    """

    known_as: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


NOBODY = Visitor()
"""Of whom nothing is known: they count each time."""


def place_name(token: str, address: str, agent: str) -> str:
    """What a program without a cookie is known as, at this link alone; says neither its address nor its name."""
    return "place-" + hashlib.sha256(f"{token}\n{address}\n{agent}".encode(errors="replace")).hexdigest()[:32]


def has_taken(ctx: Context, session: Session, of: Upload | GroupLink, visitor: Visitor) -> bool:
    """Whether they took this file, or files of this group, lately, by the link that it has now."""
    if not visitor.known_as:
        return False
    since = ctx.clock.now() - WINDOW
    table = GroupDownload if isinstance(of, GroupLink) else Download
    its = col(GroupDownload.group_id) if isinstance(of, GroupLink) else col(Download.upload_id)
    statement = select(table.owner).where(
        its == of.id, col(table.owner).in_(visitor.known_as), col(table.taken_at) > since
    )
    return session.exec(statement).first() is not None


def note(ctx: Context, session: Session, of: Upload | GroupLink, visitor: Visitor) -> None:
    """They take it now."""
    now = ctx.clock.now()
    for name in visitor.names:
        if isinstance(of, GroupLink):
            session.merge(GroupDownload(group_id=of.id, owner=name, taken_at=now))
        else:
            session.merge(Download(upload_id=of.id, owner=name, taken_at=now))


def prune(ctx: Context) -> None:
    """Forget who it was once it does not matter any more."""
    with ctx.db.write() as session:
        for table in (Download, GroupDownload):
            session.exec(delete(table).where(col(table.taken_at) <= ctx.clock.now() - WINDOW))
