"""Which uploads wait to be finished, who works on each, and until when: the row itself is the queue, and nothing else has to agree with it.

A row gets its `due_at` in the transaction that makes it `scanning`, and loses it when all is done, the clearing up included.
Leases only save work. What keeps things right is that every step may be done again, and that nothing is written under
a lease that somebody else has taken. So clocks need not agree: one that goes ahead takes what others still hold, and is
then left with it; one that was wrong makes a file late by its error at most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import combinations

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import col, select

from smartupload.models import SCANNING, Upload
from smartupload.service.context import Context
from smartupload.service.records import lease
from smartupload.service.records.unindexed import unindexed

Taken = Upload
"""One that was taken, as it was read then."""

LEASE = timedelta(seconds=15)
"""How long one who took an upload has it without a further word."""
NAMED = 20
"""Uploads of which it is said that they wait for somebody else's hook."""
FARTHEST = timedelta(minutes=20)
"""Nothing is put off for so long: what nobody holds and is due even later was dated by a clock that was wrong, and is due now."""

_ANY = sa.select(sa.literal(1)).select_from(Upload).where(col(Upload.due_at).is_not(None)).limit(1)
"""Does anything wait at all? Made once, since it is asked several times a second, mostly for nothing: what is asked then costs ten times as much to put together."""


def passable(ctx: Context) -> list[str]:
    """Which hooks uploads may have to pass (`asked`) to be finished here: each set of those that this process has."""
    names = sorted(ctx.hooks.judges) if ctx.hooks is not None else []
    return [named(some) for count in range(len(names) + 1) for some in combinations(names, count)]


def named(hooks: Iterable[str]) -> str:
    """A set of hooks as rows have it."""
    return "\n".join(sorted(hooks))


def lacking(ctx: Context) -> list[Upload]:
    """Some of what waits for a hook that this process does not have: it is left to a process that has it."""
    waits = (col(Upload.due_at).is_not(None), unindexed(Upload.state) == SCANNING)
    with ctx.db.read() as session:
        return list(session.exec(select(Upload).where(*waits, col(Upload.asked).not_in(passable(ctx))).limit(NAMED)))


def claim(ctx: Context, holder: str, limit: int, at: Sequence[Upload] = ()) -> list[Upload]:
    """Take what is due and can be finished here, the longest due first; `limit` is how many at most.

    `at`: what the holder is still working on. It is not begun once more when the lease has run out, as after a leap of the clock.
    """
    now = ctx.clock.now()
    if not ctx.db.ask(_ANY):
        return []
    with ctx.db.read() as session:
        due = _due(ctx, now, at)
        found = list(session.exec(select(Upload).where(due).order_by(col(Upload.due_at)).limit(limit)))
    if not found:
        return []
    with ctx.db.write() as session:
        return lease.take(session, found, now + LEASE, holder=holder)


def _due(ctx: Context, now: datetime, at: Sequence[Upload]) -> ColumnElement[bool]:
    # What nobody has begun yet is due whatever the clock said that dated it.
    at_once = or_(col(Upload.attempts) == 0, col(Upload.due_at) > now + FARTHEST)
    due = or_(col(Upload.due_at) <= now, and_(col(Upload.due_at).is_not(None), col(Upload.holder) == "", at_once))
    due = and_(due, or_(col(Upload.state) != SCANNING, col(Upload.asked).in_(passable(ctx))))
    return and_(due, ~lease.held(at)) if at else due


def extend(ctx: Context, rows: Sequence[Upload], holder: str) -> None:
    """Keep what takes longer."""
    until = ctx.clock.now() + LEASE
    with ctx.db.write() as session:
        # What was put off or given back meanwhile says no holder.
        lease.write(session, rows, col(Upload.holder) == holder, due_at=until)


def put_off(ctx: Context, row: Upload, seconds: float) -> None:
    """Let it be due again in so many seconds, for anybody."""
    due = ctx.clock.now() + timedelta(seconds=seconds)
    with ctx.db.write() as session:
        lease.write(session, [row], due_at=due, holder="")


def done(ctx: Context, rows: Sequence[Upload]) -> None:
    """There is nothing left to do for them."""
    with ctx.db.write() as session:
        lease.write(session, rows, col(Upload.state) != SCANNING, due_at=None, holder="")


def give_back(ctx: Context, holder: str) -> int:
    """Whatever this one holds is anybody's at once, for it is dead or stops; how many that were."""
    his = (col(Upload.holder) == holder, col(Upload.due_at).is_not(None))
    with ctx.db.write() as session:
        # In the order of their ids, as all do who lock several: an update takes them as they lie, and two could wait for each other.
        ids = list(session.exec(select(Upload.id).where(*his).order_by(col(Upload.id)).with_for_update()))
        statement = (
            update(Upload)
            .where(col(Upload.id).in_(ids), *his)
            .values(due_at=ctx.clock.now(), holder="")
            .execution_options(synchronize_session=False)
        )
        session.exec(statement)
    return len(ids)


def holders(ctx: Context) -> set[str]:
    """Who holds anything."""
    statement = select(Upload.holder).where(col(Upload.due_at).is_not(None), Upload.holder != "").distinct()
    with ctx.db.read() as session:
        return set(session.exec(statement))


def waiting(ctx: Context, ids: Collection[str]) -> set[str]:
    """Which of these uploads are still on their way to being ready, blocked or failed."""
    with ctx.db.read() as session:
        return set(session.exec(select(Upload.id).where(col(Upload.id).in_(ids), unindexed(Upload.state) == SCANNING)))
