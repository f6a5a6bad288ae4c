"""Pushes over HTTP: the key that browsers subscribe with, and the browsers that did."""

from __future__ import annotations

from fastapi import APIRouter, Response

from smartupload.api import schemas
from smartupload.api.dependencies import Ctx, Owner
from smartupload.service.notify import subscriptions

router = APIRouter(prefix="/api", tags=["notifications"])


@router.get("/push-key", summary="The key that browsers subscribe with")
def push_key(ctx: Ctx) -> schemas.PushKey:
    """404 `push_unavailable` where nothing is pushed."""
    return schemas.PushKey(key=subscriptions.public_key(ctx))


@router.post("/push-subscriptions", status_code=204, summary="Push to this browser")
def add_subscription(body: schemas.NewSubscription, ctx: Ctx, owner: Owner) -> Response:
    """The body is what the browser's subscription gives as JSON. Idempotent; 422 `push_not_allowed`."""
    subscriptions.subscribe(ctx, owner, body.endpoint, body.keys.p256dh, body.keys.auth)
    return Response(status_code=204)


@router.delete("/push-subscriptions", status_code=204, summary="Push to this browser no more")
def delete_subscription(body: schemas.OldSubscription, ctx: Ctx) -> Response:
    """Idempotent."""
    subscriptions.unsubscribe(ctx, body.endpoint)
    return Response(status_code=204)
