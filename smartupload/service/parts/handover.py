"""What a browser may take over to send with no page open: one signed form per part number, length and digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smartupload.errors import HandoverUnavailable
from smartupload.models import Upload
from smartupload.service.context import Context
from smartupload.service.parts import confirm, form_lifetime, part_claims, received
from smartupload.service.parts.part_claims import ANY, PartClaim, Terms
from smartupload.service.records import rows


@dataclass(frozen=True, slots=True)
class HandedPart:
    """A form to POST to `url` with exactly `fields` and the bytes as `file`; empty when the part is confirmed already."""

    number: int
    confirmed: bool
    url: str = ""
    fields: Mapping[str, str] | None = None
    expires_in: int = 0


@dataclass(frozen=True, slots=True)
class SignedForms:
    """A batch, and the epoch it belongs to."""

    epoch: int
    parts: list[HandedPart]


def hand_over(ctx: Context, owner: str, upload_id: str, claims: Sequence[PartClaim], terms: Terms = ANY) -> SignedForms:
    """Sign a form for each of up to 100 parts, good for days; see sign.sign_parts for the `terms`.

    Raises UploadNotFound, HandoverUnavailable, and what part_claims.settle raises.
    """
    row = rows.load(ctx, owner, upload_id)
    if not ctx.store.takes_forms:
        raise HandoverUnavailable
    row, answered, unsent, _ = part_claims.settle(ctx, row, claims, terms, handed_over=True)
    forms = {claim.number: _form(ctx, row, claim) for claim in unsent}
    answer = [forms.get(claim.number) or HandedPart(claim.number, confirmed=True) for claim in answered]
    confirm.recount(ctx, row)
    return SignedForms(row.epoch, answer)


def _form(ctx: Context, row: Upload, claim: PartClaim) -> HandedPart:
    expires_in = ctx.store.good_for(int(form_lifetime.lifetime(ctx).total_seconds()))
    form = ctx.store.sign_form(received.part_key(row, claim.number), claim.size, claim.sha256, expires_in)
    return HandedPart(claim.number, confirmed=False, url=form.url, fields=form.fields, expires_in=expires_in)
