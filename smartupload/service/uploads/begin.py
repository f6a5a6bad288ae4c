"""How a file begins whose first part is read already: made and signed in one call, where its parts turn out to be cut as expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartupload.errors import Problem
from smartupload.models import UPLOADING
from smartupload.service.context import Context
from smartupload.service.files import limits
from smartupload.service.parts import sign
from smartupload.service.parts.part_claims import PartClaim, Terms, Wanted
from smartupload.service.parts.sign import SignedParts
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import create
from smartupload.service.uploads.plan import NewFile


@dataclass(frozen=True, slots=True)
class FirstPart:
    """What a browser has read: bytes, base64 of their SHA-256, and the version that vouches for them."""

    size: int
    sha256: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A file, its key, and its first part where that is known."""

    file: NewFile
    key: str
    first: FirstPart | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """The upload, and what is signed of it."""

    upload: UploadView
    signed: SignedParts | None = None


def begin_uploads(ctx: Context, owner: str, wishes: Sequence[Wish]) -> list[Begun | Problem]:
    """For each what create.create_uploads answers, with its first part signed as sign.sign_uploads does.

    What cannot be signed is left to the call for that, which says why.
    """
    made = create.create_uploads(ctx, owner, [(wish.file, wish.key) for wish in wishes])
    wanted = {
        place: Wanted(upload.id, [PartClaim(1, first.size, first.sha256)], Terms(first.version, upload.epoch))
        for place, (wish, upload) in enumerate(zip(wishes, made, strict=True))
        if (first := wish.first) is not None and not isinstance(upload, Problem) and _fits(upload, first)
    }
    signed = dict(zip(wanted, sign.sign_uploads(ctx, owner, list(wanted.values())), strict=True))
    return [
        upload if isinstance(upload, Problem) else Begun(upload, _granted(signed.get(place)))
        for place, upload in enumerate(made)
    ]


def _fits(upload: UploadView, first: FirstPart) -> bool:
    return upload.state == UPLOADING and first.size == limits.size_of_part(upload.size, upload.part_size, 1)


def _granted(signed: SignedParts | Problem | None) -> SignedParts | None:
    return signed if isinstance(signed, SignedParts) and signed.parts else None
