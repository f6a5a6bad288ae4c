"""Giving an upload up, or deleting its file: the row first, then what lies in the store."""

from __future__ import annotations

import structlog
from sqlmodel import col, select

from smartupload.errors import Problem, StoreFault
from smartupload.models import CANCELLED, KEPT, Upload
from smartupload.service import collect, late, rows
from smartupload.service.context import Context

log = structlog.get_logger("smartupload.service")


def cancel_upload(ctx: Context, owner: str, upload_id: str) -> None:
    """Cancel an upload, or delete a ready file; doing it again is no error. Raises UploadNotFound.

    It holds even when the store is away: `sweep` removes the bytes later.
    """
    while True:
        row = rows.load(ctx, owner, upload_id)
        if row.state == CANCELLED:
            break
        changed = rows.change(ctx, row, KEPT, drop_parts=True, state=CANCELLED)
        if changed is not None:
            row = changed
            break
    _remove(ctx, row)


def sweep(ctx: Context, limit: int = 100) -> int:
    """Remove the bytes of cancelled uploads that could not be removed at once; returns how many uploads those were.

    Part objects that came late go as well.
    """
    late.sweep(ctx, limit)
    statement = (
        select(Upload)
        .where(Upload.state == CANCELLED, Upload.multipart_id != "")
        .order_by(col(Upload.updated_at))
        .limit(limit)
    )
    with ctx.db.read() as session:
        left = list(session.exec(statement))
    return sum(_remove(ctx, row) for row in left)


def _remove(ctx: Context, row: Upload) -> bool:
    if not row.multipart_id:
        return False  # done before
    try:
        ctx.store.abort_multipart(row.key, row.multipart_id)
        ctx.store.delete(row.key)
        collect.clear(ctx, row)
    except (StoreFault, Problem) as fault:
        log.warning("bytes of a cancelled upload stay for now", upload=row.id, cause=str(fault))
        return False
    with ctx.db.write() as session:
        rows.set_if(session, row, (CANCELLED,), multipart_id="")
    return True
