"""How a file is fetched: from the store, under its name, and only once it is ready."""

from __future__ import annotations

from collections.abc import Iterator

from smartupload.errors import NotReady, UploadNotFound
from smartupload.models import READY, Upload
from smartupload.service.context import Context
from smartupload.service.files import names
from smartupload.service.records import rows

DOWNLOAD_SECONDS = 300


def download_url(ctx: Context, row: Upload) -> str:
    """A short-lived address that saves the file under its name. Raises NotReady."""
    if row.state != READY:
        raise NotReady(state=row.state)
    return ctx.store.sign_download(row.key, names.attachment(row.name), names.safe_type(row.type), DOWNLOAD_SECONDS)


def read(ctx: Context, upload_id: str, start: int = 0) -> Iterator[bytes]:
    """The bytes from `start`, in pieces of 1 MiB at most, for the app itself: whoever's file it is. Raises UploadNotFound, NotReady."""
    row = rows.find(ctx, upload_id)
    if row is None:
        raise UploadNotFound
    if row.state != READY:
        raise NotReady(state=row.state)
    return ctx.store.read(row.key, start)
