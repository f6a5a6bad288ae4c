"""Who works on a row, and until when: taken from those who read it by compare-and-set, and worth nothing once somebody else has it.

A row says when it is due (`due_at`; None when there is nothing to do) and how often somebody has begun (`attempts`). Taking
it counts that up and moves its due moment to the end of the lease. So the count is a fencing token: whoever writes under
a count that is no longer the row's writes nothing, however late, and whatever anybody's clock says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, CursorResult, tuple_, update
from sqlmodel import Session, col, select

from smartupload.models import Delivery, Upload

Leased = TypeVar("Leased", Upload, Delivery)


def take(
    session: Session, rows: Sequence[Leased], until: datetime, /, *still: ColumnElement[bool], **values: Any
) -> list[Leased]:
    """Those of these rows, as they were read, that nobody has taken or put off since; they are the caller's `until` then.

    `still`: what else must hold of them. `values` are written with it.
    """
    if not rows:
        return []
    _lock(session, rows)
    kind = type(rows[0])
    read = [(row.id, row.attempts, row.due_at) for row in rows]
    statement = (
        update(kind)
        .where(_among(rows), tuple_(col(kind.id), col(kind.attempts), col(kind.due_at)).in_(read), *still)
        .values(attempts=col(kind.attempts) + 1, due_at=until, **values)
        .returning(col(kind.id))
        .execution_options(synchronize_session=False)
    )
    taken = set(session.exec(statement).scalars())
    won = [row for row in rows if row.id in taken]
    for row in won:
        row.attempts += 1
        row.due_at = until
    return won


def _lock(session: Session, rows: Sequence[Leased]) -> None:
    """In the order of their ids, as all do who lock several: an update takes them as they lie, and two could wait for each other."""
    if len(rows) > 1 and session.get_bind().dialect.name != "sqlite":
        kind = type(rows[0])
        session.exec(select(kind.id).where(_among(rows)).order_by(col(kind.id)).with_for_update()).all()


def _among(rows: Sequence[Leased]) -> ColumnElement[bool]:
    """By these SQLite finds the rows; for pairs alone it goes through the whole table."""
    return col(type(rows[0]).id).in_([row.id for row in rows])


def held(rows: Sequence[Leased]) -> ColumnElement[bool]:
    """That a row is one of these, and still the holder's who took them."""
    kind = type(rows[0])
    return tuple_(col(kind.id), col(kind.attempts)).in_([(row.id, row.attempts) for row in rows])


def write(session: Session, rows: Sequence[Leased], /, *still: ColumnElement[bool], **values: Any) -> int:
    """Write these values into those of the rows that are still held; how many that were."""
    if not rows:
        return 0
    _lock(session, rows)
    kind = type(rows[0])
    statement = (
        update(kind)
        .where(_among(rows), held(rows), *still)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.exec(statement)).rowcount
