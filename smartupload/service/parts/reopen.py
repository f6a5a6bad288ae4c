"""How an upload is opened anew in the next epoch: the store has lost or spoiled what it had, or other bytes take its place."""

from __future__ import annotations

import contextlib

import structlog

from smartupload.errors import StoreFault, StoreUnavailable
from smartupload.models import Upload
from smartupload.ports import SINGLE_PUT
from smartupload.service.context import Context
from smartupload.service.files import object_keys
from smartupload.service.parts import collect, multipart
from smartupload.service.records import rows, states

log = structlog.get_logger("smartupload.service")


def vanished(ctx: Context, row: Upload) -> tuple[Upload, bool]:
    """For a multipart upload the store does not know: the row, and whether the whole object is there.

    It is there when the store finished an upload and the answer was lost. Otherwise the row comes back in its
    next epoch.
    """
    found = ctx.store.head(row.key)
    if found is not None and found.size == row.size:
        return row, True
    log.warning("multipart upload vanished", upload=row.id, epoch=row.epoch)
    return open_anew(ctx, row, mismatches=row.mismatches), False


def open_anew(ctx: Context, row: Upload, mismatches: int) -> Upload:
    """The row in its next epoch, with nothing confirmed. When somebody else was faster: the row as they left it."""
    return try_to_open_anew(ctx, row, mismatches) or rows.reload(ctx, row)


def try_to_open_anew(ctx: Context, row: Upload, mismatches: int) -> Upload | None:
    """The row in its next epoch, with nothing confirmed; None when somebody else was faster.

    What the epoch that is left has in the store is deleted then; forms that arrive later are, when somebody looks.
    """
    epoch = row.epoch + 1
    key = object_keys.key_in(row, epoch)
    multipart_id = multipart.open_in_store(ctx, key, row.type, row.part_count)
    changed = rows.move(
        ctx,
        row,
        states.REOPEN,
        drop_parts=True,
        epoch=epoch,
        key=key,
        multipart_id=multipart_id,
        mismatches=mismatches,
        checksum=None,
        versions=None,
        confirmed_bytes=0,
        counted_at=ctx.clock.now(),
        # Nothing refuses a PUT of the epoch that is left, so it is not forgotten when the last one was signed.
        signed_at=row.signed_at if row.multipart_id == SINGLE_PUT else None,
    )
    if changed is None:
        with contextlib.suppress(StoreFault, StoreUnavailable):
            ctx.store.abort_multipart(key, multipart_id)
        return None
    discard(ctx, row)
    return changed


def discard(ctx: Context, row: Upload) -> None:
    """Delete what the row's epoch has in the store: only once the upload is in another one, or has ended without a file.

    What cannot be deleted now goes with the upload.
    """
    with contextlib.suppress(StoreFault, StoreUnavailable):
        ctx.store.abort_multipart(row.key, row.multipart_id)
        ctx.store.delete(row.key)
    collect.clear_or_leave(ctx, row)
