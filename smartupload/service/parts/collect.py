"""How part objects become parts: copied into the multipart upload, then deleted, and never left behind."""

from __future__ import annotations

from typing import NamedTuple

import structlog

from smartupload.errors import Problem, StoreFault, StoreRefused
from smartupload.models import Upload
from smartupload.service import batches
from smartupload.service.context import Context
from smartupload.service.parts import received
from smartupload.service.parts.received import PartObject
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

COPIES = 4
"""At once: a copy waits for the store, and more of them would take the line from those who are sending."""


class Collected(NamedTuple):
    """How many part objects are gone, and which parts the store did not copy."""

    gone: int
    uncopied: set[int]


def collect(ctx: Context, row: Upload, limit: int | None = None) -> Collected:
    """Move what arrived as part objects into the multipart upload, `limit` of them at most.

    Doing it twice, or at the same time in two processes, is harmless: a part object is deleted only when its part is
    there, or when it can never be one. One that the store does not copy stays. Raises MultipartGone, StoreUnavailable.
    """
    objects = [item for item in received.part_objects(ctx, row) if item.epoch <= row.epoch]
    objects = sorted(objects, key=lambda item: item.number)[:limit]
    signed = rows.digests(ctx, row, [item.number for item in objects]) if objects else {}

    def move(item: PartObject) -> bool:
        wanted = item.epoch == row.epoch and item.number in signed
        if wanted and received.fits(row, item.number, item.stored.size) and not _copy(ctx, row, item):
            return False
        ctx.store.delete(item.stored.key)
        return True

    moved = list(zip(objects, batches.at_once(objects, move, COPIES), strict=True))
    return Collected(sum(gone for _, gone in moved), {item.number for item, gone in moved if not gone})


def clear(ctx: Context, row: Upload) -> None:
    """Delete all part objects up to the row's epoch. Raises StoreFault, StoreUnavailable."""
    left = [item for item in received.part_objects(ctx, row) if item.epoch <= row.epoch]
    batches.at_once(left, lambda item: ctx.store.delete(item.stored.key), COPIES)


def clear_or_leave(ctx: Context, row: Upload) -> None:
    """The same, but what cannot be deleted now is left to the sweep."""
    try:
        clear(ctx, row)
    except (StoreFault, Problem) as fault:
        log.warning("part objects stay for now", upload=row.id, cause=str(fault))


def _copy(ctx: Context, row: Upload, item: PartObject) -> bool:
    try:
        ctx.store.copy_part(row.key, row.multipart_id, item.number, item.stored)
    except StoreRefused as refused:
        if refused.code == "NoSuchKey":
            return True  # somebody else was faster
        log.warning("part object not copied", upload=row.id, number=item.number, code=refused.code)
        return False
    return True
