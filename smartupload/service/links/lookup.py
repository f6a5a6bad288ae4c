"""Which upload a share link leads to, and whether it is open to others than its owner now."""

from __future__ import annotations

from sqlmodel import select

from smartupload.errors import FileNotFound
from smartupload.models import CANCELLED, Upload
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.presentation import link_policy


def found(ctx: Context, token: str) -> Upload:
    """The upload, whatever its owner allows others. Raises FileNotFound for unknown links and deleted files."""
    if not inputs.is_name(token):
        raise FileNotFound
    with ctx.db.read() as session:
        row = session.exec(select(Upload).where(Upload.share_token == token)).first() if token else None
    if row is None or row.state == CANCELLED:
        raise FileNotFound
    return row


def opened(ctx: Context, token: str) -> Upload:
    """The upload, if its owner lets anybody with the link see it now.

    Raises FileNotFound, LinkRevoked, LinkExpired, LinkUsedUp; asks no store.
    """
    row = found(ctx, token)
    if refusal := link_policy.refusal(ctx, row):
        raise refusal
    return row
