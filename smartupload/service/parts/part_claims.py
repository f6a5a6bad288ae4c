"""Which of the parts that a browser has are still wanted: what is claimed is checked, and what is wanted remembered."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from smartupload.errors import (
    InvalidRequest,
    MultipartGone,
    PartOutOfRange,
    PartSizeMismatch,
    StoreFault,
    StoreUnavailable,
    UploadPaused,
)
from smartupload.models import PAUSED, Part, Upload
from smartupload.ports import StoredPart
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.files import limits
from smartupload.service.parts import received, reopen
from smartupload.service.records import expiry, rows, states

MAX_BATCH = 100


@dataclass(frozen=True, slots=True)
class PartClaim:
    """A part the browser wants to send: its number, bytes, and base64 of its SHA-256."""

    number: int
    size: int
    sha256: str


def settle(
    ctx: Context, row: Upload, claims: Sequence[PartClaim], handed_over: bool = False
) -> tuple[Upload, list[PartClaim]]:
    """The row as it is now, and the claims that may be signed and have just been written down; the rest has arrived.

    The store is asked only about numbers that were signed before. Raises UploadPaused, UploadNotOpen, PartOutOfRange,
    PartSizeMismatch, InvalidRequest, StoreUnavailable.
    """
    _check_state(row)
    _check_claims(row, claims)
    while True:
        signed = rows.digests(ctx, row, [claim.number for claim in claims])
        row, found = _received(ctx, row, signed)
        if found is None:
            if any(claim.number not in signed or signed[claim.number].sha256 != claim.sha256 for claim in claims):
                raise rows.not_open(row)  # the file is made, and not of these bytes
            return row, []
        needed = [claim for claim in claims if not _is_confirmed(claim, signed.get(claim.number), found)]
        if not needed or _remember(ctx, row, needed, handed_over):
            return row, needed
        # Paused, cancelled or opened anew in the meantime.
        row = rows.reload(ctx, row)
        _check_state(row)


def _check_state(row: Upload) -> None:
    if row.state == PAUSED:
        raise UploadPaused
    if row.state not in states.SIGN.moves:
        raise rows.not_open(row)


def _check_claims(row: Upload, claims: Sequence[PartClaim]) -> None:
    if not 1 <= len(claims) <= MAX_BATCH or len({claim.number for claim in claims}) != len(claims):
        raise InvalidRequest(f"Send 1 to {MAX_BATCH} parts in one request, each number once.")
    for claim in claims:
        if not 1 <= claim.number <= row.part_count:
            raise PartOutOfRange(
                f"This upload has parts 1 to {row.part_count}, not {claim.number}.", number=claim.number
            )
        expected = limits.size_of_part(row.size, row.part_size, claim.number)
        if claim.size != expected:
            raise PartSizeMismatch(
                f"Part {claim.number} must have {expected} bytes, not {claim.size}. The file may have changed on the disk.",
                number=claim.number,
                expected_size=expected,
            )
        if not is_digest(claim.sha256):
            raise InvalidRequest(f"The sha256 of part {claim.number} must be base64 of 32 bytes.", number=claim.number)


def is_digest(text: str) -> bool:
    """Whether a text is base64 of a SHA-256, written in the one way that base64 writes it."""
    try:
        raw = inputs.decoded(text)
    except ValueError:
        return False
    return len(raw) == 32 and base64.b64encode(raw).decode() == text


def _received(ctx: Context, row: Upload, signed: dict[int, Part]) -> tuple[Upload, dict[int, StoredPart] | None]:
    """The row and what the store holds of the claimed parts; None when the whole object is there already."""
    if not signed:
        return row, {}
    try:
        stored = received.parts(ctx, row, min(signed), max(signed))
    except MultipartGone:
        row, whole = reopen.vanished(ctx, row)
        _check_state(row)
        if whole:
            return row, None
        signed.clear()
        return row, {}
    except StoreFault as fault:
        raise StoreUnavailable from fault
    return row, {part.number: part for part in stored}


def _is_confirmed(claim: PartClaim, signed: Part | None, found: dict[int, StoredPart]) -> bool:
    stored = found.get(claim.number)
    return stored is not None and received.known(signed, stored) == claim.sha256


def _remember(ctx: Context, row: Upload, needed: Sequence[PartClaim], handed_over: bool) -> bool:
    """Write down what is about to be signed; False when the upload is no longer as it was seen."""
    now = ctx.clock.now()
    values = [
        {
            "upload_id": row.id,
            "number": claim.number,
            "epoch": row.epoch,
            "size": claim.size,
            "sha256": claim.sha256,
            "ambiguous": False,
        }
        for claim in needed
    ]
    dialect = sqlite if ctx.db.is_sqlite else postgresql
    insert = dialect.insert(Part)
    new = insert.excluded
    # Decided by the database: two tabs may sign different bytes for one number at the same moment.
    ambiguous = and_(col(Part.epoch) == new.epoch, or_(col(Part.ambiguous), col(Part.sha256) != new.sha256))
    statement = insert.on_conflict_do_update(
        index_elements=["upload_id", "number"],
        set_={"epoch": new.epoch, "size": new.size, "sha256": new.sha256, "ambiguous": ambiguous},
    )
    moments: dict[str, Any] = {
        "signed_at": now,
        "moved_at": now,
        "expires_at": expiry.expires_at(ctx, now),
    }
    if handed_over:
        moments["handed_over_at"] = now
    # Whoever makes the object of what was there must not take it for the whole: something is still to come.
    with ctx.db.write() as session:
        if not rows.move_in(ctx, session, row, states.SIGN, checksum=None, **moments):
            return False
        session.connection().execute(statement, values)
    return True
