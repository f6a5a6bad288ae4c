"""Whether there is room for one more file: for so many bytes of its owner and of the site, and for one more that is on its way."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from smartupload.errors import DropFull, OwnerQuotaExceeded, SiteFull, StoreFull, TooManyOpenUploads
from smartupload.models import ARE_OPEN, DropLink, Upload, Usage
from smartupload.service.context import Context
from smartupload.service.drops import sending
from smartupload.service.records.unindexed import unindexed
from smartupload.words import Sentence, Size

_SITE = "the site's quota"
FULL_SECONDS = 10
"""After which a file is asked for again that found no room: to look at a disk costs nothing."""


@dataclass(slots=True)
class Room:
    """What is left, and is taken file by file. None is no limit."""

    quota: int | None
    used: int
    site_left: int | None
    most_open: int
    open: int
    by_link: sending.LinkRoom | None = None
    store_left: int | None = None
    links_left: int | None = None

    def take(self, size: int) -> None:
        """A file takes so much of it.

        Raises OwnerQuotaExceeded, SiteFull, StoreFull, TooManyOpenUploads or DropFull when it does not fit; then nothing is taken.
        """
        if self.by_link is not None:
            self._check_by_link(size)
        quota, used = self.quota, self.used
        if quota is not None and used + size > quota:
            raise OwnerQuotaExceeded(
                Sentence(
                    "problem-owner_quota_exceeded-size",
                    size=Size(size),
                    free=Size(max(0, quota - used)),
                    quota=Size(quota),
                ),
                quota=quota,
                used=used,
            )
        if self.open >= self.most_open:
            raise TooManyOpenUploads(
                Sentence("problem-too_many_open_uploads-most", most=self.most_open),
                most=self.most_open,
            )
        if self.site_left is not None and size > self.site_left:
            raise SiteFull
        if self.store_left is not None and size > self.store_left:
            # Where there is room for others, this file waits alone; else all do.
            full = SiteFull if self.store_left > 0 else StoreFull
            raise full(_no_room(size, self.store_left), retry_after=FULL_SECONDS)
        if self.by_link is not None:
            self.by_link.take(size)
        if self.site_left is not None:
            self.site_left -= size
        if self.store_left is not None:
            self.store_left -= size
        if self.links_left is not None:
            self.links_left -= size
        self.used += size
        self.open += 1

    def _check_by_link(self, size: int) -> None:
        """How much its owner has is nobody else's business, nor how much the site has; what can be done is the same in all cases."""
        if self.links_left is not None and size > self.links_left:
            raise DropFull
        if self.open >= self.most_open:
            raise TooManyOpenUploads(_MANY_BY_LINK, most=self.most_open)
        if self.site_left is not None and size > self.site_left:
            raise SiteFull(_LATER)
        if self.store_left is not None and size > self.store_left:
            raise StoreFull(_LATER, retry_after=FULL_SECONDS)


_LATER = Sentence("problem-site_full-by-link")
_MANY_BY_LINK = Sentence("problem-too_many_open_uploads-by-link")


def hold(ctx: Context, session: Session, owner: str) -> None:
    """Creations queue up to the end of the transaction, or two could pass one check: an owner's, all where the site has a quota."""
    if ctx.settings.site_quota is not None:
        ctx.db.hold(session, _SITE)
    ctx.db.hold(session, owner)


def room(ctx: Context, session: Session, owner: str, link: DropLink | None = None) -> Room:
    """What is left now, for what its owner sends, or for what comes by a drop link of theirs."""
    settings = ctx.settings
    quota, site = settings.owner_quota, settings.site_quota
    usage = session.get(Usage, owner) if quota is not None else None
    left = None if site is None else site - int(session.exec(select(func.sum(Usage.bytes))).one() or 0)
    by_link = None if link is None else sending.room(session, link)
    running = _open(session, owner, "" if link is None else link.id)
    used = usage.bytes if usage is not None else 0
    left_for_links = None if link is None or quota is None else _left_for_links(session, owner, quota, used)
    return Room(quota, used, left, settings.open_uploads, running, by_link, ctx.store.room, left_for_links)


def _left_for_links(session: Session, owner: str, quota: int, used: int) -> int:
    """What is left of an owner's quota for drop links: at most their half, quarter, eighth … of it that is free.

    Whoever tries out sizes finds no more than that. What is on its way by links counts as free, and against it, so that
    nothing more is found out with files that are begun and never sent.
    """
    sent = select(func.coalesce(func.sum(Upload.size), 0)).where(col(Upload.owner) == owner, text(ARE_OPEN))
    coming = int(session.exec(sent.where(unindexed(Upload.sender) != "")).one())
    free, left_for_links = quota - used + coming, quota
    while left_for_links > max(free, 0):
        left_for_links //= 2
    return left_for_links - coming


def _no_room(size: int, left: int) -> Sentence:
    return Sentence("problem-site_full-size", size=Size(size), left=Size(max(0, left)))


def _open(session: Session, owner: str, drop_id: str) -> int:
    """Of each link for itself, so that no stranger keeps its owner from sending."""
    # Word for word as the index has it, or SQLite would go through all that the owner ever sent.
    statement = select(func.count()).select_from(Upload).where(col(Upload.owner) == owner, text(ARE_OPEN))
    return session.exec(statement.where(unindexed(Upload.drop_id) == drop_id)).one()
