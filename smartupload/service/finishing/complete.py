"""How an upload ends: every part checked, the object made, and its checksum held against the parts' digests."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Mapping, Sequence

import structlog

from smartupload.errors import ChecksumMismatch, MultipartGone, PartsMissing, StoreFault, StoreRefused, StoreUnavailable
from smartupload.models import CANCELLED, EXPIRED, FAILED, OPEN, READY, SCANNING, VERIFYING, Part, Upload
from smartupload.ports import FinishedPart, StoredPart
from smartupload.service.context import Context
from smartupload.service.files import object_keys
from smartupload.service.parts import collect, received, reopen
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")

MAX_MISMATCHES = 3
"""After so many objects that were not what was sent, sending again is no help."""
_DONE = (SCANNING, READY)


def complete_upload(ctx: Context, owner: str, upload_id: str, patience: float = 0) -> UploadView:
    """Make the file of an upload whose parts have all arrived, and have it finished; calling it again changes nothing.

    `patience`: seconds to wait for the finishing, so that a small file is ready in the answer.

    Raises UploadNotFound, UploadNotOpen, StoreUnavailable, and PartsMissing with `missing` (numbers) and `epoch`:
    also when the store has lost or spoiled what it had, then everything is missing and the epoch is a new one.
    ChecksumMismatch after three spoiled objects; the upload has failed then.
    """
    with ctx.turns.of(upload_id):
        row = rows.load(ctx, owner, upload_id)
        if row.state not in _DONE:
            if row.state not in OPEN:
                raise rows.not_open(row)
            row = _finish(ctx, row)
    if row.state == SCANNING and ctx.finisher is not None:
        ctx.finisher.start(row.id, row.epoch)
        if patience:
            ctx.finisher.wait(row.id, row.epoch, patience)
        row = rows.reload(ctx, row)
    return view(ctx, row)


def composite_checksum(digests: Sequence[str]) -> str:
    """S3's composite SHA-256 of an object whose parts have these digests (base64): base64, then `-N`."""
    joined = b"".join(base64.b64decode(digest) for digest in digests)
    return base64.b64encode(hashlib.sha256(joined).digest()).decode() + f"-{len(digests)}"


def _finish(ctx: Context, row: Upload) -> Upload:
    signed = rows.digests(ctx, row)
    try:
        collect.collect(ctx, row)
        stored = received.multipart_parts(ctx, row)
    except MultipartGone:
        return _after_gone(ctx, row)
    parts = _finished_parts(stored, signed)
    missing = sorted(set(range(1, row.part_count + 1)) - parts.keys())
    if missing:
        raise PartsMissing(missing=missing, epoch=row.epoch)
    ordered = [parts[number] for number in sorted(parts)]
    expected = composite_checksum([part.sha256 for part in ordered])
    claimed = rows.change(ctx, row, OPEN, state=VERIFYING, checksum=expected)
    if claimed is None:
        return _as_left(ctx, row)
    row = claimed
    try:
        checksum = ctx.store.complete_multipart(row.key, row.multipart_id, ordered)
    except MultipartGone:
        return _after_gone(ctx, row)
    except StoreRefused as refused:
        log.warning("store refused to complete", upload=row.id, code=refused.code)
        return _spoiled(ctx, row)
    return _judge(ctx, row, checksum)


def _finished_parts(stored: Sequence[StoredPart], signed: Mapping[int, Part]) -> dict[int, FinishedPart]:
    finished: dict[int, FinishedPart] = {}
    for part in stored:
        # An ambiguous digest is tried as well: the store holds it against the bytes, and a wrong one is noticed.
        digest = part.sha256 or (signed[part.number].sha256 if part.number in signed else None)
        if digest:
            finished[part.number] = FinishedPart(part.number, part.etag, digest)
    return finished


def _judge(ctx: Context, row: Upload, checksum: str | None) -> Upload:
    """Whole when the store's checksum of the whole object is the one that the parts' digests give."""
    if checksum is None:
        found = ctx.store.head(row.key)
        if found is None or found.size != row.size:
            return _spoiled(ctx, row)
        # A store that keeps no composite checksum has still verified each part against its signed digest.
        checksum = found.checksum or row.checksum
    if not object_keys.same(checksum, row.checksum):
        log.warning("checksum mismatch", upload=row.id, expected=row.checksum, got=checksum)
        return _spoiled(ctx, row)
    whole = rows.change(
        ctx,
        row,
        OPEN,
        drop_parts=True,
        state=SCANNING,
        confirmed_bytes=row.size,
        completed_at=ctx.clock.now(),
        error_code=None,
        error_detail=None,
    )
    if whole is None:
        return _as_left(ctx, row)
    collect.clear_or_leave(ctx, whole)
    return whole


def _after_gone(ctx: Context, row: Upload) -> Upload:
    """The store says NoSuchUpload: it finished earlier and the answer was lost, or it lost the parts."""
    row = rows.reload(ctx, row)
    if row.state not in OPEN:
        return _as_left(ctx, row)
    if row.checksum is None:
        signed = rows.digests(ctx, row)
        if len(signed) == row.part_count:
            row.checksum = composite_checksum([signed[number].sha256 for number in sorted(signed)])
    found = ctx.store.head(row.key)
    if found is not None and found.size == row.size and row.checksum is not None:
        return _judge(ctx, row, found.checksum)
    row, _ = reopen.vanished(ctx, row)
    return _all_missing(ctx, row)


def _spoiled(ctx: Context, row: Upload) -> Upload:
    """The object is not what was sent: delete it and ask for everything again, three times at most."""
    with contextlib.suppress(StoreFault, StoreUnavailable):
        ctx.store.abort_multipart(row.key, row.multipart_id)
        ctx.store.delete(row.key)
        collect.clear(ctx, row)
    if row.mismatches + 1 < MAX_MISMATCHES:
        return _all_missing(ctx, reopen.open_anew(ctx, row, mismatches=row.mismatches + 1))
    failed = rows.change(
        ctx,
        row,
        OPEN,
        drop_parts=True,
        state=FAILED,
        mismatches=row.mismatches + 1,
        error_code=ChecksumMismatch.code,
        error_detail=ChecksumMismatch.sentence,
    )
    if failed is None:
        return _as_left(ctx, row)
    raise ChecksumMismatch(epoch=failed.epoch)


def _all_missing(ctx: Context, row: Upload) -> Upload:
    if row.state not in OPEN:
        return _as_left(ctx, row)
    raise PartsMissing(
        "The store lost or spoiled what it had of this file. It has to be sent again.",
        missing=list(range(1, row.part_count + 1)),
        epoch=row.epoch,
    )


def _as_left(ctx: Context, row: Upload) -> Upload:
    """Somebody else changed the upload meanwhile: their result stands."""
    row_now = rows.reload(ctx, row)
    if row_now.state in _DONE:
        return row_now
    if row_now.state in (CANCELLED, EXPIRED):
        with contextlib.suppress(StoreFault, StoreUnavailable):
            ctx.store.delete(row.key)
            collect.clear(ctx, row_now)
    if row_now.state in OPEN:
        return _all_missing(ctx, row_now)
    raise rows.not_open(row_now)
