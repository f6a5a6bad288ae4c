"""Pausing and going on: a durable wish of the owner that every device sees."""

from __future__ import annotations

from smartupload.models import PAUSED, READY, SCANNING, UPLOADING, VERIFYING
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import rows

_PAST = (VERIFYING, SCANNING, READY)
"""Too late to pause and nothing to resume: the upload is as it is, which is no error."""


def pause_upload(ctx: Context, owner: str, upload_id: str) -> UploadView:
    """Sign nothing more until it is resumed. Raises UploadNotFound, UploadNotOpen."""
    return _move(ctx, owner, upload_id, UPLOADING, PAUSED)


def resume_upload(ctx: Context, owner: str, upload_id: str) -> UploadView:
    """Sign again. Raises UploadNotFound, UploadNotOpen."""
    return _move(ctx, owner, upload_id, PAUSED, UPLOADING)


def _move(ctx: Context, owner: str, upload_id: str, before: str, after: str) -> UploadView:
    while True:
        row = rows.load(ctx, owner, upload_id)
        if row.state == after or row.state in _PAST:
            return view(ctx, row)
        if row.state != before:
            raise rows.not_open(row)
        changed = rows.change(ctx, row, (before,), state=after)
        if changed is not None:
            return view(ctx, changed)
