"""How a file is fetched: from the store, under its name, and only once it is ready."""

from __future__ import annotations

from collections.abc import Iterator

from smartupload.errors import NotReady
from smartupload.models import READY, Upload
from smartupload.service.context import Context
from smartupload.service.files import names

DOWNLOAD_SECONDS = 300


def download_url(ctx: Context, row: Upload) -> str:
    """A short-lived address that saves the file under its name. Raises NotReady."""
    if row.state != READY:
        raise NotReady(state=row.state)
    return ctx.store.sign_download(row.key, names.attachment(row.name), names.safe_type(row.type), DOWNLOAD_SECONDS)


def contents(ctx: Context, row: Upload, start: int = 0) -> Iterator[bytes]:
    """The bytes from `start`, in pieces of 1 MiB at most. Raises NotReady."""
    if row.state != READY:
        raise NotReady(state=row.state)
    return ctx.store.read(row.key, start)
