"""How many small files are completed in one call: the store is asked for several at once, and what is plain is written in two transactions.

Plain is a file that was sent with one PUT, of which nothing was handed over and nobody else makes anything. Whatever is
not, or turns out to be otherwise in the meantime, goes the way of one upload alone (complete).
"""

from __future__ import annotations

from collections.abc import Sequence

from smartupload.errors import MultipartGone, PartsMissing, Problem
from smartupload.models import SCANNING, SENDING, Upload
from smartupload.ports import SINGLE_PUT, FinishedPart, StoredPart
from smartupload.service import batches
from smartupload.service.context import Context
from smartupload.service.finishing import complete
from smartupload.service.parts import collect, received
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import rows, states


def complete_uploads(ctx: Context, owner: str, ids: Sequence[str]) -> list[UploadView | Problem]:
    """For each upload what complete.complete_upload answers, or the problem that it raises.

    Nobody waits here until they are ready, which whoever has many hears by the stream of events: a hundred of them
    would hold a thread for as long as the slowest takes.
    """
    asked = list(dict.fromkeys(ids))
    found = rows.load_all(ctx, owner, asked)
    answers = _made(ctx, [row for row in found.values() if _is_plain(row)])
    answers |= {row.id: row for row in found.values() if row.state in complete.DONE}
    alone = [upload_id for upload_id in asked if upload_id not in answers]
    others = batches.at_once(
        alone, lambda upload_id: batches.answer(lambda: complete.made(ctx, owner, upload_id)), _ALONE
    )
    answers |= dict(zip(alone, others, strict=True))
    now = _started(ctx, owner, [row for row in answers.values() if isinstance(row, Upload) and row.state == SCANNING])
    answers |= now
    return [row if isinstance(row, Problem) else view(ctx, row) for row in (answers[upload_id] for upload_id in ids)]


_ALONE = 4
"""Of those that go alone: each may make an object of thousands of parts."""


def _is_plain(row: Upload) -> bool:
    return row.multipart_id == SINGLE_PUT and row.state in SENDING and row.handed_over_at is None


def _started(ctx: Context, owner: str, waiting: Sequence[Upload]) -> dict[str, Upload]:
    """Have them finished; as they are then."""
    if ctx.finisher is None or not waiting:
        return {}
    for row in waiting:
        ctx.finisher.start(row.id, row.epoch)
    return rows.load_all(ctx, owner, [row.id for row in waiting])


def _made(ctx: Context, plain: Sequence[Upload]) -> dict[str, Upload | Problem]:
    """What became of those that are still plain, by upload; the others are not in it."""
    if not plain:
        return {}
    signed = rows.digests_of_all(ctx, plain)

    def listed(row: Upload) -> list[StoredPart] | None:
        try:
            return received.multipart_parts(ctx, row, signed[row.id])
        except MultipartGone:
            return None

    answers: dict[str, Upload | Problem] = {}
    stored: dict[str, list[StoredPart]] = {}
    for row, parts in zip(plain, batches.at_once(plain, lambda row: batches.answer(lambda: listed(row))), strict=True):
        if isinstance(parts, Problem):
            answers[row.id] = parts
        elif parts is not None:
            missing = complete.lacking(row, parts, signed[row.id])
            if missing:
                answers[row.id] = PartsMissing(missing=sorted(missing), epoch=row.epoch)
            else:
                stored[row.id] = parts
    wishes = [complete.claim(row, signed[row.id]) for row in plain if row.id in stored]
    claimed = [row for row in rows.move_all(ctx, states.CLAIM, wishes, complete.AS_SEEN) if row is not None]

    def whole(row: Upload) -> bool:
        parts = [FinishedPart(part.number, part.etag, signed[row.id][part.number].sha256) for part in stored[row.id]]
        return complete.is_whole(ctx, row, complete.checksum_of(ctx, row, parts, stored[row.id]))

    # Where the store has listed the digests it has nothing more to say.
    threads = batches.AT_ONCE if any(part.sha256 is None for parts in stored.values() for part in parts) else 1
    judged = batches.at_once(claimed, lambda row: batches.answer(lambda: whole(row)), threads)
    good = [row for row, is_whole in zip(claimed, judged, strict=True) if is_whole is True]
    for row, is_whole in zip(claimed, judged, strict=True):
        if isinstance(is_whole, Problem):
            answers[row.id] = is_whole
        elif not is_whole:
            answers[row.id] = batches.answer(lambda row=row: complete.spoiled(ctx, row))
    made = rows.move_all(
        ctx, states.MAKE, [complete.make(ctx, row) for row in good], complete.AS_CLAIMED, drop_parts=True
    )
    for row, done in zip(good, made, strict=True):
        if done is None:
            answers[row.id] = batches.answer(lambda row=row: complete.as_left(ctx, row))
        else:
            collect.clear_or_leave(ctx, done)
            answers[row.id] = done
    return answers
