"""How many small files are completed in one call: the store is asked for several at once, and what is plain is written in one transaction.

Plain is a file that was sent with one PUT, of which nobody else makes anything. Whatever is not, or turns out to be otherwise
in the meantime, goes the way of one upload alone (complete). Where nobody scans, what is plain is ready in the same transaction:
what the store is asked for shows its type as well, which is all that finishing would do. What a browser that was to send it, too,
has sent by then is deleted like what it may still send: by the sweep (late_parts).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartupload.errors import Problem
from smartupload.models import SCANNING, SENDING, Part, Upload
from smartupload.ports import SINGLE_PUT, StoredPart
from smartupload.service import batches
from smartupload.service.context import Context
from smartupload.service.files import checksums, kinds
from smartupload.service.finishing import backlog, complete, finish
from smartupload.service.parts import received
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import moving, rows, states
from smartupload.service.records.moving import Wish


def complete_uploads(ctx: Context, owner: str, ids: Sequence[str]) -> list[UploadView | Problem]:
    """For each upload what complete.complete_upload answers, or the problem that it raises.

    Nobody waits here until others are ready, which whoever has many hears by the stream of events: a hundred of them
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
    return [
        row if isinstance(row, Problem) else view(ctx, row, owner) for row in (answers[upload_id] for upload_id in ids)
    ]


_ALONE = 4
"""Of those that go alone: each may make an object of thousands of parts."""


def _is_plain(row: Upload) -> bool:
    return row.multipart_id == SINGLE_PUT and row.state in SENDING


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
    looked = batches.at_once(plain, lambda row: batches.answer(lambda: _look(ctx, row, signed[row.id])))
    found = {row.id: seen for row, seen in zip(plain, looked, strict=True)}
    answers: dict[str, Upload | Problem] = {name: seen for name, seen in found.items() if isinstance(seen, Problem)}
    whole = {name: seen for name, seen in found.items() if isinstance(seen, _Whole)}
    if not whole:
        return answers
    claims = [complete.claim(row, signed[row.id]) for row in plain if row.id in whole]
    with ctx.db.write() as session:
        locked = moving.locked(session, whole)
        claimed = rows.moved(ctx, session, states.CLAIM, claims, complete.AS_SEEN, found=locked)
        wishes = [complete.make(ctx, row) for row in claimed if row is not None]
        made = rows.moved(ctx, session, states.MAKE, wishes, complete.AS_CLAIMED, drop_parts=True, found=locked)
        done = [row for row in made if row is not None]
        finished = _finished(ctx, done, whole)
        rows.moved(ctx, session, states.PUBLISH, finished, found=locked)
    rows.tell(ctx, [*done, *(wish.row for wish in claims)])
    finish.log_ready([wish.row for wish in finished])
    return answers | {row.id: row for row in done}


def _finished(ctx: Context, made: Sequence[Upload], seen: Mapping[str, _Whole]) -> list[Wish]:
    """Those for which nothing is left to do. What must not be given out is left to the finishing, which says why."""
    if ctx.finisher is None:
        return []
    found = [(row, seen[row.id].sniffed) for row in made if finish.is_all_known(ctx, row)]
    return [finish.passed(row, sniffed) for row, sniffed in found if sniffed is not None]


@dataclass(frozen=True, slots=True)
class _Whole:
    """All of it is there. The type that its first bytes show, or None when it is not one to be given out."""

    sniffed: str | None


READ = 256 * 1024
"""Bytes of a file that is read as a whole: stores say no checksum with a piece, and would have to be asked for it by a second request."""


def _look(ctx: Context, row: Upload, signed: Mapping[int, Part]) -> _Whole | None:
    """Whether all of it is there, and is what was signed; whoever goes alone finds out what else is."""
    wanted = row.size if row.size <= READ else kinds.wanted(row.size)
    start = ctx.store.peek(row.key, wanted)
    if start is None or len(start.first) != wanted:
        return None
    # Whatever comes there after this look is the same bytes: the epoch has one digest, and the transaction holds that it still is.
    size, checksum = start.object.size, start.object.checksum
    if len(start.first) == size:
        checksum = checksums.of_bytes(start.first)
    elif checksum is None:
        found = ctx.store.head(row.key)
        if found is None:
            return None
        size, checksum = found.size, found.checksum
    if complete.lacking(row, received.counting(row, signed, [StoredPart(1, size, "", checksum)]), signed):
        return None
    return _Whole(finish.sniffed(ctx, row, start.first))
