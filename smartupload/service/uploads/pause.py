"""Pausing and going on: a durable wish of the owner that every device sees."""

from __future__ import annotations

from smartupload.models import READY, SCANNING, VERIFYING
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import rows, states
from smartupload.service.records.states import Transition

_PAST = (VERIFYING, SCANNING, READY)
"""Too late to pause and nothing to resume: the upload is as it is, which is no error."""


def pause_upload(ctx: Context, owner: str, upload_id: str) -> UploadView:
    """Sign nothing more until it is resumed. Raises UploadNotFound, UploadNotOpen."""
    return _move(ctx, owner, upload_id, states.PAUSE)


def resume_upload(ctx: Context, owner: str, upload_id: str) -> UploadView:
    """Sign again. Raises UploadNotFound, UploadNotOpen."""
    return _move(ctx, owner, upload_id, states.RESUME)


def _move(ctx: Context, owner: str, upload_id: str, transition: Transition) -> UploadView:
    while True:
        row = rows.load(ctx, owner, upload_id)
        if row.state in transition.moves.values() or row.state in _PAST:
            return view(ctx, row, owner)
        if row.state not in transition.moves:
            raise rows.not_open(row)
        changed = rows.move(ctx, row, transition)
        if changed is not None:
            return view(ctx, changed, owner)
