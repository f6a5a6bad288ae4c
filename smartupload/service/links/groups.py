"""One link for all files that were given together, as their owner has it: made, limited, revoked, made anew, taken away.

Which files these are stands in their rows, under what their browser calls the group: those that join later are behind the
same link, and those that are deleted are not. What came by a drop link was grouped by its sender, so it is in none.
"""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, text
from sqlmodel.sql.expression import SelectOfScalar

from smartupload.errors import GroupNotFound
from smartupload.models import IS_IN_A_GROUP, KEPT, WAS_SENT, GroupDownload, GroupLink, Upload
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.links import link
from smartupload.service.presentation.views import LinkView, link_of
from smartupload.service.records import share_token


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group that has a link. `key`: what its browser calls it; `name`: of the folder, empty where it is none; `files`, `bytes`: of all that are there or on their way."""

    key: str
    name: str
    files: int
    bytes: int
    made_at: datetime
    link: LinkView


def make_link(ctx: Context, owner: str, key: str) -> GroupView:
    """The link of this group; the one that it has, if it has one. Raises GroupNotFound while nothing of it is there."""
    _check_there(ctx, owner, key)
    row = GroupLink(
        id=secrets.token_hex(8), owner=owner, group_key=key, share_token=share_token.token(), made_at=ctx.clock.now()
    )
    with contextlib.suppress(IntegrityError):  # another tab was first
        with ctx.db.write() as session:
            is_first = session.exec(_its(owner, key)).first() is None
            if is_first:
                session.add(row)
                entries.note(ctx, entries.SHARED, {"link": "made", "group": row.id}, owner=owner, session=session)
        if is_first:
            ctx.live.changed(owner)
    return get_link(ctx, owner, key)


def get_link(ctx: Context, owner: str, key: str) -> GroupView:
    """The link as its owner left it. Raises GroupNotFound, also where none was made."""
    row = _load(ctx, owner, key)
    with ctx.db.read() as session:
        return _view(ctx, session, row)


def all_of(ctx: Context, owner: str, most: int | None = None) -> list[GroupView]:
    """The groups of an owner that have a link, the newest link first; `most` of them, unless all are wanted."""
    theirs = select(GroupLink).where(GroupLink.owner == owner).order_by(col(GroupLink.made_at).desc())
    with ctx.db.read() as session:
        found = (_view(ctx, session, row) for row in session.exec(theirs).all())
        return list(islice((one for one in found if one.files), most))


def set_link(
    ctx: Context, owner: str, key: str, *, revoked: bool, until: datetime | None, downloads_left: int | None
) -> GroupView:
    """Set all that is allowed at once; None is no limit. Raises GroupNotFound, InvalidRequest."""
    row = _load(ctx, owner, key)
    return _changed(ctx, row, "set", link_revoked=revoked, **link.limits(ctx, row, until, downloads_left))


def set_revoked(ctx: Context, owner: str, key: str, revoked: bool) -> GroupView:
    """Stop sharing, or share again; the limits stay. Raises GroupNotFound."""
    return _changed(ctx, _load(ctx, owner, key), "revoked" if revoked else "shared again", link_revoked=revoked)


def set_limits(ctx: Context, owner: str, key: str, until: datetime | None, downloads_left: int | None) -> GroupView:
    """Limit the link; whether it is revoked stays. Raises GroupNotFound, InvalidRequest."""
    row = _load(ctx, owner, key)
    return _changed(ctx, row, "limited", **link.limits(ctx, row, until, downloads_left))


def renew_link(ctx: Context, owner: str, key: str) -> GroupView:
    """A new link without limits; the old one leads nowhere from then on. Raises GroupNotFound."""
    free: dict[str, Any] = {"link_revoked": False, "link_until": None, "link_downloads_left": None}
    return _changed(ctx, _load(ctx, owner, key), "renewed", share_token=share_token.token(), **free)


def remove_link(ctx: Context, owner: str, key: str) -> None:
    """Forget the link; the files stay, with links of their own. Raises GroupNotFound."""
    row = _load(ctx, owner, key)
    with ctx.db.write() as session:
        session.exec(delete(GroupLink).where(col(GroupLink.id) == row.id))
        entries.note(ctx, entries.SHARED, {"link": "removed", "group": row.id}, owner=owner, session=session)
    ctx.live.changed(owner)


def files_of(row: GroupLink) -> tuple[ColumnElement[bool], ...]:
    """Which uploads are behind the link, as conditions on rows; those that did not arrive are among them."""
    return _in_group(row.owner, row.group_key)


def totals(session: Session, row: GroupLink, *only: ColumnElement[bool]) -> tuple[int, int]:
    """How many files are behind the link, and how many bytes they have; `only` those of which this is so as well."""
    statement = select(func.count(), func.coalesce(func.sum(Upload.size), 0)).where(*files_of(row), *only)
    count, size = session.exec(statement).one()
    return count, int(size)


def name_of(session: Session, row: GroupLink) -> str:
    """What the group is called: as the folder that its first file came in, empty where that came in none."""
    first = select(Upload.folder).where(*files_of(row)).order_by(col(Upload.created_at), col(Upload.id)).limit(1)
    return (session.exec(first).first() or "").partition("/")[0]


def forget_old(ctx: Context) -> None:
    """Nothing is kept of the link of a group of which nothing is left."""
    left = select(Upload.id).where(
        col(Upload.owner) == col(GroupLink.owner),
        col(Upload.group_key) == col(GroupLink.group_key),
        text(IS_IN_A_GROUP),
        col(Upload.state).in_(KEPT),
    )
    with ctx.db.write() as session:
        session.exec(delete(GroupLink).where(~exists(left)).execution_options(synchronize_session=False))


def _in_group(owner: str, key: str) -> tuple[ColumnElement[bool], ...]:
    its: Any = text(IS_IN_A_GROUP)
    was_sent: Any = text(f"NOT ({WAS_SENT})")
    return (col(Upload.owner) == owner, col(Upload.group_key) == key, its, was_sent, col(Upload.state).in_(KEPT))


def _check_there(ctx: Context, owner: str, key: str) -> None:
    if not owner or not key or not inputs.is_name(key):
        raise GroupNotFound
    with ctx.db.read() as session:
        if session.exec(select(Upload.id).where(*_in_group(owner, key)).limit(1)).first() is None:
            raise GroupNotFound


def _its(owner: str, key: str) -> SelectOfScalar[GroupLink]:
    return select(GroupLink).where(GroupLink.owner == owner, GroupLink.group_key == key)


def _load(ctx: Context, owner: str, key: str) -> GroupLink:
    if not owner or not key or not inputs.is_name(key):
        raise GroupNotFound
    with ctx.db.read() as session:
        row = session.exec(_its(owner, key)).first()
    if row is None:
        raise GroupNotFound
    return row


def _changed(ctx: Context, row: GroupLink, how: str, **values: Any) -> GroupView:
    statement = update(GroupLink).where(col(GroupLink.id) == row.id).values(**values)
    with ctx.db.write() as session:
        if session.exec(statement.returning(col(GroupLink.id))).first() is None:
            raise GroupNotFound
        if "share_token" in values:
            # Whoever took something by the old link counts anew.
            session.exec(delete(GroupDownload).where(col(GroupDownload.group_id) == row.id))
        entries.note(ctx, entries.SHARED, {"link": how, "group": row.id}, owner=row.owner, session=session)
    ctx.live.changed(row.owner)
    return get_link(ctx, row.owner, row.group_key)


def _view(ctx: Context, session: Session, row: GroupLink) -> GroupView:
    count, size = totals(session, row)
    return GroupView(row.group_key, name_of(session, row), count, size, row.made_at, link_of(ctx, row))
