"""Tokens of the caller's own programs over HTTP; no token opens these."""

from __future__ import annotations

from fastapi import APIRouter, Response

from smartupload.api import schemas
from smartupload.api.dependencies import Ctx, Owner, WhoAsks
from smartupload.errors import NotFound
from smartupload.service.access import tokens

router = APIRouter(prefix="/api/tokens", tags=["settings"])


@router.get("", summary="Which tokens there are")
def list_tokens(ctx: Ctx, owner: Owner, identity: WhoAsks) -> schemas.TokenList:
    """The newest first. 404 where the app says itself who somebody is."""
    _exist(identity)
    found = [schemas.TokenAnswer.model_validate(one) for one in tokens.all_of(ctx, owner)]
    return schemas.TokenList(tokens=found)


@router.post("", status_code=201, summary="Make a token")
def make_token(
    body: schemas.NewToken, response: Response, ctx: Ctx, owner: Owner, identity: WhoAsks
) -> schemas.MadeToken:
    """`token` is said this once; the site keeps its hash. 409 `too_many_tokens` when there are too many."""
    _exist(identity)
    view, text = tokens.make(ctx, owner, body.name, body.scopes, body.days)
    response.headers["cache-control"] = "no-store"
    return schemas.MadeToken(**schemas.TokenAnswer.model_validate(view).model_dump(), token=text)


@router.delete("/{token_id}", status_code=204, summary="Revoke a token")
def revoke_token(token_id: str, ctx: Ctx, owner: Owner, identity: WhoAsks) -> Response:
    """From this answer on it opens nothing."""
    _exist(identity)
    tokens.revoke(ctx, owner, token_id)
    return Response(status_code=204)


def _exist(identity: WhoAsks) -> None:
    if identity.tokens is None:
        raise NotFound
