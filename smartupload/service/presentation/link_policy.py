"""Whether a link leads anybody but its owner to the file, or the files of a group, now."""

from __future__ import annotations

from smartupload.errors import LinkExpired, LinkRevoked, LinkUsedUp, Problem
from smartupload.models import GroupLink, Upload
from smartupload.service.context import Context


def refusal(ctx: Context, row: Upload | GroupLink) -> Problem | None:
    """Why it does not, None when it does."""
    if row.link_revoked:
        return LinkRevoked()
    if row.link_until is not None and row.link_until <= ctx.clock.now():
        return LinkExpired()
    if row.link_downloads_left == 0:
        return LinkUsedUp()
    return None
