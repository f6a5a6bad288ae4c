"""Giving an upload up, or deleting its file: the row first, then what lies in the store."""

from __future__ import annotations

from smartupload.errors import SentAlready, TokenScope
from smartupload.models import CANCELLED, READY
from smartupload.service.context import Context
from smartupload.service.housekeeping import remove
from smartupload.service.records import rows, states


def cancel_upload(ctx: Context, owner: str, upload_id: str, also_ready: bool = True) -> None:
    """Cancel an upload, or delete a ready file; doing it again is no error. Raises UploadNotFound.

    Without `also_ready` a file that is ready stays. Raises TokenScope. To whoever sent it by a drop link it is not theirs any more
    then. Raises SentAlready.

    It holds even when the store is away: `remove.sweep` removes the bytes later.
    """
    while True:
        row = rows.load(ctx, owner, upload_id)
        if row.state == CANCELLED:
            break
        if row.state == READY and not also_ready:
            raise TokenScope
        if row.state == READY and row.owner != owner:
            raise SentAlready
        changed = rows.move(ctx, row, states.CANCEL, drop_parts=True)
        if changed is not None:
            row = changed
            break
    remove.remove(ctx, row)
