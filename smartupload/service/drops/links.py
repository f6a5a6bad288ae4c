"""Drop links as their owner has them: made with limits and an end, closed, deleted; whoever has the token sees title and limits."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func
from sqlmodel import Session, col, select, text

from smartupload.errors import DropClosed, DropNotFound, InvalidRequest, NotFound, TooManyDrops
from smartupload.models import COUNTED, OPEN, SCANNING, WAS_SENT, DropLink, Upload
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.drops import names
from smartupload.service.files import limits as site_limits
from smartupload.words import Sentence

_TYPE = re.compile(r"\.[\w.+-]+|[\w.+*-]+/[\w.+*-]+")
MOST = 100
"""Of one owner at a time, closed ones included."""
MOST_DAYS = 365
LONGEST = 100
"""Characters of a title, and of who asks."""
LONGEST_TYPES = 1000
MOST_FILES = 1_000_000
MOST_BYTES = 2**53 - 1
_IS_THERE = col(DropLink.title) != ""
"""Of a deleted link only the limits are left."""
_STILL_COMES = (text(WAS_SENT), col(Upload.state).in_((*OPEN, SCANNING)))
"""What is on its way by a link, and is held to its limits."""


NO_LIMIT = Sentence("problem-invalid_request-drop-limit")


class WrongDrop(InvalidRequest):
    """What is said of a new link cannot be. `field`: which of it, a member of `NewDrop` or `Limits`."""

    def __init__(self, field: str, said: Sentence) -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True, slots=True)
class Limits:
    """What may come by a link: files that are there of it at a time, bytes of one, bytes of all. None is no limit; without types all are taken."""

    files: int | None = None
    size: int | None = None
    bytes: int | None = None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewDrop:
    """What its owner says of a link. `asker`: who is said to ask, empty for nobody in particular; `days` until it ends."""

    title: str
    asker: str = ""
    days: int = 14
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class DropView:
    """What its owner sees of it. `files`, `bytes`: what is there of it now; `is_open`: it takes files."""

    id: str
    url: str
    title: str
    asker: str
    limits: Limits
    made_at: datetime
    until: datetime
    is_open: bool
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class DropPage:
    """What whoever has the token sees of it. `limits`: of the link's and the site's the smaller ones; `uploader`: by which their browser sends, empty for somebody without a cookie."""

    title: str
    asker: str
    limits: Limits
    until: datetime
    uploader: str


def make(ctx: Context, owner: str, new: NewDrop) -> DropView:
    """A new one. Raises InvalidRequest, TooManyDrops."""
    title, asker = new.title.strip(), new.asker.strip()
    if not 0 < len(title) <= LONGEST or not inputs.is_name(title):
        raise WrongDrop("title", Sentence("problem-invalid_request-drop-title", most=LONGEST))
    if len(asker) > LONGEST or (asker and not inputs.is_name(asker)):
        raise WrongDrop("asker", Sentence("problem-invalid_request-drop-asker", most=LONGEST))
    if not 1 <= new.days <= MOST_DAYS:
        raise WrongDrop("days", Sentence("problem-invalid_request-days", most=MOST_DAYS))
    now, limits = ctx.clock.now(), _checked(new.limits)
    row = DropLink(
        id=secrets.token_hex(8),
        owner=owner,
        title=title,
        asker=asker,
        most_files=limits.files,
        most_size=limits.size,
        most_bytes=limits.bytes,
        types=",".join(limits.types),
        until=now + timedelta(days=new.days),
        made_at=now,
    )
    with ctx.db.write() as session:
        ctx.db.hold(session, owner)
        there = select(func.count()).select_from(DropLink).where(col(DropLink.owner) == owner, _IS_THERE)
        if session.exec(there).one() >= MOST:
            raise TooManyDrops
        view = _view(ctx, session, row)
        session.add(row)
        entries.note(ctx, entries.DROP_MADE, {"drop": row.id}, owner=owner, session=session)
    return view


def _checked(limits: Limits) -> Limits:
    for name, most in (("files", MOST_FILES), ("size", MOST_BYTES), ("bytes", MOST_BYTES)):
        value: int | None = getattr(limits, name)
        if value is not None and not 1 <= value <= most:
            raise WrongDrop(name, NO_LIMIT)
    if sum(map(len, limits.types)) > LONGEST_TYPES:
        raise WrongDrop("types", Sentence("problem-invalid_request-drop-types-many"))
    types = tuple(one.strip().lower() for one in limits.types)
    if any(not _TYPE.fullmatch(one) for one in types):
        raise WrongDrop("types", Sentence("problem-invalid_request-drop-types"))
    return replace(limits, types=types)


def all_of(ctx: Context, owner: str) -> list[DropView]:
    """Those of an owner, the newest first."""
    theirs = (
        select(DropLink)
        .where(DropLink.owner == owner, _IS_THERE)
        .order_by(col(DropLink.made_at).desc(), col(DropLink.id))
    )
    with ctx.db.read() as session:
        return [_view(ctx, session, row) for row in session.exec(theirs).all()]


def close(ctx: Context, owner: str, drop_id: str) -> DropView:
    """It takes nothing new from now on; what was begun by it goes on. Doing it again changes nothing. Raises NotFound."""
    with ctx.db.write() as session:
        row = _theirs(session, owner, drop_id)
        if row.closed_at is None:
            row.closed_at = ctx.clock.now()
            session.add(row)
            entries.note(ctx, entries.DROP_CLOSED, {"drop": drop_id}, owner=owner, session=session)
        return _view(ctx, session, row)


def remove(ctx: Context, owner: str, drop_id: str) -> None:
    """Close it, and forget it; what came by it stays. Raises NotFound, also for somebody else's.

    While something is still on its way by it, its limits are kept, without a word of what it was: they hold to the end.
    """
    with ctx.db.write() as session:
        # What is begun by it just now is there, or will not be.
        ctx.db.hold(session, owner)
        row = _theirs(session, owner, drop_id)
        if session.exec(select(Upload.id).where(Upload.drop_id == drop_id, *_STILL_COMES).limit(1)).first() is None:
            session.delete(row)
        else:
            row.title = row.asker = ""
            row.closed_at = row.closed_at or ctx.clock.now()
            session.add(row)
        entries.note(ctx, entries.DROP_CLOSED, {"drop": drop_id, "deleted": True}, owner=owner, session=session)


def page(ctx: Context, given: str, sender: str) -> DropPage:
    """What is shown to whoever has the token. Raises DropNotFound, DropClosed."""
    row = find(ctx, names.opened(ctx, given))
    if row is None or not row.title:
        raise DropNotFound
    check_open(ctx, row)
    uploader = names.uploader(ctx, row.id, sender) if sender else ""
    allowed = limits_of(row)
    size, types = site_limits.within(ctx.settings, allowed.size, allowed.types)
    return DropPage(row.title, row.asker, replace(allowed, size=size, types=types), row.until, uploader)


def find(ctx: Context, drop_id: str) -> DropLink | None:
    """The link, whoever's it is; also what is left of a deleted one."""
    if not drop_id:
        return None
    with ctx.db.read() as session:
        return session.get(DropLink, drop_id)


