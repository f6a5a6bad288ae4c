"""What anybody with a share link gets: the placeholder while the bytes travel, then the file, as far as its owner allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, select

from smartupload import words
from smartupload.errors import FileNotFound, NoPreview
from smartupload.models import CANCELLED, READY, Upload
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.drops import links as drops
from smartupload.service.links import counting, lookup
from smartupload.service.links.counting import NoClick
from smartupload.service.links.visitors import NOBODY, Visitor
from smartupload.service.parts import confirm
from smartupload.service.presentation import downloads, previews
from smartupload.service.presentation.views import Sent, SharedFile, SharedPage, error_of, left_of, link_of, percent_of

_BY_LINK = {"by_link": True}

MAX_TEXT = previews.MAX_TEXT


def shared_file(ctx: Context, token: str, visitor: Visitor = NOBODY) -> SharedFile:
    """What the link shows.

    Raises FileNotFound for unknown links and deleted files, LinkRevoked, LinkExpired, LinkUsedUp.
    """
    row = lookup.opened(ctx, token, visitor)
    return _file(ctx, confirm.refresh(ctx, row), f"/api/shared/{row.share_token}", _shows(row))


def shared_page(ctx: Context, token: str, visitor: str) -> SharedPage:
    """The file's page; its owner sees it whatever the link allows others. Raises as `shared_file` does.

    Whoever asks for it is told of changes for a while, whichever process makes them: ask again now and then.
    """
    row = lookup.found(ctx, token)
    if ctx.streams is not None:
        ctx.streams.visit(row.owner)
    if not visitor or row.owner != visitor:
        seen = Visitor((visitor,)) if visitor else NOBODY
        return SharedPage(shared_file(ctx, token, seen), "", None)
    row = confirm.refresh(ctx, row)
    file = _file(ctx, row, f"/api/uploads/{row.id}", shows=True)
    return SharedPage(file, row.id, link_of(ctx, row), _sent(ctx, row))


def _sent(ctx: Context, row: Upload) -> Sent | None:
    if not row.sender:
        return None
    return Sent(row.metadata_.get("from", ""), drops.titles(ctx, row.owner, {row.drop_id}).get(row.drop_id, ""))


@dataclass(frozen=True, slots=True)
class Look:
    """A file as a page showed it: whose it is, and a text that is another one once something of it is."""

    owner: str
    seen: str


def look(ctx: Context, token: str) -> Look | None:
    """How the file behind a link is now; None for a link that leads nowhere."""
    try:
        row = lookup.found(ctx, token)
    except FileNotFound:
        return None
    return Look(row.owner, _seen(ctx, row))


def looks(ctx: Context, tokens: Collection[str]) -> dict[str, str]:
    """How several files are now, by share token: `Look.seen`. Links that lead nowhere are not among them."""
    found: dict[str, str] = {}
    asked = [token for token in tokens if inputs.is_name(token)]
    for at in range(0, len(asked), _AT_ONCE):
        statement = select(Upload).where(
            col(Upload.share_token).in_(asked[at : at + _AT_ONCE]), Upload.state != CANCELLED
        )
        with ctx.db.read() as session:
            found |= {row.share_token: _seen(ctx, row) for row in session.exec(statement)}
    return found


_AT_ONCE = 500


def _seen(ctx: Context, row: Upload) -> str:
    limits = row.link_revoked, row.link_until, row.link_downloads_left
    return repr(
        (
            row.owner,
            row.state,
            row.confirmed_bytes,
            row.updated_at,
            row.scan,
            row.error_code,
            limits,
            ctx.sayings.of(row.id, row.epoch),
        )
    )


def download_url(ctx: Context, token: str, visitor: Visitor | None = NOBODY) -> str:
    """A short-lived address of the file behind a link; for a visitor who has not taken it lately, one of the downloads that its owner allows.

    None is what only looks at links. Raises FileNotFound, NotReady, LinkRevoked, LinkExpired, LinkUsedUp, and NoClick for that where the link is limited.
    """
    row = lookup.opened(ctx, token, visitor or NOBODY)
    url = downloads.download_url(ctx, row)
    if row.link_downloads_left is not None:
        if visitor is None:
            raise NoClick
        counting.take_one(ctx, row, visitor, _BY_LINK)
    else:
        entries.note(ctx, entries.DOWNLOADED, _BY_LINK, owner=row.owner, upload_id=row.id)
    return url


def described(ctx: Context, token: str) -> dict[str, str]:
    """What the answer of the store will say of the file, without its bytes; counts nothing. Raises as `download_url` does."""
    row = lookup.opened(ctx, token)
    return downloads.described(row)


def preview_url(ctx: Context, token: str) -> str:
    """A short-lived address that shows the file. Raises as `download_url` does, and NoPreview."""
    row = lookup.opened(ctx, token)
    if not _shows(row):
        raise NoPreview
    url = previews.preview_url(ctx, row)
    entries.note(ctx, entries.PREVIEWED, _BY_LINK, owner=row.owner, upload_id=row.id)
    return url


def text(ctx: Context, token: str, visitor: str = "") -> str:
    """The beginning of a text file; to be escaped. Raises as `preview_url` does, and StoreUnavailable."""
    row = lookup.found(ctx, token)
    if not visitor or row.owner != visitor:
        row = lookup.opened(ctx, token)
        if not _shows(row):
            raise NoPreview
    return previews.text_of(ctx, row)


def _shows(row: Upload) -> bool:
    # Whoever sees a picture can save it as well: a look would be a download that nobody counted.
    return row.link_downloads_left is None


def _file(ctx: Context, row: Upload, address: str, shows: bool) -> SharedFile:
    ready = row.state == READY
    preview = previews.kind_of(row) if ready and shows else ""
    refusal = previews.too_large(ctx, row) if preview else None
    preview = "" if refusal else preview
    return SharedFile(
        name=row.name,
        size=row.size,
        type=row.type,
        state=row.state,
        percent=percent_of(ctx, row),
        created_at=row.created_at,
        completed_at=row.completed_at,
        download_url=f"{ctx.settings.site_url}{address}/download" if ready else None,
        scan=row.scan,
        error=error_of(row),
        preview=preview,
        preview_url=f"{ctx.settings.site_url}{address}/preview" if preview and preview != previews.TEXT else None,
        epoch=row.epoch,
        moved_at=row.moved_at,
        no_preview=refusal.read(words.language()) if refusal else "",
        left=left_of(ctx, row),
    )
