"""What anybody with the link of a group gets: the list of its files with what is known of each, and each of them to download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_
from sqlmodel import col, select

from smartupload.errors import FileNotFound
from smartupload.models import BLOCKED, EXPIRED, FAILED, OPEN, READY, SCANNING, GroupLink, Upload
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.links import counting, groups, lookup
from smartupload.service.links.visitors import NOBODY, Visitor
from smartupload.service.presentation import downloads
from smartupload.service.presentation.views import LinkView, link_of, percent_of, type_of

MOST_ROWS = 200
"""Of one page of the list."""
_ON_THEIR_WAY = (*OPEN, SCANNING)
_LEFT_OUT = (BLOCKED, FAILED, EXPIRED)
"""What will not be there: it is counted, and nothing else is said of it."""


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """One file of a group. `folder`: in which it is, folders with `/` between them; `download_url` is None until it is ready."""

    id: str
    name: str
    folder: str
    size: int
    type: str
    state: str
    percent: int
    download_url: str | None


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """What anybody with the link sees. `name`: of the folder, empty where it is none.

    `ready`, `bytes`: files that are there, and their size; `coming`: those on their way; `left_out`: those that did not arrive or were blocked;
    `unscanned`: those that are there and that nobody has looked into.
    `next`: the id of the last file here, to go on from; None when these were the last.
    """

    name: str
    ready: int
    bytes: int
    coming: int
    left_out: int
    unscanned: int
    files: list[SharedEntry]
    next: str | None
    download_url: str | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The page as this visitor sees it: what anybody sees, and what only its owner does (else empty, None)."""

    group: SharedGroup
    key: str
    link: LinkView | None


def shared_group(
    ctx: Context, token: str, after: str = "", most: int = MOST_ROWS, visitor: Visitor = NOBODY
) -> SharedGroup:
    """What the link shows, files `after` this one on. Raises FileNotFound for unknown links, LinkRevoked, LinkExpired, LinkUsedUp."""
    return _seen(ctx, lookup.opened_group(ctx, token, visitor), after, most)


def group_page(ctx: Context, token: str, visitor: str, most: int = MOST_ROWS) -> GroupPage:
    """The group's page; its owner sees it whatever the link allows others. Raises as `shared_group` does."""
    row = lookup.found_group(ctx, token)
    if visitor and row.owner == visitor:
        return GroupPage(_seen(ctx, row, "", most), row.group_key, link_of(ctx, row))
    return GroupPage(shared_group(ctx, token, "", most, _visiting(visitor)), "", None)


def following(ctx: Context, token: str, visitor: str, after: str, most: int = MOST_ROWS) -> SharedGroup:
    """The same from a file on, without what only its owner sees. Raises as `shared_group` does."""
    row = lookup.found_group(ctx, token)
    is_own = bool(visitor) and row.owner == visitor
    return _seen(ctx, row, after, most) if is_own else shared_group(ctx, token, after, most, _visiting(visitor))


def download_url(ctx: Context, token: str, file: str, visitor: Visitor | None = NOBODY) -> str:
    """A short-lived address of one of the files; of a limited link it counts as one download, with whatever else the same visitor takes that day.

    None is what only looks at links. Raises FileNotFound, NotReady, LinkRevoked, LinkExpired, LinkUsedUp, and NoClick for that where the link is limited.
    """
    row = lookup.opened_group(ctx, token, visitor or NOBODY)
    found = _file(ctx, row, file)
    url = downloads.download_url(ctx, found)
    count(ctx, row, visitor, 1, found.id)
    return url


def count(ctx: Context, row: GroupLink, visitor: Visitor | None, files: int, upload_id: str = "") -> None:
    """Somebody takes so many files of it. Raises as `download_url` does."""
    said = {"by_link": True, "group": row.id, "files": files}
    if row.link_downloads_left is None:
        entries.note(ctx, entries.DOWNLOADED, said, owner=row.owner, upload_id=upload_id)
        return
    if visitor is None:
        raise counting.NoClick
    counting.take_one(ctx, row, visitor, said)


def _visiting(visitor: str) -> Visitor:
    return Visitor((visitor,)) if visitor else NOBODY


def _file(ctx: Context, row: GroupLink, file: str) -> Upload:
    if not inputs.is_name(file):
        raise FileNotFound
    with ctx.db.read() as session:
        found = session.exec(select(Upload).where(Upload.id == file, *groups.files_of(row))).first()
    if found is None or found.state in _LEFT_OUT:
        raise FileNotFound
    return found


def _seen(ctx: Context, row: GroupLink, after: str, most: int) -> SharedGroup:
    most = min(max(most, 1), MOST_ROWS)
    listed = select(Upload).where(*groups.files_of(row), col(Upload.state).not_in(_LEFT_OUT))
    with ctx.db.read() as session:
        if after:
            last = session.get(Upload, after) if inputs.is_name(after) else None
            if last is None:
                raise FileNotFound
            at = col(Upload.created_at)
            listed = listed.where(or_(at > last.created_at, and_(at == last.created_at, col(Upload.id) > last.id)))
        rows = session.exec(listed.order_by(col(Upload.created_at), col(Upload.id)).limit(most + 1)).all()
        ready, size = groups.totals(session, row, col(Upload.state) == READY)
        coming, _ = groups.totals(session, row, col(Upload.state).in_(_ON_THEIR_WAY))
        left_out, _ = groups.totals(session, row, col(Upload.state).in_(_LEFT_OUT))
        unscanned, _ = groups.totals(session, row, col(Upload.state) == READY, col(Upload.scan) == "off")
        name = groups.name_of(session, row)
    address = f"{ctx.settings.site_url}/api/shared-group/{row.share_token}"
    return SharedGroup(
        name=name,
        ready=ready,
        bytes=size,
        coming=coming,
        left_out=left_out,
        unscanned=unscanned,
        files=_entries(ctx, address, rows[:most]),
        next=rows[most - 1].id if len(rows) > most else None,
        download_url=f"{address}/download" if ready else None,
    )


def _entries(ctx: Context, address: str, rows: Sequence[Upload]) -> list[SharedEntry]:
    return [
        SharedEntry(
            id=row.id,
            name=row.name,
            folder=row.folder,
            size=row.size,
            type=type_of(row),
            state=row.state,
            percent=percent_of(ctx, row),
            download_url=f"{address}/files/{row.id}/download" if row.state == READY else None,
        )
        for row in rows
    ]
