"""The JSON of the batch calls: what is asked of many uploads at once, and how each answer is written without looking at every value twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, SkipValidation, ValidationError
from pydantic_core import to_json
from starlette.responses import Response

from smartupload.api import errors, part_schemas, schemas
from smartupload.api.exact import EXACT, KEY, MAX_SIZE
from smartupload.api.part_schemas import signed_members
from smartupload.errors import InvalidRequest, Problem
from smartupload.service.parts.part_claims import MAX_BATCH
from smartupload.service.parts.sign import SignedParts
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads.begin import Begun
from smartupload.words import Sentence

MOST = MAX_BATCH
"""Uploads in one call, and parts."""

_Many = Field(min_length=1, max_length=MOST)
_Item = TypeVar("_Item", bound=BaseModel)


class KeyedUpload(schemas.NewUpload):
    """A file that is about to be sent, and its key."""

    key: str = Field(default="", description="an Idempotency-Key: a new one for every file", json_schema_extra=KEY)


class NewUploads(BaseModel):
    """Up to 100 files. What is wrong with one of them is answered for that one."""

    files: Annotated[list[SkipValidation[KeyedUpload]], _Many]


class PartsOfUpload(part_schemas.PartClaims):
    """Some parts of one upload."""

    id: str = Field(max_length=100, description="of the upload")


class PartsOfUploads(BaseModel):
    """Up to 100 parts, of up to 100 uploads."""

    uploads: Annotated[list[SkipValidation[PartsOfUpload]], _Many]


class UploadIds(BaseModel):
    """Up to 100 uploads."""

    ids: Annotated[list[str], _Many]


class HowFar(BaseModel):
    """How far one upload is, as the browser that sends it shows it."""

    id: str = Field(max_length=100, description="of the upload")
    epoch: Annotated[int, EXACT]
    sent: Annotated[int, Field(ge=0, le=MAX_SIZE), EXACT] = Field(description="bytes that have left the browser")
    low: Annotated[float, Field(ge=0, allow_inf_nan=False), EXACT] = Field(
        default=0, description="seconds that the rest takes, at least"
    )
    high: Annotated[float, Field(ge=0, allow_inf_nan=False), EXACT] = Field(
        default=0, description="at most; 0 where nothing can be said"
    )


class HowFarAll(BaseModel):
    """Up to 100 uploads."""

    uploads: Annotated[list[HowFar], _Many]


class UploadResult(BaseModel):
    """The upload, or what the call about it alone would have been refused with. The other one is left out."""

    upload: schemas.UploadAnswer | None = None
    problem: schemas.ProblemAnswer | None = None


class UploadResults(BaseModel):
    """One for each that was asked about, in that order."""

    results: list[UploadResult]


class BegunResult(UploadResult):
    """Also its first part, where it was told of and could be signed; left out otherwise."""

    signed: part_schemas.SignedPartsAnswer | None = None


class BegunResults(BaseModel):
    """One for each that was asked about, in that order."""

    results: list[BegunResult]


class SignResult(BaseModel):
    """What is signed, or what the call about this upload alone would have been refused with. The other one is left out."""

    signed: part_schemas.SignedPartsAnswer | None = None
    problem: schemas.ProblemAnswer | None = None


class SignResults(BaseModel):
    """One for each that was asked about, in that order."""

    results: list[SignResult]


def each(raw: Sequence[Any], kind: type[_Item]) -> list[_Item | Problem]:
    """Each item as what it should be, or the problem that it is not."""
    return [_read(item, kind) for item in raw]


def _read(item: Any, kind: type[_Item]) -> _Item | Problem:
    try:
        return kind.model_validate(item)
    except ValidationError as error:
        return errors.invalid([dict(one) for one in error.errors()], ("body",))


def check_parts(raw: Sequence[Any]) -> None:
    """Raises InvalidRequest when they are too many together."""
    parts = (item.get("parts") for item in raw if isinstance(item, Mapping))
    if sum(len(some) for some in parts if isinstance(some, list)) > MOST:
        raise InvalidRequest(Sentence("problem-invalid_request-parts-in-all", most=MOST))


def upload_results(answers: Iterable[UploadView | Problem]) -> Response:
    """UploadResults, written from the views as they are: they were made here, and hold what UploadAnswer wants."""
    return _results(_upload_or_problem(answer) for answer in answers)


def begun_results(answers: Iterable[Begun | Problem]) -> Response:
    """BegunResults."""
    return _results(
        _upload_or_problem(answer)
        if isinstance(answer, Problem)
        else _upload_or_problem(answer.upload, answer.signed and to_json(signed_members(answer.signed)))
        for answer in answers
    )


def _upload_or_problem(answer: UploadView | Problem, signed: bytes | None = None) -> bytes:
    if isinstance(answer, Problem):
        return b'{"problem":' + to_json(answer.as_dict()) + b"}"
    beside = b',"signed":' + signed if signed else b""
    return b'{"upload":' + schemas.upload_json(answer) + beside + b"}"


def sign_results(answers: Iterable[SignedParts | Problem]) -> Response:
    """SignResults."""
    return _results(
        to_json({"problem": answer.as_dict()} if isinstance(answer, Problem) else {"signed": signed_members(answer)})
        for answer in answers
    )


def _results(results: Iterable[bytes]) -> Response:
    return Response(b'{"results":[' + b",".join(results) + b"]}", media_type="application/json")
