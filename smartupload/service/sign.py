"""Which requests a browser may make: one signed PUT per part number, length and digest."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from smartupload.models import PAUSED, UPLOADING, VERIFYING, Part, Upload
from smartupload.ports import StoredPart
from smartupload.service import confirm, create, limits, reopen, rows
from smartupload.service.context import Context

MAX_BATCH = 100
_SIGNABLE = (UPLOADING, VERIFYING)


@dataclass(frozen=True, slots=True)
class PartClaim:
    """A part the browser wants to send: its number, bytes, and base64 of its SHA-256."""

    number: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SignedPart:
    """A PUT to `url` with exactly `headers`, good for `expires_in` seconds; all empty when it is confirmed already."""

    number: int
    confirmed: bool
    url: str = ""
    headers: Mapping[str, str] | None = None
    expires_in: int = 0


@dataclass(frozen=True, slots=True)
class SignedParts:
    """A batch, and the epoch it belongs to."""

    epoch: int
    parts: list[SignedPart]


def sign_parts(ctx: Context, owner: str, upload_id: str, claims: Sequence[PartClaim]) -> SignedParts:
    """Sign up to 100 parts; the store is asked only about numbers that were signed before.

    Raises UploadNotFound, UploadPaused, UploadNotOpen, PartOutOfRange, PartSizeMismatch, InvalidRequest,
    StoreUnavailable.
    """
    row = rows.load(ctx, owner, upload_id)
    _check_state(row)
    _check_claims(row, claims)
    while True:
        signed = rows.digests(ctx, row, [claim.number for claim in claims])
        row, arrived = _arrived(ctx, row, claims, signed)
        if arrived is None:
            return SignedParts(row.epoch, [SignedPart(claim.number, confirmed=True) for claim in claims])
        wanted = [claim for claim in claims if not _is_confirmed(claim, signed.get(claim.number), arrived)]
        if not wanted or _remember(ctx, row, wanted):
            break
        # Paused, cancelled or opened anew in the meantime.
        row = rows.reload(ctx, row)
        _check_state(row)
    urls = {claim.number: _sign(ctx, row, claim) for claim in wanted}
    answer = [urls.get(claim.number) or SignedPart(claim.number, confirmed=True) for claim in claims]
    if row.signed_at is not None:
        counted = row.counted_at
        if confirm.refresh(ctx, row).counted_at != counted:
            ctx.live.changed(owner)  # so that the owner's other devices see it move
    return SignedParts(row.epoch, answer)


def _check_state(row: Upload) -> None:
    if row.state == PAUSED:
        raise UploadPaused
    if row.state not in _SIGNABLE:
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
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(raw) == 32 and base64.b64encode(raw).decode() == text


def _arrived(
    ctx: Context, row: Upload, claims: Sequence[PartClaim], signed: dict[int, Part]
) -> tuple[Upload, dict[int, StoredPart] | None]:
    """The row and what the store holds of the claimed parts; None when the whole object is there already."""
    if not signed:
        return row, {}
    try:
        stored = ctx.store.list_parts(row.key, row.multipart_id, min(signed), max(signed))
    except MultipartGone:
        row, whole = reopen.vanished(ctx, row)
        _check_state(row)
        if whole:
            return row, None
        signed.clear()
        return row, {}
    except StoreFault as fault:
        raise StoreUnavailable from fault
    return row, {part.number: part for part in stored if confirm.fits(row, part)}


def _is_confirmed(claim: PartClaim, signed: Part | None, arrived: dict[int, StoredPart]) -> bool:
    stored = arrived.get(claim.number)
    return stored is not None and confirm.known(signed, stored) == claim.sha256


def _remember(ctx: Context, row: Upload, wanted: Sequence[PartClaim]) -> bool:
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
        for claim in wanted
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
    with ctx.db.write() as session:
        if not rows.set_if(session, row, _SIGNABLE, signed_at=now, updated_at=now, expires_at=create.expiry(ctx, now)):
            return False
        session.connection().execute(statement, values)
    return True


def _sign(ctx: Context, row: Upload, claim: PartClaim) -> SignedPart:
    expires_in = ctx.settings.url_expires_seconds
    request = ctx.store.sign_part(row.key, row.multipart_id, claim.number, claim.size, claim.sha256, expires_in)
    return SignedPart(claim.number, confirmed=False, url=request.url, headers=request.headers, expires_in=expires_in)
