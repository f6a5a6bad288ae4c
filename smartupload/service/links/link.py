"""What an owner can do with a link: revoke it, limit it by date and by number of downloads, make it anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from smartupload.errors import InvalidRequest, UploadNotFound
from smartupload.models import KEPT, Download, GroupLink, Upload, Watch
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.presentation.views import LinkView, link_of
from smartupload.service.records import rows, share_token
from smartupload.words import Sentence

MAX_DOWNLOADS = 1_000_000


def get_link(ctx: Context, owner: str, upload_id: str) -> LinkView:
    """The link as its owner left it. Raises UploadNotFound."""
    return link_of(ctx, _load(ctx, owner, upload_id))


def set_link(
    ctx: Context, owner: str, upload_id: str, *, revoked: bool, until: datetime | None, downloads_left: int | None
) -> LinkView:
    """Set all that is allowed at once; None is no limit. Raises UploadNotFound, InvalidRequest."""
    row = _load(ctx, owner, upload_id)
    return _changed(ctx, row, "set", link_revoked=revoked, **limits(ctx, row, until, downloads_left))


def set_revoked(ctx: Context, owner: str, upload_id: str, revoked: bool) -> LinkView:
    """Stop sharing, or share again; the limits stay. Raises UploadNotFound."""
    return _changed(ctx, _load(ctx, owner, upload_id), "revoked" if revoked else "shared again", link_revoked=revoked)


def set_limits(
    ctx: Context, owner: str, upload_id: str, until: datetime | None, downloads_left: int | None
) -> LinkView:
    """Limit the link; whether it is revoked stays, also when that changes this very moment. Raises UploadNotFound, InvalidRequest."""
    row = _load(ctx, owner, upload_id)
    return _changed(ctx, row, "limited", **limits(ctx, row, until, downloads_left))


def renew_link(ctx: Context, owner: str, upload_id: str) -> LinkView:
    """A new link without limits; the old one leads nowhere from then on. Raises UploadNotFound.

    Whoever waits for the file had the old link, so they are not told any more: they would be told the new one.
    """
    return _changed(
        ctx,
        _load(ctx, owner, upload_id),
        "renewed",
        deleting=[delete(table).where(col(table.upload_id) == upload_id) for table in (Watch, Download)],
        share_token=share_token.token(),
        link_revoked=False,
        link_until=None,
        link_downloads_left=None,
    )


def limits(ctx: Context, row: Upload | GroupLink, until: datetime | None, downloads_left: int | None) -> dict[str, Any]:
    """What these limits are in the row. Raises InvalidRequest."""
    if until is not None and until != row.link_until and until <= ctx.clock.now():
        raise InvalidRequest(Sentence("problem-invalid_request-link-day"))
    if downloads_left is not None and not 0 <= downloads_left <= MAX_DOWNLOADS:
        raise InvalidRequest(Sentence("problem-invalid_request-link-downloads", most=MAX_DOWNLOADS))
    return {"link_until": until, "link_downloads_left": downloads_left}


def _load(ctx: Context, owner: str, upload_id: str) -> Upload:
    row = rows.load_own(ctx, owner, upload_id)
    if row.state not in KEPT:
        raise UploadNotFound
    return row


def _changed(ctx: Context, row: Upload, how: str, **values: Any) -> LinkView:
    audit: rows.Audited = (entries.SHARED, {"link": how})
    changed = rows.change(ctx, row, KEPT, audit=audit, **values)
    if changed is None:
        # Its bytes were asked for anew just now (another epoch): the link is the same.
        row = _load(ctx, row.owner, row.id)
        changed = rows.change(ctx, row, KEPT, audit=audit, **values)
    if changed is None:
        raise UploadNotFound
    return link_of(ctx, changed)
