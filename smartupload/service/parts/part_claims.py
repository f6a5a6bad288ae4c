"""Which of the parts that a browser has are still wanted: what is claimed is checked, what is wanted remembered, and who vouches for it."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from smartupload.errors import (
    InvalidRequest,
    MultipartGone,
    OtherVersion,
    PartOutOfRange,
    PartSizeMismatch,
    Problem,
    StoreFault,
    StoreUnavailable,
    UploadPaused,
)
from smartupload.models import PAUSED, Part, Upload
from smartupload.service import inputs
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.files import limits
from smartupload.service.parts import received, reopen, versions
from smartupload.service.records import expiry, moving, rows, states
from smartupload.service.records.moving import Wish
from smartupload.words import Sentence

MAX_BATCH = 100
_Insert = TypeVar("_Insert", sqlite.Insert, postgresql.Insert)
_STILL_LIVES = timedelta(hours=1)
"""So long a browser that says nothing new leaves the row as it is, which saves a transaction. After that it is a sign of life to
be written down: nobody gives an upload up that shows one, and that takes a day at least."""


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


class Asked(NamedTuple):
    """What is claimed of one upload, as it was seen."""

    row: Upload
    claims: Sequence[PartClaim]
    terms: Terms


class Settled(NamedTuple):
    """The row as it is now, the claims that are answered, and those of them that may be signed; the rest has arrived.

    None is answered when the upload is in another epoch than the browser knows. `is_first`: nothing of it was signed before.
    """

    row: Upload
    answered: Sequence[PartClaim]
    unsent: Sequence[PartClaim]
    is_first: bool = False


class Wanted(NamedTuple):
    """What a browser wants signed of one upload."""

    upload_id: str
    claims: Sequence[PartClaim]
    terms: Terms = ANY


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
        if _remember(ctx, _Seen(Asked(row, claims, terms), unsent, signed), handed_over):
            return Settled(row, claims, unsent)
        # Paused, cancelled, opened anew or signed by somebody else in the meantime.
        row = rows.reload(ctx, row)


def settle_new(ctx: Context, owner: str, wanted: Sequence[Wanted]) -> list[Settled | Problem | None]:
    """The same for many uploads at once, without a question to the store and written down in one transaction.

    None for each whose claims have to be settled alone, since some were signed before; and for what is not the owner's.
    """
    found: list[Settled | Problem | None] = [None] * len(wanted)
    new: dict[int, _Seen] = {}
    ids = {one.upload_id for one in wanted if inputs.is_name(one.upload_id)}
    with ctx.db.write() as session:
        rows_now = moving.locked(session, ids, owner)
        # Numbers that no upload has are refused below; no database is asked about them.
        numbers = {claim.number for one in wanted for claim in one.claims if 1 <= claim.number <= limits.MAX_PARTS}
        signed = moving.signed_of(session, list(rows_now.values()), numbers)
        taken: set[str] = set()
        for index, (upload_id, claims, terms) in enumerate(wanted):
            row = rows_now.get(upload_id)
            if row is None:
                continue
            try:
                _check_claims(row, claims)
                _check_state(row)
            except Problem as problem:
                found[index] = problem
                continue
            if terms.epoch not in (None, row.epoch):
                found[index] = Settled(row, [], [])
            elif row.id not in taken and not any(claim.number in signed[row.id] for claim in claims):
                taken.add(row.id)
                new[index] = _Seen(Asked(row, claims, terms), claims, {})
                found[index] = Settled(row, claims, claims, is_first=row.signed_at is None)
        _write_down(ctx, session, list(new.values()), rows_now, signed)
    return found


def _check_state(row: Upload) -> None:
    if row.state == PAUSED:
        raise UploadPaused
    if row.state not in states.SIGN.moves:
        raise rows.not_open(row)


def _check_claims(row: Upload, claims: Sequence[PartClaim]) -> None:
    if not 1 <= len(claims) <= MAX_BATCH or len({claim.number for claim in claims}) != len(claims):
        raise InvalidRequest(Sentence("problem-invalid_request-parts", most=MAX_BATCH))
    for claim in claims:
        if not 1 <= claim.number <= row.part_count:
            raise PartOutOfRange(
                Sentence("problem-part_out_of_range-parts", parts=row.part_count, part=claim.number),
                number=claim.number,
            )
        expected = limits.size_of_part(row.size, row.part_size, claim.number)
        if claim.size != expected:
            raise PartSizeMismatch(
                Sentence("problem-part_size_mismatch-bytes", part=claim.number, expected=expected, size=claim.size),
                number=claim.number,
                expected_size=expected,
            )
        if not is_digest(claim.sha256):
            raise InvalidRequest(Sentence("problem-invalid_request-digest", part=claim.number), number=claim.number)


def is_digest(text: str) -> bool:
    """Whether a text is base64 of a SHA-256, written in the one way that base64 writes it."""
    try:
        raw = inputs.decoded(text)
    except ValueError:
        return False
    return len(raw) == 32 and base64.b64encode(raw).decode() == text


class _Seen(NamedTuple):
    """What somebody asks, what of it may be signed, and what was signed of those numbers when that was found out."""

    asked: Asked
    unsent: Sequence[PartClaim]
    signed: Mapping[int, Part]


def _remember(ctx: Context, one: _Seen, handed_over: bool) -> bool:
    """Write down what is about to be signed and who vouches for it; False when the upload is no longer as it was seen."""
    if _is_known(ctx, one):
        return True
    row = one.asked.row
    with ctx.db.write() as session:
        # The row is locked from here on, so that two browsers cannot have different bytes signed for one number.
        found = moving.locked(session, [row.id])
        signed = moving.signed_of(session, [row], {claim.number for claim in one.asked.claims})
        return row.id in _write_down(ctx, session, [one], found, signed, handed_over)


def _write_down(
    ctx: Context,
    session: Session,
    seen: Sequence[_Seen],
    found: Mapping[str, Upload],
    signed: Mapping[str, Mapping[int, Part]],
    handed_over: bool = False,
) -> set[str]:
    """Of those that are as they were seen, beside what is locked and signed now; which these are."""
    now = ctx.clock.now()
    moments: dict[str, Any] = {"moved_at": now, "expires_at": expiry.expires_at(ctx, now)}
    to_send = moments | {"signed_at": now} | ({"handed_over_at": now} if handed_over else {})
    # Whoever makes the object of what was there must not take it for the whole: something is still to come.
    to_send |= {"checksum": None, "versions": None}
    agreed = [one for one in seen if moving.agree(_of_claims(one, signed[one.asked.row.id]), one.signed)]
    wishes = [Wish(one.asked.row, to_send) for one in agreed if one.unsent]
    noted = [(one.asked.row, len(one.unsent), one.asked.row.signed_at is None) for one in agreed if one.unsent]
    moved = moving.moved(ctx, session, states.SIGN, wishes, found)
    there = [
        (found[row.id], moments)
        for row in (one.asked.row for one in agreed if not one.unsent)
        if row.id in found and found[row.id].state in states.SIGN.moves and found[row.id].epoch == row.epoch
    ]
    moving.write(session, there)
    written = {row.id for row in moved if row is not None} | {row.id for row, _ in there}
    values = [
        {
            "upload_id": row.id,
            "number": claim.number,
            "epoch": row.epoch,
            "size": claim.size,
            "sha256": claim.sha256,
            "versions": versions.with_one_more(signed[row.id].get(claim.number), terms.version),
        }
        for row, claims, terms in (one.asked for one in agreed)
        if row.id in written
        for claim in claims
    ]
    if values:
        session.connection().execute(_SIGN_SQLITE if ctx.db.is_sqlite else _SIGN_POSTGRES, values)
    entries.signed(ctx, session, [one for one in noted if one[0].id in written], handed_over)
    return written


def _put(insert: _Insert) -> _Insert:
    """Into the table of parts, in the place of what was signed for the same number."""
    changed = {name: insert.excluded[name] for name in ("epoch", "size", "sha256", "versions")}
    return insert.on_conflict_do_update(index_elements=["upload_id", "number"], set_=changed)


_SIGN_SQLITE, _SIGN_POSTGRES = _put(sqlite.insert(Part)), _put(postgresql.insert(Part))


def _is_known(ctx: Context, one: _Seen) -> bool:
    if one.unsent or ctx.clock.now() - one.asked.row.moved_at > _STILL_LIVES:
        return False
    return all(one.asked.terms.version in versions.of(part) for part in one.signed.values())


def _of_claims(one: _Seen, signed: Mapping[int, Part]) -> dict[int, Part]:
    return {claim.number: signed[claim.number] for claim in one.asked.claims if claim.number in signed}
