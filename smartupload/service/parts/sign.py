"""Which requests a browser may make: one signed PUT per part number, length and digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from smartupload.errors import Problem
from smartupload.models import Upload
from smartupload.service import batches
from smartupload.service.context import Context
from smartupload.service.parts import confirm, part_claims
from smartupload.service.parts.part_claims import ANY, Asked, PartClaim, Settled, Terms
from smartupload.service.records import rows


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


def sign_parts(
    ctx: Context, owner: str, upload_id: str, claims: Sequence[PartClaim], terms: Terms = ANY
) -> SignedParts:
    """Sign up to 100 parts; none when the upload is in another epoch than the `terms` name.

    Raises UploadNotFound, and what part_claims.settle raises.
    """
    return _signed(ctx, part_claims.settle(ctx, rows.load(ctx, owner, upload_id), claims, terms))


class Wanted(NamedTuple):
    """What a browser wants signed of one upload."""

    upload_id: str
    claims: Sequence[PartClaim]
    terms: Terms = ANY


def sign_uploads(ctx: Context, owner: str, wanted: Sequence[Wanted]) -> list[SignedParts | Problem]:
    """The same for many uploads: for each what is signed of it, or why nothing is.

    What is asked for the first time is written down in one transaction. Only where something was signed before the
    store is asked, by a few threads at once.
    """
    found = rows.load_all(ctx, owner, {one.upload_id for one in wanted})
    asked = {
        index: Asked(found[one.upload_id], one.claims, one.terms)
        for index, one in enumerate(wanted)
        if one.upload_id in found
    }
    settled = dict(zip(asked, part_claims.settle_new(ctx, list(asked.values())), strict=True))

    def sign_one(index: int) -> SignedParts | Problem:
        match settled.get(index):
            case Settled() as one:
                return batches.answer(lambda: _signed(ctx, one))
            case Problem() as problem:
                return problem
            case None:
                return batches.answer(lambda: sign_parts(ctx, owner, *wanted[index]))

    # Several wishes for one upload come one after the other, as if they had been asked so.
    alone = [index for index in range(len(wanted)) if settled.get(index) is None]
    uploads = list(dict.fromkeys(wanted[index].upload_id for index in alone))
    answers: dict[int, SignedParts | Problem] = {
        index: sign_one(index) for index in range(len(wanted)) if index not in alone
    }

    def sign_rest(upload_id: str) -> None:
        answers.update({index: sign_one(index) for index in alone if wanted[index].upload_id == upload_id})

    batches.at_once(uploads, sign_rest)
    return [answers[index] for index in range(len(wanted))]


def _signed(ctx: Context, settled: Settled) -> SignedParts:
    row, answered, unsent = settled
    urls = {claim.number: _sign(ctx, row, claim) for claim in unsent}
    answer = [urls.get(claim.number) or SignedPart(claim.number, confirmed=True) for claim in answered]
    confirm.recount(ctx, row)
    return SignedParts(row.epoch, answer)


def _sign(ctx: Context, row: Upload, claim: PartClaim) -> SignedPart:
    expires_in = ctx.settings.url_expires_seconds
    request = ctx.store.sign_part(row.key, row.multipart_id, claim.number, claim.size, claim.sha256, expires_in)
    return SignedPart(claim.number, confirmed=False, url=request.url, headers=request.headers, expires_in=expires_in)
