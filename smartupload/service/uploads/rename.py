"""Another name for a file that is there: its owner gives it, and pages, links and downloads say it from then on.

While a file is on its way it keeps its name: by name, size and date the browser that sends it knows it again.
"""

from __future__ import annotations

from smartupload import hooks
from smartupload.errors import NotReady, StoreRefused, UploadNotFound
from smartupload.models import READY, SCANNING, SENDING, VERIFYING, Upload
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.files import kinds
from smartupload.service.presentation import downloads
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import rows
from smartupload.service.uploads import naming
from smartupload.words import Sentence

_ON_ITS_WAY = (*SENDING, VERIFYING, SCANNING)


def rename_upload(ctx: Context, owner: str, upload_id: str, name: str) -> UploadView:
    """The name by which it is shown and saved from now on, as cleaned and checked as that of a new file.

    Raises UploadNotFound, NotReady, BadName, TypeNotAllowed, TypeMismatch, UploadRefused, HookUnavailable, StoreUnavailable.
    """
    row = rows.load_own(ctx, owner, upload_id)
    if row.state in _ON_ITS_WAY:
        raise NotReady(Sentence("problem-not_ready-name"), state=row.state)
    downloads.check_ready(row)
    head = _head(ctx, row)
    file = hooks.NewFile(
        row.owner, name, row.size, row.type, row.last_modified, hooks.Metadata(row.metadata_), row.uploader
    )
    here = naming.named(ctx, file, head, row.name)
    if here.name == row.name:
        return view(ctx, row, owner)
    changed = rows.change(
        ctx,
        row,
        (READY,),
        audit=(entries.RENAMED, {}),
        name=here.name,
        type=here.type,
        sniffed=kinds.check(ctx.settings, here.name, here.type, head),
    )
    if changed is None:
        raise UploadNotFound  # deleted meanwhile
    return view(ctx, changed, owner)


def _head(ctx: Context, row: Upload) -> bytes:
    try:
        return b"".join(ctx.store.read(row.key, 0, kinds.wanted(row.size)))
    except StoreRefused as refused:
        if refused.code != "NoSuchKey":
            raise
        raise UploadNotFound from refused
