"""What anybody with a share link gets: the placeholder while the bytes travel, then the file."""

from __future__ import annotations

from sqlmodel import select

from smartupload.errors import FileNotFound
from smartupload.models import CANCELLED, READY, Upload
from smartupload.service import confirm, library
from smartupload.service.context import Context
from smartupload.service.views import SharedFile, error_of


def shared_file(ctx: Context, token: str) -> SharedFile:
    """What the link shows. Raises FileNotFound for unknown links and deleted files."""
    row = confirm.refresh(ctx, _load(ctx, token))
    ready = row.state == READY
    return SharedFile(
        name=row.name,
        size=row.size,
        type=row.type,
        state=row.state,
        # Never 100 before it can be downloaded.
        percent=100 if ready else min(99, row.confirmed_bytes * 100 // row.size),
        created_at=row.created_at,
        completed_at=row.completed_at,
        download_url=f"{ctx.settings.site_url}/api/shared/{row.share_token}/download" if ready else None,
        scan=row.scan,
        error=error_of(row),
    )


def download_url(ctx: Context, token: str) -> str:
    """A short-lived address of the file behind a link. Raises FileNotFound, NotReady."""
    return library.signed_download(ctx, _load(ctx, token))


def _load(ctx: Context, token: str) -> Upload:
    with ctx.db.read() as session:
        row = session.exec(select(Upload).where(Upload.share_token == token)).first() if token else None
    if row is None or row.state == CANCELLED:
        raise FileNotFound
    return row
