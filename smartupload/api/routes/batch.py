"""Many uploads in one call: each item is answered as the call about it alone would be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from fastapi import APIRouter, Request, Response

from smartupload.api import batch_schemas as schemas
from smartupload.api.batch_schemas import KeyedUpload, PartsOfUpload
from smartupload.api.dependencies import Completing, Ctx, Owner, asks_store, in_threads
from smartupload.api.routes import uploads
from smartupload.api.tokens import USE
from smartupload.errors import Problem
from smartupload.service.finishing import complete_many
from smartupload.service.parts import sign
from smartupload.service.uploads import begin, cancel, telling

router = APIRouter(prefix="/api/batch", tags=["batch"])

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


@router.post("/create", summary="Begin uploads", response_model=schemas.BegunResults)
@asks_store
def create_uploads(body: schemas.NewUploads, ctx: Ctx, owner: Owner) -> Response:
    """As each alone. The owner's room is taken in this order, and the same key twice is the same upload."""

    def read(file: KeyedUpload) -> begin.Wish:
        return begin.Wish(uploads.new_file(file), file.key, uploads.first_part(file))

    asked = _each(schemas.each(body.files, KeyedUpload), read)
    return schemas.begun_results(_answered(asked, lambda wishes: begin.begin_uploads(ctx, owner, wishes)))


@router.post("/sign", summary="Sign parts of uploads", response_model=schemas.SignResults)
@asks_store
def sign_uploads(body: schemas.PartsOfUploads, ctx: Ctx, owner: Owner) -> Response:
    """As for each upload alone. Members that do not apply are left out."""
    schemas.check_parts(body.uploads)

    def read(wanted: PartsOfUpload) -> sign.Wanted:
        return sign.Wanted(wanted.id, uploads.claims(wanted), uploads.terms(wanted))

    asked = _each(schemas.each(body.uploads, PartsOfUpload), read)
    return schemas.sign_results(_answered(asked, lambda wanted: sign.sign_uploads(ctx, owner, wanted)))


@router.post("/complete", summary="Finish uploads", response_model=schemas.UploadResults)
async def complete_uploads(body: schemas.UploadIds, ctx: Ctx, owner: Owner, completing: Completing) -> Response:
    """As each alone, but nobody waits until they are ready: the stream of events says it."""
    done = await in_threads(completing, complete_many.complete_uploads, ctx, owner, body.ids)
    return schemas.upload_results(done)


@router.post("/cancel", summary="Cancel uploads", response_model=schemas.UploadResults)
@asks_store
def cancel_uploads(body: schemas.UploadIds, request: Request, ctx: Ctx, owner: Owner) -> Response:
    """As each alone, and answered with what it is then. A file that is ready is deleted, which no token may."""
    return schemas.upload_results(cancel.cancel_uploads(ctx, owner, body.ids, also_ready=USE not in request.scope))


@router.post("/tell", status_code=204, summary="Say how far uploads are")
def tell_how_far(body: schemas.HowFarAll, ctx: Ctx, owner: Owner) -> None:
    """What others who watch are told, for as long as it is new. Nothing counts by it, and what is not the caller's is passed over."""
    telling.tell(ctx, owner, [telling.Word(one.id, one.epoch, one.sent, one.low, one.high) for one in body.uploads])


def _each(items: Sequence[_Asked | Problem], read: Callable[[_Asked], _Answer]) -> list[_Answer | Problem]:
    found: list[_Answer | Problem] = []
    for item in items:
        try:
            found.append(item if isinstance(item, Problem) else read(item))
        except Problem as problem:
            found.append(problem)
    return found


def _answered(
    asked: Sequence[_Asked | Problem], act: Callable[[list[_Asked]], list[_Answer | Problem]]
) -> list[_Answer | Problem]:
    """What this answers to those that can be asked; the others have their answer."""
    answers = iter(act([item for item in asked if not isinstance(item, Problem)]))
    return [item if isinstance(item, Problem) else next(answers) for item in asked]
