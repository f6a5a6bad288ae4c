"""The owner's uploads over HTTP; every route is a thin caller of one verb."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.responses import RedirectResponse

from smartupload.api import part_schemas, schemas
from smartupload.api.dependencies import Completing, Ctx, Owner, asks_store, in_threads
from smartupload.api.exact import KEY
from smartupload.api.tokens import USE
from smartupload.errors import InvalidRequest
from smartupload.service import batches, inputs
from smartupload.service.finishing import complete
from smartupload.service.parts import confirm, handover, part_claims, sign
from smartupload.service.tags import rules, tagging
from smartupload.service.uploads import adopt, begin, cancel, library, naming, pause
from smartupload.service.uploads.finding import Wanted
from smartupload.service.uploads.plan import NewFile
from smartupload.words import Sentence

PATIENCE = 3.0
"""Seconds that an answer waits for a file to be ready."""

_KEY = "a new one for every file; 400 `idempotency_key_missing` without one"

router = APIRouter(prefix="/api/uploads", tags=["uploads"])


@router.post("", status_code=201, summary="Begin an upload")
@asks_store
def create_upload(
    body: schemas.NewUpload,
    ctx: Ctx,
    owner: Owner,
    idempotency_key: Annotated[str, Header(description=_KEY, json_schema_extra=KEY)] = "",
) -> schemas.BegunUpload:
    """Makes the upload, its placeholder and its share link. Repeating it with the same key changes nothing."""
    wish = begin.Wish(new_file(body), idempotency_key, first_part(body))
    begun = batches.wanted(begin.begin_uploads(ctx, owner, [wish])[0])
    upload = schemas.UploadAnswer.model_validate(begun.upload).model_dump()
    return schemas.BegunUpload(**upload, signed=begun.signed and _signed_parts(begun.signed))


def first_part(body: schemas.NewUpload) -> begin.FirstPart | None:
    """What the browser has read of it."""
    first = body.first
    return begin.FirstPart(first.size, first.sha256, first.version) if first else None


def new_file(body: schemas.NewUpload) -> NewFile:
    """What the browser says about a file. Raises InvalidRequest."""
    return NewFile(
        name=body.name,
        size=body.size,
        type=body.type,
        last_modified=body.last_modified,
        line_rate=body.line_rate,
        head=_head(body.head),
        metadata=body.metadata,
        uploader=body.uploader,
        group=body.group,
        path=body.path,
    )


def _head(encoded: str | None) -> bytes:
    try:
        return inputs.decoded(encoded or "")
    except ValueError as error:
        raise InvalidRequest(Sentence("problem-invalid_request-head")) from error


@router.get("", summary="List uploads")
@asks_store
def list_uploads(
    ctx: Ctx,
    owner: Owner,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=library.MAX_PAGE)] = 50,
    tag: Annotated[str, Query(max_length=200, description="only those with this tag")] = "",
) -> schemas.UploadList:
    """The owner's uploads but the cancelled ones, newest first."""
    page = library.list_uploads(ctx, owner, cursor, limit, Wanted(tag=tag))
    uploads = [schemas.FileAnswer.model_validate(upload) for upload in page.uploads]
    return schemas.UploadList(uploads=uploads, next_cursor=page.next_cursor)


@router.get("/{upload_id}", summary="One upload with its confirmed parts")
@asks_store
def get_upload(upload_id: str, ctx: Ctx, owner: Owner) -> schemas.UploadDetail:
    """The confirmed parts come straight from the store. A grown `epoch` means that none from before count."""
    upload, parts = confirm.confirmed_parts(ctx, owner, upload_id)
    answer = schemas.FileAnswer.model_validate(tagging.with_tags(ctx, owner, [upload])[0])
    return schemas.UploadDetail(**answer.model_dump(), confirmed=parts)


@router.patch("/{upload_id}", summary="Rename the file, or give it tags")
@asks_store
def change_upload(upload_id: str, body: schemas.FileChange, ctx: Ctx, owner: Owner) -> schemas.FileAnswer:
    """Pages, links and downloads say the new name: 409 `not_ready` while the file is on its way. Tags are seen by nobody but the owner."""
    # Before the name is another one: where something is wrong with the tags, the file stays as it was.
    tags = None if body.tags is None else rules.cleaned(body.tags)
    changed = None if body.name is None else naming.rename_upload(ctx, owner, upload_id, body.name)
    if tags is not None:
        changed = tagging.set_tags(ctx, owner, upload_id, tags.values())
    if changed is None:
        raise InvalidRequest
    return schemas.FileAnswer.model_validate(tagging.with_tags(ctx, owner, [changed])[0])


