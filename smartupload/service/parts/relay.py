"""Whether a part may be sent through the app itself, and what becomes of it: what is signed for a browser holds for it here, too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from smartupload.errors import (
    InvalidRequest,
    MultipartGone,
    NotFound,
    PartOutOfRange,
    PartSizeMismatch,
    StoreFault,
    UploadPaused,
)
from smartupload.models import PAUSED, Upload
from smartupload.ports import Taken
from smartupload.service.context import Context
from smartupload.service.files import limits
from smartupload.service.records import rows, states
from smartupload.words import Sentence

_STILL_FRESH = timedelta(minutes=30)
"""So long a part that begins leaves the row as it is, which saves a transaction. Together with the time that a part of the usual size may
take it is less than what late_parts allows a PUT that has begun: an hour."""


@dataclass(frozen=True, slots=True)
class Relayed:
    """One part on its way."""

    row: Upload
    number: int
    size: int
    sha256: str


def path_of(ctx: Context, row: Upload, number: int) -> str:
    """Where a browser sends this part that does not get through to the store; empty where the app passes nothing on."""
    return f"/api/uploads/{row.id}/parts/{number}/relay" if ctx.settings.relay == "on" else ""


def may_pass(ctx: Context, owner: str, upload_id: str, number: int, size: int | None, sha256: str) -> Relayed:
    """The part, before a byte of it is read. `size`: what the request announces.

    Raises UploadNotFound, NotFound where the relay is off, UploadPaused, UploadNotOpen, PartOutOfRange, PartSizeMismatch, InvalidRequest
    for a digest that was not signed.
    """
    row = rows.load(ctx, owner, upload_id)
    if ctx.settings.relay != "on":
        raise NotFound
    if row.state == PAUSED:
        raise UploadPaused
    if row.state not in states.SIGN.moves:
        raise rows.not_open(row)
    if not 1 <= number <= row.part_count:
        raise PartOutOfRange(
            Sentence("problem-part_out_of_range-parts", parts=row.part_count, part=number), number=number
        )
    expected = limits.size_of_part(row.size, row.part_size, number)
    if size != expected:
        raise PartSizeMismatch(
            Sentence("problem-part_size_mismatch-said", part=number, expected=expected),
            number=number,
            expected_size=expected,
        )
    signed = rows.digests(ctx, row, [number]).get(number)
    if signed is None or signed.sha256 != sha256:
        raise InvalidRequest(Sentence("problem-invalid_request-not-signed", part=number), number=number)
    return Relayed(row, number, expected, sha256)


def begin(ctx: Context, owner: str, upload_id: str, number: int, size: int | None, sha256: str) -> Relayed:
    """The same right before it is passed on, and written down like what is signed: it may come to its end after its upload does, and has to be found then."""
    while True:
        part = may_pass(ctx, owner, upload_id, number, size, sha256)
        if _is_noted(ctx, part.row):
            return part
        # Paused, cancelled, opened anew in the meantime.


def _is_noted(ctx: Context, row: Upload) -> bool:
    now = ctx.clock.now()
    if row.signed_at is not None and now - row.signed_at < _STILL_FRESH:
        return True
    with ctx.db.write() as session:
        return rows.set_if(session, row, states.SIGN.moves, signed_at=now, updated_at=now)


async def pass_on(ctx: Context, part: Relayed, body: AsyncIterator[bytes]) -> Taken:
    """Raises StoreUnavailable, UploadNotOpen where the store knows nothing of it any more, InvalidRequest for other bytes."""
    row = part.row
    try:
        return await ctx.store.relay_part(row.key, row.multipart_id, part.number, part.size, part.sha256, body)
    except MultipartGone as gone:
        raise rows.not_open(row) from gone
    except StoreFault as fault:
        raise InvalidRequest(
            Sentence("problem-invalid_request-not-taken", part=part.number), number=part.number
        ) from fault
