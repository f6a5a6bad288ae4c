"""How the downloads that a link is good for are counted down: once for each visitor, and never more than are left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlmodel import col, select

from smartupload.errors import LinkUsedUp
from smartupload.models import GroupLink, Upload
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.links import lookup, visitors
from smartupload.service.links.visitors import NOBODY, Visitor


class NoClick(Exception):
    """Nobody has asked for the file: a limited link gives nothing to what looks at it on behalf of others."""


def take_one(ctx: Context, row: Upload | GroupLink, visitor: Visitor, said: Mapping[str, Any]) -> None:
    """Count one download down, if the link still is as it was seen and one is left; none for a visitor who took one before.

    `said`: what the audit log says of it besides. Raises what `lookup.opened` raises.
    """
    table: Any = GroupLink if isinstance(row, GroupLink) else Upload
    its = (col(table.id) == row.id, col(table.share_token) == row.share_token, col(table.link_revoked).is_(False))
    statement = (
        update(table)
        .where(*its, col(table.link_downloads_left) > 0)
        .values(link_downloads_left=col(table.link_downloads_left) - 1)
        .execution_options(synchronize_session=False)
    )
    with ctx.db.write() as session:
        # Locked: of two requests of one visitor at the same moment the second sees that the first has taken one.
        is_open = session.exec(select(table.id).where(*its).with_for_update()).first() is not None
        again = is_open and visitors.has_taken(ctx, session, row, visitor)
        taken = again or cast("CursorResult[Any]", session.exec(statement)).rowcount == 1
        if taken and not again:
            visitors.note(ctx, session, row, visitor)
        if taken:
            upload_id = row.id if isinstance(row, Upload) else ""
            entries.note(ctx, entries.DOWNLOADED, said, owner=row.owner, upload_id=upload_id, session=session)
    if taken:
        ctx.live.changed(row.owner)
        return
    opened = lookup.opened_group if isinstance(row, GroupLink) else lookup.opened
    if opened(ctx, row.share_token, NOBODY).link_downloads_left is not None:
        raise LinkUsedUp