@router.post("/{upload_id}/parts", summary="Sign parts", response_model_exclude_none=True)
@asks_store
def sign_parts(upload_id: str, body: part_schemas.PartClaims, ctx: Ctx, owner: Owner) -> part_schemas.SignedPartsAnswer:
    """For each part a PUT that is good for exactly these bytes, or `confirmed: true`.

    No parts and the `epoch` when that is not the one that was given. 409 `other_version` with the `number` of a part
    for which other bytes are signed already, unless they are to be replaced or no version was given.
    """
    return _signed_parts(sign.sign_parts(ctx, owner, upload_id, claims(body), terms(body)))


def _signed_parts(signed: sign.SignedParts) -> part_schemas.SignedPartsAnswer:
    return part_schemas.SignedPartsAnswer.model_validate(part_schemas.signed_members(signed))


def claims(body: part_schemas.PartClaims) -> list[sign.PartClaim]:
    """The parts that it says it has."""
    return [sign.PartClaim(part.number, part.size, part.sha256) for part in body.parts]


def terms(body: part_schemas.PartClaims) -> part_claims.Terms:
    """What else it says."""
    return part_claims.Terms(body.version, body.epoch, body.replace)


@router.post("/{upload_id}/handover", summary="Hand parts over", response_model_exclude_none=True)
@asks_store
def hand_over(upload_id: str, body: part_schemas.PartClaims, ctx: Ctx, owner: Owner) -> part_schemas.SignedFormsAnswer:
    """For each part a form that is good for days and for exactly these bytes, or `confirmed: true`.

    Otherwise as for signed parts. 409 `handover_unavailable` where the store takes no forms.
    """
    forms = handover.hand_over(ctx, owner, upload_id, claims(body), terms(body))
    return part_schemas.SignedFormsAnswer(epoch=forms.epoch, parts=[_handed(part) for part in forms.parts])


def _handed(part: handover.HandedPart) -> part_schemas.HandedPartAnswer:
    if part.confirmed:
        return part_schemas.HandedPartAnswer(number=part.number, confirmed=True)
    return part_schemas.HandedPartAnswer(
        number=part.number, url=part.url, fields=dict(part.fields or {}), expires_in=part.expires_in
    )


@router.post("/{upload_id}/complete", summary="Finish an upload")
async def complete_upload(upload_id: str, ctx: Ctx, owner: Owner, completing: Completing) -> schemas.UploadAnswer:
    """Idempotent; 409 with the `missing` part numbers and the `epoch` when parts are not there, or of another version."""
    done = await in_threads(completing, complete.complete_upload, ctx, owner, upload_id, PATIENCE)
    return schemas.UploadAnswer.model_validate(done)


@router.post("/{upload_id}/pause", summary="Pause")
def pause_upload(upload_id: str, ctx: Ctx, owner: Owner) -> schemas.UploadAnswer:
    """Nothing more is signed until it is resumed."""
    return schemas.UploadAnswer.model_validate(pause.pause_upload(ctx, owner, upload_id))


@router.post("/{upload_id}/resume", summary="Resume")
def resume_upload(upload_id: str, ctx: Ctx, owner: Owner) -> schemas.UploadAnswer:
    """Signs again."""
    return schemas.UploadAnswer.model_validate(pause.resume_upload(ctx, owner, upload_id))


@router.post("/{upload_id}/claim", summary="Take along after the cookie was lost")
def adopt_upload(upload_id: str, body: schemas.Claim, ctx: Ctx, owner: Owner) -> schemas.UploadAnswer:
    """The upload becomes the caller's, who knows the Idempotency-Key that made it. 404 with any other key."""
    return schemas.UploadAnswer.model_validate(adopt.adopt_upload(ctx, owner, upload_id, body.key))


@router.delete("/{upload_id}", status_code=204, summary="Cancel, or delete the file")
@asks_store
def cancel_upload(upload_id: str, request: Request, ctx: Ctx, owner: Owner) -> Response:
    """Idempotent. The bytes are removed from the store. A file that is ready is no token's to delete."""
    cancel.cancel_upload(ctx, owner, upload_id, also_ready=USE not in request.scope)
    return Response(status_code=204)


@router.get("/{upload_id}/download", status_code=302, response_class=RedirectResponse, summary="Download")
def download(upload_id: str, ctx: Ctx, owner: Owner) -> RedirectResponse:
    """To a short-lived address, once the file is ready."""
    return RedirectResponse(library.download_url(ctx, owner, upload_id), status_code=302)


@router.get("/{upload_id}/preview", status_code=302, response_class=RedirectResponse, summary="Show")
@asks_store
def preview(upload_id: str, ctx: Ctx, owner: Owner) -> RedirectResponse:
    """To a short-lived address that shows a picture, PDF, film or sound."""
    return RedirectResponse(library.preview_url(ctx, owner, upload_id), status_code=302)
