"""How a row is found and changed: only its owner's, and only from the state it was seen in (compare-and-set)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import CursorResult, Update, delete, update
from sqlmodel import Session, col, select

from smartupload.errors import Problem, UploadNotFound, UploadNotOpen
from smartupload.models import Part, Upload
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.records import events


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
    ctx: Context,
    row: Upload,
    states: Collection[str],
    /,
    *,
    untouched: bool = False,
    drop_parts: bool = False,
    **values: Any,
) -> Upload | None:
    """Set values if the upload is still in one of these states and in the epoch it was seen in; the new row, or None.

    Tells Live, and writes the event that a change of state is. `untouched`: only if nothing has happened since. `drop_parts` forgets what was signed, in the same transaction.
    """
    now = ctx.clock.now()
    moments = {"updated_at": now} | ({"moved_at": now} if "state" in values else {})
    with ctx.db.write() as session:
        statement = _update(row, states, moments | values)
        if untouched:
            statement = statement.where(col(Upload.updated_at) == row.updated_at)
        changed = session.exec(statement.returning(Upload)).scalar_one_or_none()
        if changed is None:
            return None
        if drop_parts:
            session.exec(delete(Part).where(col(Part.upload_id) == row.id))
        kind = events.became(row.state, values.get("state"))
        if kind is not None:
            events.record(ctx, session, changed, kind)
    ctx.live.changed(row.owner)
    return changed


def set_if(session: Session, row: Upload, states: Collection[str], /, **values: Any) -> bool:
    """The compare-and-set itself, inside a transaction of the caller."""
    return cast("CursorResult[Any]", session.exec(_update(row, states, values))).rowcount == 1


def _update(row: Upload, states: Collection[str], values: dict[str, Any]) -> Update:
    return (
        update(Upload)
        .where(col(Upload.id) == row.id, col(Upload.state).in_(states), col(Upload.epoch) == row.epoch)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def digests(ctx: Context, row: Upload, numbers: Collection[int] | None = None) -> dict[int, Part]:
    """What was signed in the row's epoch, by part number."""
    statement = select(Part).where(col(Part.upload_id) == row.id, col(Part.epoch) == row.epoch)
    if numbers is not None:
        statement = statement.where(col(Part.number).in_(numbers))
    with ctx.db.read() as session:
        return {part.number: part for part in session.exec(statement)}


def not_open(row: Upload) -> Problem:
    """The error for a row that takes no more parts, saying why."""
    reasons = {
        "cancelled": "This upload was cancelled. Drop the file again to start anew.",
        "expired": "This upload stood still for too long and was removed. Drop the file again to start anew.",
        "ready": "This upload is complete already.",
    }
    return UploadNotOpen(row.error_detail or reasons.get(row.state), state=row.state)
