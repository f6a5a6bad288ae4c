"""Which processes finish uploads just now: each says every few seconds that it lives, so that others can tell whether anybody does."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from smartupload.models import Worker
from smartupload.service.context import Context

SILENT = timedelta(seconds=30)
"""Whoever has said nothing for so long is taken for dead."""
_KEPT = timedelta(days=1)


def beat(ctx: Context, name: str) -> None:
    """This one lives."""
    now = ctx.clock.now()
    with ctx.db.write() as session:
        session.merge(Worker(name=name, seen_at=now))
        session.exec(delete(Worker).where(col(Worker.seen_at) < now - _KEPT))


def left(ctx: Context, name: str) -> None:
    """This one works no longer."""
    with ctx.db.write() as session:
        session.exec(delete(Worker).where(col(Worker.name) == name))


def anybody(ctx: Context) -> bool:
    """Whether somebody has said lately that it lives."""
    with ctx.db.read() as session:
        heard = select(Worker.name).where(col(Worker.seen_at) > ctx.clock.now() - SILENT).limit(1)
        return session.exec(heard).first() is not None