def check_open(ctx: Context, row: DropLink) -> None:
    """Raises DropClosed."""
    if not _is_open(ctx, row):
        raise DropClosed


def check_still(ctx: Context, session: Session, row: DropLink) -> None:
    """The same of a link that was read before; to be asked while its owner's creations queue up. Raises DropClosed."""
    now = session.get(DropLink, row.id)
    if now is None:
        raise DropClosed
    check_open(ctx, now)


def limits_of(row: DropLink) -> Limits:
    """What may come by it."""
    types = tuple(row.types.split(",")) if row.types else ()
    return Limits(row.most_files, row.most_size, row.most_bytes, types)


def titles(ctx: Context, owner: str, drop_ids: Collection[str]) -> dict[str, str]:
    """What an owner calls these links of theirs, by id. Those that are forgotten are not among them."""
    if not drop_ids:
        return {}
    theirs = select(DropLink.id, DropLink.title).where(
        DropLink.owner == owner, _IS_THERE, col(DropLink.id).in_(drop_ids)
    )
    with ctx.db.read() as session:
        return dict(session.exec(theirs).all())


def there(session: Session, drop_id: str) -> tuple[int, int]:
    """Files that came by it or are on their way, and their bytes; what was cancelled or did not arrive counts no more."""
    statement = select(func.count(), func.coalesce(func.sum(Upload.size), 0)).select_from(Upload)
    found = session.exec(
        statement.where(col(Upload.drop_id) == drop_id, text(WAS_SENT), col(Upload.state).in_(COUNTED))
    ).one()
    return int(found[0]), int(found[1])


def forget_old(ctx: Context) -> None:
    """Of those that were deleted, or ended so long ago that nobody asks what they were, nothing is kept once nothing is on its way by them."""
    before = ctx.clock.now() - timedelta(days=ctx.settings.keep_ended_days)
    over = (col(DropLink.until) < before) | (col(DropLink.closed_at) < before) | ~_IS_THERE
    coming = select(Upload.id).where(col(Upload.drop_id) == col(DropLink.id), *_STILL_COMES)
    with ctx.db.write() as session:
        session.exec(delete(DropLink).where(over, ~exists(coming)).execution_options(synchronize_session=False))


def _theirs(session: Session, owner: str, drop_id: str) -> DropLink:
    row = session.get(DropLink, drop_id) if inputs.is_name(drop_id) else None
    if row is None or row.owner != owner or not row.title:
        raise NotFound
    return row


def _is_open(ctx: Context, row: DropLink) -> bool:
    return row.closed_at is None and row.until > ctx.clock.now()


def _view(ctx: Context, session: Session, row: DropLink) -> DropView:
    files, size = there(session, row.id)
    url = f"{ctx.settings.site_url}/drop/{names.token(ctx, row.id)}"
    is_open = _is_open(ctx, row)
    return DropView(row.id, url, row.title, row.asker, limits_of(row), row.made_at, row.until, is_open, files, size)
