"""Taking an upload along to a new owner, when the browser that began it has lost its owner's cookie."""

from __future__ import annotations

import contextlib
import hmac

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from smartupload.errors import UploadNotFound
from smartupload.models import CANCELLED, KEPT, GroupLink, Upload
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.drops import names as drops
from smartupload.service.owner import is_person, tag_of
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import forgetting, rows


def adopt_upload(ctx: Context, owner: str, upload_id: str, key: str) -> UploadView:
    """Give an upload to this owner, who knows its id and the Idempotency-Key that made it.

    Both are random, and only the browser that began the upload has them: a browser that crashes writes its journal
    down at once, but a new cookie only after half a minute. Adopting one's own changes nothing. Raises UploadNotFound,
    for a wrong key as for an unknown upload, and for an owner who was here before the upload was: that is no browser
    that has lost its cookie, but somebody else on the same computer. So is whoever else has logged in, where people do.
    """
    # A second time when its bytes were asked for anew in between (another epoch): it is the same upload.
    adopted = _adopted(ctx, owner, upload_id, key) or _adopted(ctx, owner, upload_id, key)
    if adopted is None:
        raise UploadNotFound
    return view(ctx, adopted, owner)


def _adopted(ctx: Context, owner: str, upload_id: str, key: str) -> Upload | None:
    """The row as it is the owner's; None when it was no longer as it had been read."""
    row = rows.find(ctx, upload_id)
    if row is None or not owner or not _made(row, key.strip()):
        raise UploadNotFound
    if owner in (row.owner, row.sender):
        return row
    # Who signs in takes along what they say, and no cookie takes along what is theirs.
    if not ctx.adopting or row.sender or is_person(owner) or is_person(row.owner) or _was_here_before(ctx, owner, row):
        raise UploadNotFound
    try:
        adopted = rows.change(
            ctx,
            row,
            KEPT,
            audit=(entries.ADOPTED, {"from": tag_of(row.owner)}),
            owner=owner,
            adopted=True,
            moved_at=ctx.clock.now(),
        )
    except IntegrityError as taken:
        raise UploadNotFound from taken  # this owner has used the key for another upload
    if adopted is not None:
        _take_link_along(ctx, row, owner)
        ctx.live.changed(owner)
    return adopted


def _take_link_along(ctx: Context, row: Upload, owner: str) -> None:
    """The link of its group leads to the files of the same owner."""
    if not row.group_key:
        return
    its = (col(GroupLink.owner) == row.owner, col(GroupLink.group_key) == row.group_key)
    with ctx.db.write() as session, contextlib.suppress(IntegrityError):
        session.exec(update(GroupLink).where(*its).values(owner=owner))


def _made(row: Upload, key: str) -> bool:
    """Whether this key made it. Of one that was deleted, what stands in its place is compared."""
    # What is sent by a drop link has another one in its place.
    keys = [key, drops.key_of(row.uploader, key)]
    given = keys if row.state != CANCELLED else [forgetting.hidden_key(one) for one in keys]
    found = [hmac.compare_digest(row.idempotency_key.encode(), one.encode(errors="replace")) for one in given]
    return any(found)


def _was_here_before(ctx: Context, owner: str, row: Upload) -> bool:
    # What was itself taken along says nothing of when this owner came: several uploads may have been left behind.
    older = select(Upload.id).where(
        Upload.owner == owner, col(Upload.adopted).is_(False), col(Upload.created_at) < row.created_at
    )
    with ctx.db.read() as session:
        return session.exec(older.limit(1)).first() is not None
