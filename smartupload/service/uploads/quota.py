"""How much an owner may still send: what is on its way and what is kept counts against the quota."""

from __future__ import annotations

from sqlmodel import Session

from smartupload.errors import OwnerQuotaExceeded
from smartupload.models import Usage
from smartupload.service.context import Context
from smartupload.service.files.sizes import size_text


class Room:
    """What is left of an owner's quota, in bytes; without a quota it takes any file."""

    def __init__(self, quota: int | None, used: int) -> None:
        self._quota, self._used = quota, used

    def take(self, size: int) -> None:
        """A file takes so much of it. Raises OwnerQuotaExceeded when it does not fit."""
        quota, used = self._quota, self._used
        if quota is not None and used + size > quota:
            raise OwnerQuotaExceeded(
                f"This file needs {size_text(size)}, but only {size_text(max(0, quota - used))} of your "
                f"{size_text(quota)} here are free. Delete files you no longer need, then try again.",
                quota=quota,
                used=used,
            )
        self._used += size


def hold(ctx: Context, session: Session, owner: str) -> None:
    """The owner's creations queue up to the end of the transaction, or two could pass one check."""
    if ctx.settings.owner_quota is not None:
        ctx.db.hold(session, owner)


def room(ctx: Context, session: Session, owner: str) -> Room:
    """What is left now."""
    quota = ctx.settings.owner_quota
    if quota is None:
        return Room(None, 0)
    usage = session.get(Usage, owner)
    return Room(quota, usage.bytes if usage is not None else 0)
