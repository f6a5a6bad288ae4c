"""Which tags a file has: given and taken by its owner alone, one file or several in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, delete, func, insert, select, update

from smartupload.errors import UploadNotFound
from smartupload.models import CANCELLED, KEPT, Tag, Upload
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import moving, rows
from smartupload.service.tags import rules

_Tags = Mapping[str, str]
"""Names by key."""


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many files of its owner have it."""

    name: str
    count: int


def set_tags(ctx: Context, owner: str, upload_id: str, tags: Iterable[str]) -> UploadView:
    """The file has these tags and no others, also while it is on its way. Raises UploadNotFound, InvalidRequest."""
    wanted = rules.cleaned(tags)
    (row,) = _change(ctx, owner, [upload_id], lambda _: wanted)
    return with_tags(ctx, owner, [view(ctx, row, owner)])[0]


def give_tags(ctx: Context, owner: str, upload_ids: Sequence[str], tags: Iterable[str]) -> None:
    """Each of these files has these tags, too; those that are gone meanwhile are left out.

    Raises UploadNotFound when there is none of them, and InvalidRequest, also when one would have too many: then nothing has changed.
    """
    new = rules.cleaned(tags)
    # What a file has already stays as it was written.
    _change(ctx, owner, upload_ids, lambda before: rules.few({**new, **before}))


def take_tag(ctx: Context, owner: str, upload_ids: Sequence[str], tag: str) -> None:
    """None of these files has this tag. Raises UploadNotFound when there is none of them."""
    gone = rules.key(tag)
    _change(ctx, owner, upload_ids, lambda before: {key: name for key, name in before.items() if key != gone})


def _change(ctx: Context, owner: str, upload_ids: Sequence[str], becomes: Callable[[_Tags], _Tags]) -> list[Upload]:
    """The rows as they are afterwards: of those that get other tags, the audit log says so, and whoever shows them hears of it."""
    ids = [one for one in upload_ids if inputs.is_name(one)]
    with ctx.db.write() as session:
        found = [
            row for row in moving.locked(session, ids).values() if owner and row.owner == owner and row.state in KEPT
        ]
        if not found:
            raise UploadNotFound
        before = _tags_of(session, [row.id for row in found])
        changed = [row for row in found if _write(session, row.id, before.get(row.id, {}), becomes)]
        if changed:
            touched = update(Upload).where(col(Upload.id).in_([row.id for row in changed]))
            now = ctx.clock.now()
            session.exec(touched.values(updated_at=now).execution_options(synchronize_session=False))
            entries.write(ctx, session, changed, entries.TAGGED)
            for row in changed:
                row.updated_at = now
    rows.tell(ctx, changed)
    return found


def _write(session: Session, upload_id: str, before: _Tags, becomes: Callable[[_Tags], _Tags]) -> bool:
    after = becomes(before)
    if after == before:
        return False
    session.exec(delete(Tag).where(col(Tag.upload_id) == upload_id))
    if after:
        values = [{"upload_id": upload_id, "key": key, "name": name} for key, name in after.items()]
        session.connection().execute(insert(Tag), values)
    return True


def _tags_of(session: Session, upload_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for tag in session.exec(select(Tag).where(col(Tag.upload_id).in_(upload_ids)).order_by(col(Tag.key))):
        found.setdefault(tag.upload_id, {})[tag.key] = tag.name
    return found


def with_tags(ctx: Context, owner: str, views: Sequence[UploadView]) -> list[UploadView]:
    """These of the owner's uploads with their tags. Whoever sends one by a drop link of somebody else's sees none: `by_link` without a link of its own."""
    own = [one.id for one in views if one.share_token]
    if not owner or not own:
        return list(views)
    with ctx.db.read() as session:
        found = _tags_of(session, own)
    return [replace(one, tags=list(found[one.id].values())) if one.id in found else one for one in views]


def tags_of_all(ctx: Context, owner: str) -> list[TagCount]:
    """All tags that files of this owner have, in their order; each as one of them has it."""
    if not owner:
        return []
    statement = (
        select(func.min(Tag.name), func.count())
        .join(Upload, col(Upload.id) == col(Tag.upload_id))
        .where(col(Upload.owner) == owner, col(Upload.state) != CANCELLED)
        .group_by(col(Tag.key))
        .order_by(col(Tag.key))
    )
    with ctx.db.read() as session:
        return [TagCount(name, count) for name, count in session.exec(statement)]
