"""Which of the parts that a browser has are still wanted: what is claimed is checked, what is wanted remembered, and who vouches for it."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.dialects import postgresql, sqlite

from smartupload.errors import (
    InvalidRequest,
    MultipartGone,
    OtherVersion,
    PartOutOfRange,
    PartSizeMismatch,
    StoreFault,
    StoreUnavailable,
    UploadPaused,
)
from smartupload.models import PAUSED, Part, Upload
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.files import limits
from smartupload.service.parts import received, reopen, versions
from smartupload.service.records import expiry, rows, states

MAX_BATCH = 100


@dataclass(frozen=True, slots=True)
class PartClaim:
    """A part the browser wants to send: its number, bytes, and base64 of its SHA-256."""

    number: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What else a browser says. `version`: its own name for the state of the file that the parts are of, empty for none.

    `epoch`: the only one in which it wants anything signed. `replace`: its file takes the place of any other version.
    """

    version: str = ""
    epoch: int | None = None
    replace: bool = False


ANY = Terms()
"""Whatever is there, in whatever epoch."""


class Settled(NamedTuple):
    """The row as it is now, the claims that are answered, and those of them that may be signed; the rest has arrived.

    None is answered when the upload is in another epoch than the browser knows.
    """

    row: Upload
    answered: Sequence[PartClaim]
    unsent: Sequence[PartClaim]


def settle(ctx: Context, row: Upload, claims: Sequence[PartClaim], terms: Terms, handed_over: bool = False) -> Settled:
    """Decide which claims may be signed, and write down that they are and what version vouches for all of them.

    The store is asked only about numbers that were signed before. In one epoch a number has one digest: another one
    opens the upload anew, if that is wanted. Raises UploadPaused, UploadNotOpen, PartOutOfRange, PartSizeMismatch,
    InvalidRequest, OtherVersion, StoreUnavailable.
    """
    epoch = terms.epoch
    _check_claims(row, claims)
    while True:
        _check_state(row)
        if epoch not in (None, row.epoch):
            return Settled(row, [], [])
        signed = rows.digests(ctx, row, [claim.number for claim in claims])
        others = [claim for claim in claims if claim.number in signed and signed[claim.number].sha256 != claim.sha256]
        try:
            arrived = {part.number for part in received.parts(ctx, row, signed)}
        except MultipartGone:
            row, whole = reopen.vanished(ctx, row)
            if not whole:
                continue
            if others or len(signed) < len(claims):
                raise rows.not_open(row) from None  # the file is made, and not of these bytes
            arrived = set(signed)
        except StoreFault as fault:
            raise StoreUnavailable from fault
        if others:
            # Read twice with two results, the file changed in between: nothing that was signed for it counts.
            is_own = all(versions.of(signed[claim.number]) == [terms.version] for claim in others)
            if terms.version and not terms.replace and not is_own:
                raise OtherVersion(number=others[0].number)
            opened = reopen.try_to_open_anew(ctx, row, mismatches=row.mismatches)
            if opened is not None and epoch is not None:
                epoch = opened.epoch
            row = opened or rows.reload(ctx, row)
            continue
        unsent = [claim for claim in claims if claim.number not in arrived]
        if _remember(ctx, row, claims, unsent, signed, terms.version, handed_over):
            return Settled(row, claims, unsent)
        # Paused, cancelled, opened anew or signed by somebody else in the meantime.
        row = rows.reload(ctx, row)


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


def _remember(
    ctx: Context,
    row: Upload,
    claims: Sequence[PartClaim],
    unsent: Sequence[PartClaim],
    seen: Mapping[int, Part],
    version: str,
    handed_over: bool,
) -> bool:
    """Write down what is about to be signed and who vouches for it; False when the upload is no longer as it was seen."""
    if not unsent and all(version in versions.of(part) for part in seen.values()):
        return True
    now = ctx.clock.now()
    moments: dict[str, Any] = {"moved_at": now, "expires_at": expiry.expires_at(ctx, now)}
    with ctx.db.write() as session:
        # The row is locked from here on, so that two browsers cannot have different bytes signed for one number.
        if unsent:
            moments |= {"signed_at": now} | ({"handed_over_at": now} if handed_over else {})
            # Whoever makes the object of what was there must not take it for the whole: something is still to come.
            is_as_seen = rows.move_in(ctx, session, row, states.SIGN, checksum=None, versions=None, **moments)
        else:
            is_as_seen = rows.set_if(session, row, states.SIGN.moves, **moments)
        signed = rows.signed(session, row, [claim.number for claim in claims])
        if not is_as_seen or not rows.agree(signed, seen):
            session.rollback()
            return False
        values = [
            {
                "upload_id": row.id,
                "number": claim.number,
                "epoch": row.epoch,
                "size": claim.size,
                "sha256": claim.sha256,
                "versions": versions.with_one_more(signed.get(claim.number), version),
            }
            for claim in claims
        ]
        insert = (sqlite if ctx.db.is_sqlite else postgresql).insert(Part)
        changed = {name: insert.excluded[name] for name in ("epoch", "size", "sha256", "versions")}
        statement = insert.on_conflict_do_update(index_elements=["upload_id", "number"], set_=changed)
        session.connection().execute(statement, values)
    return True
