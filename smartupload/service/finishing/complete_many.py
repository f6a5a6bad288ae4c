"""How many small files are completed in one call: the store is asked for several at once, and what is plain is written in one transaction.

Plain is a file that was sent with one PUT, of which nothing was handed over and nobody else makes anything. Whatever is
not, or turns out to be otherwise in the meantime, goes the way of one upload alone (complete).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartupload.errors import MultipartGone, Problem
from smartupload.models import SCANNING, SENDING, Part, Upload
from smartupload.ports import SINGLE_PUT
from smartupload.service import batches
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, complete
from smartupload.service.parts import collect, received
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import moving, rows, states


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
    scanning = [row for row in answers.values() if isinstance(row, Upload) and row.state == SCANNING]
    answers |= _started(ctx, owner, scanning)
    return [row if isinstance(row, Problem) else view(ctx, row) for row in (answers[upload_id] for upload_id in ids)]


_ALONE = 4
"""Of those that go alone: each may make an object of thousands of parts."""


def _is_plain(row: Upload) -> bool:
    return row.multipart_id == SINGLE_PUT and row.state in SENDING and row.handed_over_at is None


def _started(ctx: Context, owner: str, waiting: Sequence[Upload]) -> dict[str, Upload]:
    """Have them finished; those that are already, as they are then."""
    if ctx.finisher is None or not waiting:
        return {}
    for row in waiting:
        ctx.finisher.start(row.id, row.epoch)
    ids = {row.id for row in waiting}
    over = ids - backlog.waiting(ctx, ids)
    return rows.load_all(ctx, owner, over)


def _made(ctx: Context, plain: Sequence[Upload]) -> dict[str, Upload | Problem]:
    """What became of those that are still plain, by upload; the others are not in it.

    Nothing is made in the store, so each is claimed and said to be whole in one transaction.
    """
    if not plain:
        return {}
    signed = rows.digests_of_all(ctx, plain)
    looked = batches.at_once(plain, lambda row: batches.answer(lambda: _is_whole(ctx, row, signed[row.id])))
    answers: dict[str, Upload | Problem] = {
        row.id: found for row, found in zip(plain, looked, strict=True) if isinstance(found, Problem)
    }
    whole = [complete.claim(row, signed[row.id]) for row, found in zip(plain, looked, strict=True) if found is True]
    if not whole:
        return answers
    with ctx.db.write() as session:
        found = moving.locked(session, [wish.row.id for wish in whole])
        claimed = rows.moved(ctx, session, states.CLAIM, whole, complete.AS_SEEN, found=found)
        wishes = [complete.make(ctx, row) for row in claimed if row is not None]
        made = rows.moved(ctx, session, states.MAKE, wishes, complete.AS_CLAIMED, drop_parts=True, found=found)
    done = [row for row in made if row is not None]
    rows.tell(ctx, [*done, *(wish.row for wish in whole)])
    for row in done:
        collect.clear_or_leave(ctx, row)
    return answers | {row.id: row for row in done}


def _is_whole(ctx: Context, row: Upload, signed: Mapping[int, Part]) -> bool:
    """Whether all of it is there, and is what was signed; whoever goes alone finds out what else is."""
    try:
        parts = received.multipart_parts(ctx, row, signed)
    except MultipartGone:
        return False
    if complete.lacking(row, parts, signed):
        return False
    (part,) = parts
    if part.sha256 is not None:
        return True
    # Whatever comes there after this look is the same bytes: the epoch has one digest, and the transaction holds that it still is.
    found = ctx.store.head(row.key)
    return found is not None and found.size == row.size and found.checksum in (None, signed[part.number].sha256)
