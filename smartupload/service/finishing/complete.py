"""How an upload ends: every part checked, the object made, and its checksum held against the parts' digests.

Another process may do the same at the same moment. So the row is claimed before the store is changed, what one has
finished is never taken for a fault, and nothing is deleted before the row says that nobody needs it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

import structlog

from smartupload.errors import (
    NOTHING_KEPT,
    ChecksumMismatch,
    MultipartGone,
    PartsMissing,
    StoreRefused,
    StoreUnavailable,
)
from smartupload.models import CANCELLED, EXPIRED, FAILED, OPEN, READY, SCANNING, VERIFYING, Part, Upload
from smartupload.ports import SINGLE_PUT, FinishedPart, StoredPart
from smartupload.service.context import Context
from smartupload.service.files import checksums
from smartupload.service.finishing import backlog
from smartupload.service.parts import collect, received, reopen, versions
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import rows, states
from smartupload.service.records.moving import Only, Wish
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.service")

MAX_MISMATCHES = 3
"""After so many objects that were not what was sent, sending again is no help."""
MEANWHILE = timedelta(seconds=60)
"""So long after somebody else has begun to make the object, what the store refuses may be the other's doing."""
_ROUNDS = 3
"""A part may be sent again while the object is made. So often the parts are listed anew in one call."""
DONE = (SCANNING, READY)
"""There is nothing left to complete."""
_ABOUT_PARTS = {
    "BadDigest", "EntityTooSmall", "InvalidDigest", "InvalidPart", "InvalidPartOrder", "XAmzContentChecksumMismatch",
}  # fmt: skip
"""What a store refuses to make an object of its parts with. Any other refusal says nothing about what it holds."""


def complete_upload(ctx: Context, owner: str, upload_id: str, patience: float = 0) -> UploadView:
    """Make the file of an upload whose parts have all arrived, and have it finished; calling it again changes nothing.

    `patience`: seconds to wait for the finishing, so that a small file is ready in the answer.

    Raises UploadNotFound, UploadNotOpen, StoreUnavailable, and PartsMissing with `missing` (numbers) and `epoch`: also
    when parts are of another version than most, or the store has lost or spoiled what it had; of everything, the epoch
    is a new one then. ChecksumMismatch
    after three spoiled objects; the upload has failed then.
    """
    row = made(ctx, owner, upload_id)
    if row.state == SCANNING and ctx.finisher is not None:
        ctx.finisher.start(row.id, row.epoch)
        if patience:
            ctx.finisher.wait(row.id, row.epoch, patience)
        row = rows.reload(ctx, row)
    return view(ctx, row, owner)


def made(ctx: Context, owner: str, upload_id: str) -> Upload:
    """The same without the finishing, which nobody is told of yet."""
    with ctx.locks.of(upload_id):
        row = rows.load(ctx, owner, upload_id)
        if row.state in DONE:
            return row
        if row.state not in OPEN:
            raise rows.not_open(row)
        return _finish(ctx, row)


def _finish(ctx: Context, row: Upload) -> Upload:
    mine, alone = False, True
    for _ in range(_ROUNDS):
        if not mine:
            alone = row.state != VERIFYING or ctx.clock.now() - row.moved_at >= MEANWHILE
        signed = rows.digests(ctx, row)
        try:
            uncopied = collect.collect(ctx, row).uncopied
            stored = received.multipart_parts(ctx, row, signed)
        except MultipartGone:
            return _after_gone(ctx, row)
        missing = lacking(row, stored, signed)
        if missing:
            if rows.is_over(ctx, row):
                return as_left(ctx, row)  # whoever ended it has dropped what was signed
            _ask_for_uncopied(ctx, row, uncopied & missing)
            raise PartsMissing(missing=sorted(missing), epoch=row.epoch)
        parts = [FinishedPart(part.number, part.etag, signed[part.number].sha256) for part in stored]
        claimed = _claim(ctx, row, signed)
        if claimed is None:
            if rows.is_over(ctx, row):
                return as_left(ctx, row)
            row = rows.reload(ctx, row)
            continue
        row, mine = claimed, True
        try:
            return _judge(ctx, row, checksum_of(ctx, row, parts, stored))
        except MultipartGone:
            return _after_gone(ctx, row)
        except StoreRefused as refused:
            log.warning("store refused to complete", upload=row.id, code=refused.code, part=refused.part)
            reason = refused
        # Somebody else may have made it, or sent a part again: under a key of its own each copy has another ETag.
        found = ctx.store.head(row.key)
        if found is not None and found.checksum is not None and checksums.is_whole(row, found):
            return _judge(ctx, row, found.checksum)
        try:
            if received.multipart_parts(ctx, row, signed) == stored:
                return _refused(ctx, row, reason, signed, alone)
        except MultipartGone:
            return _after_gone(ctx, row)
    raise StoreUnavailable


def lacking(row: Upload, stored: Iterable[StoredPart], signed: Mapping[int, Part]) -> set[int]:
    """Which parts are not there, or of another version than most."""
    return set(range(1, row.part_count + 1)) - versions.vouched(signed[part.number] for part in stored)


def claim(row: Upload, signed: Mapping[int, Part]) -> Wish:
    """That the row is now to become the object of what is signed; not when it, or what is signed, is no longer as it was seen."""
    parts = [signed[number] for number in sorted(signed)]
    checksum, names = checksums.composite([part.sha256 for part in parts]), versions.of_all(parts)
    return Wish(row, {"checksum": checksum, "versions": names}, signed)


AS_SEEN, AS_CLAIMED = Only(as_seen=True), Only(as_claimed=True)
"""Under which a row is claimed, and under which it is said to be whole."""


