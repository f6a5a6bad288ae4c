"""Which requests a browser may make: one signed PUT per part number, length and digest, and for a small file of one part a form that does the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartupload.errors import Problem
from smartupload.models import Upload
from smartupload.ports import SINGLE_PUT, SignedForm
from smartupload.service import batches
from smartupload.service.context import Context
from smartupload.service.parts import confirm, part_claims, relay
from smartupload.service.parts.part_claims import ANY, PartClaim, Settled, Terms, Wanted
from smartupload.service.records import rows

SHORT = 256 * 1024
"""Bytes up to which a file is sent as a form; the browser's half has that in memory (client/core/ports/blobs.js)."""


@dataclass(frozen=True, slots=True)
class SignedPart:
    """A PUT to `url` with exactly `headers`, good for `expires_in` seconds; all empty when it is confirmed already.

    `others`: see ports.SignedRequest. `relay`: see relay.path_of. `form`: makes the same object of the same bytes, as long, and no browser asks the
    store first whether it may send it; None where there is none.
    """

    number: int
    confirmed: bool
    url: str = ""
    headers: Mapping[str, str] | None = None
    expires_in: int = 0
    others: Sequence[str] = ()
    relay: str = ""
    form: SignedForm | None = None


@dataclass(frozen=True, slots=True)
class SignedParts:
    """A batch, and the epoch it belongs to."""

    epoch: int
    parts: list[SignedPart]


def sign_parts(
    ctx: Context, owner: str, upload_id: str, claims: Sequence[PartClaim], terms: Terms = ANY
) -> SignedParts:
    """Sign up to 100 parts; none when the upload is in another epoch than the `terms` name.

    Raises UploadNotFound, and what part_claims.settle raises.
    """
    return _signed(ctx, part_claims.settle(ctx, rows.load(ctx, owner, upload_id), claims, terms))


def sign_uploads(ctx: Context, owner: str, wanted: Sequence[Wanted]) -> list[SignedParts | Problem]:
    """The same for many uploads: for each what is signed of it, or why nothing is.

    What is asked for the first time is written down in one transaction. Only where something was signed before the
    store is asked, by a few threads at once.
    """
    if not wanted:
        return []
    answers: dict[int, SignedParts | Problem] = {}
    alone: dict[str, list[int]] = {}
    for index, settled in enumerate(part_claims.settle_new(ctx, owner, wanted)):
        if settled is None:
            # Several wishes for one upload come one after the other, as if they had been asked so.
            alone.setdefault(wanted[index].upload_id, []).append(index)
        elif isinstance(settled, Problem):
            answers[index] = settled
        else:
            answers[index] = batches.answer(lambda settled=settled: _signed(ctx, settled))

    def sign_alone(indices: Sequence[int]) -> None:
        for index in indices:
            answers[index] = batches.answer(lambda index=index: sign_parts(ctx, owner, *wanted[index]))

    batches.at_once(alone.values(), sign_alone)
    return [answers[index] for index in range(len(wanted))]


def _signed(ctx: Context, settled: Settled) -> SignedParts:
    row, unsent = settled.row, settled.unsent
    urls = {claim.number: _sign(ctx, row, claim) for claim in unsent}
    answer = [urls.get(claim.number) or SignedPart(claim.number, confirmed=True) for claim in settled.answered]
    if not settled.is_first:
        confirm.recount(ctx, row)
    return SignedParts(row.epoch, answer)


def _sign(ctx: Context, row: Upload, claim: PartClaim) -> SignedPart:
    expires_in = ctx.store.good_for(ctx.settings.url_expires_seconds)
    request = ctx.store.sign_part(row.key, row.multipart_id, claim.number, claim.size, claim.sha256, expires_in)
    way = relay.path_of(ctx, row, claim.number)
    form = _form(ctx, row, claim, expires_in)
    return SignedPart(claim.number, False, request.url, request.headers, expires_in, request.others, way, form)


def _form(ctx: Context, row: Upload, claim: PartClaim, expires_in: int) -> SignedForm | None:
    if row.multipart_id != SINGLE_PUT or claim.size > SHORT or not ctx.store.takes_single_forms:
        return None
    return ctx.store.sign_form(row.key, claim.size, claim.sha256, expires_in)
