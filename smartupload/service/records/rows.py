"""How a row is found and changed: only its owner's, and only from the state it was seen in (compare-and-set)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Update, case, delete, update
from sqlmodel import Session, col, select

from smartupload.errors import Problem, UploadNotFound, UploadNotOpen
from smartupload.models import Part, Upload
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.records import events, lease, states
from smartupload.service.records.states import Transition


def find(ctx: Context, upload_id: str) -> Upload | None:
    """The upload, whoever's it is."""
    if not inputs.is_name(upload_id):
        return None
    with ctx.db.read() as session:
        return session.get(Upload, upload_id)


def load(ctx: Context, owner: str, upload_id: str) -> Upload:
    """The owner's upload; raises UploadNotFound for anybody else's, too."""
    row = find(ctx, upload_id)
    if row is None or not owner or row.owner != owner:
        raise UploadNotFound
    return row


def reload(ctx: Context, row: Upload) -> Upload:
    """The row as it is now."""
    return load(ctx, row.owner, row.id)


def change(
    ctx: Context, row: Upload, allowed: Collection[str], /, *, held: bool = False, **values: Any
) -> Upload | None:
    """Set values if the upload is still in one of these states and in the epoch it was seen in; the new row, or None.

    Tells Live. `held`: only if nobody else has begun to finish it. What changes the state is `move`.
    """
    assert "state" not in values
    with ctx.db.write() as session:
        values = {"updated_at": ctx.clock.now()} | values
        statement = _update(row, allowed, values)
        if held:
            statement = statement.where(lease.held([row]))
        changed = session.exec(statement.returning(Upload)).scalar_one_or_none()
    if changed is not None:
        _tell(ctx, row, changed)
    return changed


def move(
    ctx: Context,
    row: Upload,
    transition: Transition,
    /,
    *,
    as_seen: bool = False,
    untouched: bool = False,
    as_claimed: bool = False,
    as_signed: Mapping[int, Part] | None = None,
    forgotten: Collection[int] = (),
    held: bool = False,
    drop_parts: bool = False,
    **values: Any,
) -> Upload | None:
    """Let this happen, if it can in the state that the upload is in now, and it is in the epoch it was seen in; the new row, or None.

    Tells Live, and writes the event that it is. Only if, besides: `as_seen`, the state is the one that was seen;
    `untouched`, nothing has happened since; `as_claimed`, it still is to become the object of the same checksum;
    `as_signed`, this is what is signed; `held`, nobody else has begun to finish it. In the same transaction the parts
    `forgotten` are forgotten, or with `drop_parts` all of them and their digests.
    """
    if not states.is_legal(row, transition):
        return None
    with ctx.db.write() as session:
        statement = _move(ctx, row, transition, values)
        if as_seen:
            statement = statement.where(col(Upload.state) == row.state)
        if untouched:
            statement = statement.where(col(Upload.updated_at) == row.updated_at)
        if as_claimed:
            statement = statement.where(col(Upload.checksum) == row.checksum)
        if held:
            statement = statement.where(lease.held([row]))
        changed = session.exec(statement.returning(Upload)).scalar_one_or_none()
        if changed is None:
            return None
        if as_signed is not None and not agree(signed(session, row), as_signed):
            session.rollback()
            return None
        if forgotten:
            session.exec(_forget(row, forgotten))
        if drop_parts:
            session.exec(delete(Part).where(col(Part.upload_id) == row.id))
        kind = events.became(row.state, changed.state)
        if kind is not None:
            events.record(ctx, session, changed, kind)
    _tell(ctx, row, changed)
    return changed


def _tell(ctx: Context, row: Upload, changed: Upload) -> None:
    for owner in {row.owner, changed.owner}:  # somebody may have adopted it since it was read
        ctx.live.changed(owner)


def move_in(ctx: Context, session: Session, row: Upload, transition: Transition, /, **values: Any) -> bool:
    """The same without an event, inside a transaction of the caller; whether it happened."""
    statement = _move(ctx, row, transition, values)
    return states.is_legal(row, transition) and _happened(session, statement)


def _move(ctx: Context, row: Upload, transition: Transition, values: dict[str, Any]) -> Update:
    now = ctx.clock.now()
    moved = transition.moves.get(row.state) != row.state or "epoch" in values
    moments = {"updated_at": now} | ({"moved_at": now} if moved else {})
    after = case(dict(transition.moves), value=col(Upload.state))
    return _update(row, transition.moves, {"state": after, **moments, **values})


def forget(ctx: Context, row: Upload, numbers: Collection[int]) -> None:
    """From now on these parts count as not there, whatever lies there, until the same bytes are signed again.

    They keep their digests: what was signed for them may still arrive, and is then nothing else.
    """
    with ctx.db.write() as session:
        session.exec(_forget(row, numbers))


def _forget(row: Upload, numbers: Collection[int]) -> Update:
    parts = (col(Part.upload_id) == row.id, col(Part.epoch) == row.epoch, col(Part.number).in_(numbers))
    return update(Part).where(*parts).values(versions=None).execution_options(synchronize_session=False)


def set_if(session: Session, row: Upload, allowed: Collection[str], /, **values: Any) -> bool:
    """What `change` does, inside a transaction of the caller, and told to nobody."""
    assert "state" not in values
    return _happened(session, _update(row, allowed, values))


def _happened(session: Session, statement: Update) -> bool:
    return cast("CursorResult[Any]", session.exec(statement)).rowcount == 1


def _update(row: Upload, allowed: Collection[str], values: dict[str, Any]) -> Update:
    return (
        update(Upload)
        .where(col(Upload.id) == row.id, col(Upload.state).in_(allowed), col(Upload.epoch) == row.epoch)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def digests(ctx: Context, row: Upload, numbers: Collection[int] | None = None) -> dict[int, Part]:
    """What was signed in the row's epoch, by part number."""
    with ctx.db.read() as session:
        return signed(session, row, numbers)


def signed(session: Session, row: Upload, numbers: Collection[int] | None = None) -> dict[int, Part]:
    """The same, inside a transaction of the caller."""
    statement = select(Part).where(col(Part.upload_id) == row.id, col(Part.epoch) == row.epoch)
    if numbers is not None:
        statement = statement.where(col(Part.number).in_(numbers))
    return {part.number: part for part in session.exec(statement)}


def agree(one: Mapping[int, Part], other: Mapping[int, Part]) -> bool:
    """Whether the same digests are signed for the same parts in both, and the same ones are forgotten."""
    first, second = ({n: (part.sha256, part.versions is None) for n, part in parts.items()} for parts in (one, other))
    return first == second


def not_open(row: Upload) -> Problem:
    """The error for a row that takes no more parts, saying why."""
    reasons = {
        "cancelled": "This upload was cancelled. Drop the file again to start anew.",
        "expired": "This upload stood still for too long and was removed. Drop the file again to start anew.",
        "ready": "This upload is complete already.",
    }
    return UploadNotOpen(row.error_detail or reasons.get(row.state), state=row.state)
