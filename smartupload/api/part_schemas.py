"""The JSON of parts: what a browser says it has, and how what is signed of them is written."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, StrictBool

from smartupload.api.exact import DIGEST, EXACT
from smartupload.service.parts.sign import SignedPart, SignedParts


class FirstPart(BaseModel):
    """What a browser has read of a file before it tells of it."""

    size: Annotated[int, EXACT] = Field(description="bytes of the part, as the browser expects parts to be cut")
    sha256: str = Field(
        max_length=64, description="base64 of the SHA-256 of exactly these bytes", json_schema_extra=DIGEST
    )
    version: str = Field(
        default="", max_length=100, pattern=r"^[!-~]*$", description="as where parts are signed: who vouches for it"
    )


class PartClaim(BaseModel):
    """A part that is about to be sent."""

    number: Annotated[int, EXACT] = Field(description="from 1")
    size: Annotated[int, EXACT] = Field(description="bytes")
    sha256: str = Field(
        max_length=64, description="base64 of the SHA-256 of exactly these bytes", json_schema_extra=DIGEST
    )


class PartClaims(BaseModel):
    """Up to 100 parts of one upload."""

    parts: list[PartClaim] = Field(min_length=1, max_length=100)
    version: str = Field(
        default="",
        max_length=100,
        pattern=r"^[!-~]*$",
        description="the browser's own name for the state of the file that these are parts of; a file is made only of "
        "parts for which one version vouches",
    )
    epoch: Annotated[int, EXACT] | None = Field(
        default=None, description="nothing is signed in another one; null is any"
    )
    replace: StrictBool = Field(
        default=False, description="whether this version takes the place of another one, all of it, in a new epoch"
    )


class FormAnswer(BaseModel):
    """A form to POST as `multipart/form-data`: exactly these fields, then the bytes as its last field `file`."""

    url: str
    fields: dict[str, str]


class SignedPartAnswer(BaseModel):
    """A PUT to make, or the word that there is nothing to send. Members that do not apply are left out."""

    number: int
    confirmed: bool | None = None
    url: str | None = None
    headers: dict[str, str] | None = None
    expires_in: int | None = Field(default=None, description="seconds")
    others: list[str] | None = Field(
        default=None, description="the same PUT at other hosts of the store, for where that of `url` does not answer"
    )
    relay: str | None = Field(
        default=None,
        description="a path of the app that takes the same PUT, for where no host of the store can be reached; where the site has that",
    )
    form: FormAnswer | None = Field(
        default=None,
        description="writes the same bytes as the PUT and is good for as long; of a small file, where the store takes it. A browser asks no leave "
        "(preflight) for it; the store answers 201",
    )


class SignedPartsAnswer(BaseModel):
    """A signed batch."""

    epoch: int
    parts: list[SignedPartAnswer]


class HandedPartAnswer(BaseModel):
    """A form to POST, the bytes as its last field `file`, or the word that there is nothing to send."""

    number: int
    confirmed: bool | None = None
    url: str | None = None
    fields: dict[str, str] | None = None
    expires_in: int | None = Field(default=None, description="seconds")


class SignedFormsAnswer(BaseModel):
    """A batch of forms."""

    epoch: int
    parts: list[HandedPartAnswer]


def signed_members(signed: SignedParts) -> dict[str, Any]:
    """The members of a SignedPartsAnswer that apply, for whichever call answers with them."""
    return {"epoch": signed.epoch, "parts": [_signed(part) for part in signed.parts]}


def _signed(part: SignedPart) -> dict[str, Any]:
    if part.confirmed:
        return {"number": part.number, "confirmed": True}
    return {
        "number": part.number,
        "url": part.url,
        "headers": dict(part.headers or {}),
        "expires_in": part.expires_in,
        **({"others": list(part.others)} if part.others else {}),
        **({"relay": part.relay} if part.relay else {}),
        **({"form": {"url": part.form.url, "fields": dict(part.form.fields)}} if part.form else {}),
    }
