"""How part objects become parts: copied into the multipart upload, then deleted, and never left behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from smartupload.errors import Problem, StoreFault, StoreRefused
from smartupload.models import Part, Upload
from smartupload.service.context import Context
from smartupload.service.parts import received
from smartupload.service.parts.received import PartObject
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

COPIES = 4
"""At once: a copy waits for the store, and more of them would take the line from those who are sending."""


def collect(ctx: Context, row: Upload, limit: int | None = None) -> int:
    """Move what arrived as part objects into the multipart upload, `limit` of them at most; how many are gone from there.

    Doing it twice, or at the same time in two processes, is harmless: a part object is deleted only when its part is
    there, or when it can never be one. One that the store does not copy stays. Raises MultipartGone, StoreUnavailable.
    """
    objects = [item for item in received.part_objects(ctx, row) if item.epoch <= row.epoch]
    if not objects:
        return 0
    objects = sorted(objects, key=lambda item: item.number)[:limit]
    numbers = [item.number for item in objects]
    signed = rows.digests(ctx, row)
    there = {part.number for part in received.multipart_parts(ctx, row, numbers[0], numbers[-1])}

    def move(item: PartObject) -> bool:
        if _needed(ctx, row, item, signed.get(item.number), item.number in there) and not _copy(ctx, row, item):
            return False
        ctx.store.delete(item.stored.key)
        return True

    return sum(_each(objects, move))


def clear(ctx: Context, row: Upload) -> None:
    """Delete all part objects up to the row's epoch. Raises StoreFault, StoreUnavailable."""
    left = [item for item in received.part_objects(ctx, row) if item.epoch <= row.epoch]
    _each(left, lambda item: ctx.store.delete(item.stored.key))


def clear_or_leave(ctx: Context, row: Upload) -> None:
    """The same, but what cannot be deleted now is left to the sweep."""
    try:
        clear(ctx, row)
    except (StoreFault, Problem) as fault:
        log.warning("part objects stay for now", upload=row.id, cause=str(fault))


def _needed(ctx: Context, row: Upload, item: PartObject, signed: Part | None, there: bool) -> bool:
    if item.epoch != row.epoch or signed is None or not received.fits(row, item.number, item.stored.size):
        return False
    if not signed.ambiguous:
        return not there
    # Other bytes were signed for this number before: only what was signed last may take its place.
    found = ctx.store.head(item.stored.key)
    return found is not None and found.checksum in (signed.sha256, None)


def _copy(ctx: Context, row: Upload, item: PartObject) -> bool:
    try:
        ctx.store.copy_part(row.key, row.multipart_id, item.number, item.stored)
    except StoreRefused as refused:
        if refused.code == "NoSuchKey":
            return True  # somebody else was faster
        log.warning("part object not copied", upload=row.id, number=item.number, code=refused.code)
        return False
    return True


def _each(items: Sequence[PartObject], act: Callable[[PartObject], Any]) -> list[Any]:
    if not items:
        return []
    with ThreadPoolExecutor(min(COPIES, len(items)), "collect") as pool:
        futures = [pool.submit(act, item) for item in items]
        try:
            return [future.result() for future in futures]
        except BaseException:
            for future in futures:
                future.cancel()
            raise