def _claim(ctx: Context, row: Upload, signed: Mapping[int, Part]) -> Upload | None:
    (claimed,) = rows.move_all(ctx, states.CLAIM, [claim(row, signed)], AS_SEEN)
    return claimed


def _ask_for_uncopied(ctx: Context, row: Upload, uncopied: Collection[int]) -> None:
    """What lies there as a part object and cannot be copied counts as arrived: from now on it does not."""
    if uncopied:
        rows.forget(ctx, row, uncopied)
    for number in uncopied:
        ctx.store.delete(received.part_key(row, number))


def checksum_of(ctx: Context, row: Upload, parts: Sequence[FinishedPart], stored: Sequence[StoredPart]) -> str | None:
    """Make the object; the store's checksum of it, if it has said one: of what was sent with one PUT that was the list of its parts."""
    checksum = ctx.store.complete_multipart(row.key, row.multipart_id, parts)
    return stored[0].sha256 if checksum is None and row.multipart_id == SINGLE_PUT else checksum


def is_whole(ctx: Context, row: Upload, checksum: str | None) -> bool:
    """Whether the store's checksum of the whole object is the one that the parts' digests give."""
    if checksum is None:
        found = ctx.store.head(row.key)
        if found is None or found.size != row.size:
            return False
        # A store that keeps no composite checksum has still verified each part against its signed digest.
        checksum = found.checksum or row.checksum
    if checksum is None or not checksums.agree(row, checksum):
        log.warning("checksum mismatch", upload=row.id, expected=row.checksum, got=checksum)
        return False
    return True


def make(ctx: Context, row: Upload) -> Wish:
    """That the claimed row is whole, and in quarantine until it is finished."""
    now = ctx.clock.now()
    asked = backlog.named(ctx.hooks.judges) if ctx.hooks is not None else ""
    return Wish(row, {"confirmed_bytes": row.size, "completed_at": now, "due_at": now, "asked": asked, **NOTHING_KEPT})


def _judge(ctx: Context, row: Upload, checksum: str | None) -> Upload:
    if not is_whole(ctx, row, checksum):
        return spoiled(ctx, row)
    (whole,) = rows.move_all(ctx, states.MAKE, [make(ctx, row)], AS_CLAIMED, drop_parts=True)
    if whole is None:
        return as_left(ctx, row)
    collect.clear_or_leave(ctx, whole)
    return whole


def _after_gone(ctx: Context, row: Upload) -> Upload:
    """The store says NoSuchUpload: it finished earlier and the answer was lost, or it lost the parts."""
    now = rows.reload(ctx, row)
    if now.state not in OPEN or now.epoch != row.epoch:
        return as_left(ctx, row)
    signed = rows.digests(ctx, now)
    found = ctx.store.head(now.key)
    if found is None:
        log.warning("multipart upload vanished", upload=now.id, epoch=now.epoch)
        return _all_missing(ctx, reopen.open_anew(ctx, now, mismatches=now.mismatches))
    is_all_there = len(signed) == now.part_count and all(versions.of(part) for part in signed.values())
    claimed = _claim(ctx, now, signed) if is_all_there else now
    if claimed is None:
        return as_left(ctx, now)
    if claimed.checksum is None or found.size != now.size:
        return spoiled(ctx, claimed)
    return _judge(ctx, claimed, found.checksum)


def _refused(ctx: Context, row: Upload, refused: StoreRefused, signed: Mapping[int, Part], alone: bool) -> Upload:
    """The store holds what it lists and makes no object of it. That costs the part that it names, else everything."""
    if refused.code not in _ABOUT_PARTS:
        log.error("the store makes no object, and it is not for its parts", upload=row.id, code=refused.code)
        raise StoreUnavailable from refused
    if not alone:
        raise StoreUnavailable from refused
    if refused.part is None or refused.part not in signed or row.mismatches:
        return spoiled(ctx, row)
    wrong = [refused.part]
    again = rows.move(
        ctx, row, states.RETURN, as_claimed=True, forgotten=wrong, checksum=None, versions=None, mismatches=1
    )
    if again is None:
        return as_left(ctx, row)
    raise PartsMissing(Sentence("problem-parts_missing-wrong"), missing=wrong, epoch=row.epoch)


def spoiled(ctx: Context, row: Upload) -> Upload:
    """Nothing right can be made of what is there: everything is asked for again, three times at most."""
    if row.mismatches + 1 < MAX_MISMATCHES:
        return _all_missing(ctx, reopen.open_anew(ctx, row, mismatches=row.mismatches + 1))
    failed = rows.move(
        ctx,
        row,
        states.GIVE_UP,
        drop_parts=True,
        mismatches=row.mismatches + 1,
        **ChecksumMismatch().kept(),
    )
    if failed is None:
        return as_left(ctx, row)
    reopen.discard(ctx, row)
    raise ChecksumMismatch(epoch=failed.epoch)


def _all_missing(ctx: Context, row: Upload) -> Upload:
    if row.state not in OPEN:
        return as_left(ctx, row)
    raise PartsMissing(
        Sentence("problem-parts_missing-spoiled"),
        missing=list(range(1, row.part_count + 1)),
        epoch=row.epoch,
    )


def as_left(ctx: Context, row: Upload) -> Upload:
    """Somebody else changed the upload meanwhile: their result stands."""
    now = rows.reload(ctx, row)
    if now.epoch != row.epoch or now.state in (CANCELLED, EXPIRED, FAILED):
        reopen.discard(ctx, row)  # made for an epoch that is over: nobody else will look for it
    if now.state in DONE:
        return now
    if now.state in OPEN and now.epoch == row.epoch:
        raise StoreUnavailable  # something was signed anew just now: the next call sees what became of it
    return _all_missing(ctx, now) if now.state in OPEN else _not_open(now)


def _not_open(row: Upload) -> Upload:
    raise rows.not_open(row)
