"""How it is known that an engine lives: its stream has begun, is still there, or has ended, and its holds say so."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import col, update

from smartupload.models import Hold
from smartupload.service.context import Context
from smartupload.service.holds.holding import pieces

Name = tuple[str, str]
"""Owner and stream."""

_AT_ONCE = 300


def lives(ctx: Context, streams: Collection[Name]) -> None:
    """These streams have begun, or are still there."""
    for some in pieces(streams, _AT_ONCE):
        named = sa.tuple_(col(Hold.owner), col(Hold.stream)).in_(some)
        seen = update(Hold).where(named, col(Hold.let_go_at).is_(None))
        with ctx.db.write() as session:
            session.exec(seen.values(seen_at=ctx.clock.now(), gone_at=None))


def ended(ctx: Context, owner: str, stream: str) -> None:
    """This one has ended."""
    gone = update(Hold).where(col(Hold.owner) == owner, col(Hold.stream) == stream, col(Hold.gone_at).is_(None))
    with ctx.db.write() as session:
        session.exec(gone.values(gone_at=ctx.clock.now()))
