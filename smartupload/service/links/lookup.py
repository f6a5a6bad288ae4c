"""Which upload, or group, a share link leads to, and whether it is open to others than its owner now."""

from __future__ import annotations

from sqlmodel import select

from smartupload.errors import FileNotFound, LinkUsedUp
from smartupload.models import CANCELLED, GroupLink, Upload
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.links import visitors
from smartupload.service.links.visitors import NOBODY, Visitor
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


def found_group(ctx: Context, token: str) -> GroupLink:
    """The link of a group, whatever its owner allows others. Raises FileNotFound for unknown ones."""
    if not token or not inputs.is_name(token):
        raise FileNotFound
    with ctx.db.read() as session:
        row = session.exec(select(GroupLink).where(GroupLink.share_token == token)).first()
    if row is None:
        raise FileNotFound
    return row


def opened(ctx: Context, token: str, visitor: Visitor = NOBODY) -> Upload:
    """The upload, if its owner lets anybody with the link see it now, or this visitor is among those who took the last ones.

    Raises FileNotFound, LinkRevoked, LinkExpired, LinkUsedUp; asks no store.
    """
    row = found(ctx, token)
    _check(ctx, row, visitor)
    return row


def opened_group(ctx: Context, token: str, visitor: Visitor = NOBODY) -> GroupLink:
    """The same of a group. Raises as `opened` does."""
    row = found_group(ctx, token)
    _check(ctx, row, visitor)
    return row


def _check(ctx: Context, row: Upload | GroupLink, visitor: Visitor) -> None:
    refusal = link_policy.refusal(ctx, row)
    if isinstance(refusal, LinkUsedUp):
        with ctx.db.read() as session:
            refusal = None if visitors.has_taken(ctx, session, row, visitor) else refusal
    if refusal is not None:
        raise refusal
