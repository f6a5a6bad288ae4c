"""Giving an upload up, or deleting its file: the row first, then what lies in the store."""

from __future__ import annotations

from collections.abc import Sequence

from smartupload.errors import Problem, SentAlready, TokenScope
from smartupload.models import CANCELLED, READY, Upload
from smartupload.service import batches
from smartupload.service.context import Context
from smartupload.service.housekeeping import remove
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import rows, states


def cancel_uploads(ctx: Context, owner: str, ids: Sequence[str], also_ready: bool = True) -> list[UploadView | Problem]:
    """Each as cancel_upload does it: the upload as it is then, or the problem that it raises."""
    asked = list(dict.fromkeys(ids))
    done = batches.at_once(
        asked, lambda upload_id: batches.answer(lambda: cancel_upload(ctx, owner, upload_id, also_ready))
    )
    answers = dict(zip(asked, done, strict=True))
    return [
        row if isinstance(row, Problem) else view(ctx, row, owner) for row in (answers[upload_id] for upload_id in ids)
    ]


def cancel_upload(ctx: Context, owner: str, upload_id: str, also_ready: bool = True) -> Upload:
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
    return row
