"""Parts that go through the app itself, for browsers that do not get through to the store: none is held here, and nobody waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import APIRouter, Header, Request, Response

from smartupload.api.dependencies import Ctx, Owner, in_threads
from smartupload.api.exact import DIGEST
from smartupload.api.limits.places import Places
from smartupload.errors import InvalidRequest, TooManyRequests
from smartupload.service.parts import relay

AT_ONCE = 32
"""Parts of all owners together, in one process: each holds a connection to the store, and some pieces of 64 KiB."""
EACH = 6
"""Of them for one owner: as many as a browser has connections to one host."""
SILENCE = 60.0
"""Seconds for the next bytes of a browser."""
_AGAIN = 5

router = APIRouter(prefix="/api/uploads", tags=["uploads"])

_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class Relaying:
    """Who may send now. Looking a part up has threads of its own, so that neither pages nor the store's callers wait for it."""

    def __init__(self) -> None:
        self.places = Places(EACH)
        self.free = AT_ONCE
        self.threads = CapacityLimiter(4)


@router.put("/{upload_id}/parts/{number}/relay", summary="Send a part through the app", openapi_extra=_BODY)
async def relay_part(
    upload_id: str,
    number: int,
    request: Request,
    ctx: Ctx,
    owner: Owner,
    x_amz_checksum_sha256: Annotated[str, Header(description="as it was signed", json_schema_extra=DIGEST)] = "",
) -> Response:
    """The part is passed on to the store as it comes. It has to be signed, and of exactly that length and digest.

    404 where the site passes nothing on (`SMARTUPLOAD_RELAY`). Answers as the store does, with `ETag`.
    """
    relaying: Relaying = request.app.state.relaying
    length = request.headers.get("content-length", "")
    size = int(length) if length.isdecimal() else None
    part = await in_threads(
        relaying.threads, relay.may_pass, ctx, owner, upload_id, number, size, x_amz_checksum_sha256
    )
    if not relaying.free:
        raise TooManyRequests(retry_after=_AGAIN)
    async with relaying.places.of(owner):
        relaying.free -= 1
        try:
            taken = await relay.pass_on(ctx, part, _pieces(request))
        finally:
            relaying.free += 1
    return Response(headers={"etag": taken.etag, "x-amz-checksum-sha256": taken.sha256 or part.sha256})


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """No faster than the store takes them: what is not asked for stays on the line. Raises ClientDisconnect."""
    pieces = request.stream()
    while True:
        try:
            async with asyncio.timeout(SILENCE):
                piece = await anext(pieces, None)
        except TimeoutError:
            raise InvalidRequest("The part did not come to its end. Send it again.") from None
        if piece is None:
            return
        yield piece
