"""How a file is fetched: from the store, under its name, and only once it is ready."""

from __future__ import annotations

from collections.abc import Iterator

from smartupload.errors import NotReady, StoreRefused, UploadNotFound
from smartupload.models import BLOCKED, CANCELLED, EXPIRED, FAILED, READY, Upload
from smartupload.service.context import Context
from smartupload.service.files import names
from smartupload.service.presentation.views import reason_of
from smartupload.words import Sentence

DOWNLOAD_SECONDS = 300
_WILL_NOT_BE = {
    BLOCKED: Sentence("problem-not_ready-blocked"),
    FAILED: Sentence("problem-not_ready-failed"),
    EXPIRED: Sentence("problem-not_ready-expired"),
}


def download_url(ctx: Context, row: Upload) -> str:
    """A short-lived address that saves the file under its name. Raises NotReady, UploadNotFound."""
    check_ready(row)
    return ctx.store.sign_download(row.key, names.attachment(row.name), names.safe_type(row.type), DOWNLOAD_SECONDS)


def described(row: Upload) -> dict[str, str]:
    """What the answer to a download says of the file. Raises NotReady, UploadNotFound."""
    check_ready(row)
    return {
        "content-disposition": names.attachment(row.name),
        "content-type": names.safe_type(row.type),
        "content-length": str(row.size),
        "accept-ranges": "bytes",
    }


def contents(ctx: Context, row: Upload, start: int = 0) -> Iterator[bytes]:
    """The bytes from `start`, in pieces of 1 MiB at most; none from its end on. Raises NotReady, UploadNotFound, also while it is read."""
    check_ready(row)
    return _pieces(ctx, row, start) if start < row.size else iter(())


def check_ready(row: Upload) -> None:
    """Raises UploadNotFound when it was deleted, else NotReady with what is so: it may come, or there will be none."""
    if row.state == READY:
        return
    if row.state == CANCELLED:
        raise UploadNotFound
    raise NotReady(reason_of(row) or _WILL_NOT_BE.get(row.state), state=row.state)


def _pieces(ctx: Context, row: Upload, start: int) -> Iterator[bytes]:
    try:
        yield from ctx.store.read(row.key, start)
    except StoreRefused as refused:
        if refused.code != "NoSuchKey":
            raise
        raise UploadNotFound from refused  # deleted meanwhile
