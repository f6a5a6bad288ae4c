"""Parts that go through the app itself, for browsers that do not get through to the store: none is held here, and nobody waits for them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated

import structlog
from anyio import CapacityLimiter
from fastapi import APIRouter, Header, Request, Response
from starlette.requests import ClientDisconnect

from smartupload.api.dependencies import Ctx, Owner, in_threads
from smartupload.api.exact import DIGEST
from smartupload.api.limits.address import client_of
from smartupload.api.limits.places import Places
from smartupload.errors import InvalidRequest, TooManyRequests
from smartupload.service.parts import relay
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.api")

AT_ONCE = 32
"""Parts of all owners together, in one process: each holds a connection to the store, and some pieces of 64 KiB."""
EACH = 6
"""Of them for one owner: as many as a browser has connections to one host."""
OF_ADDRESS = AT_ONCE // 2
"""Of them for one address, however many owners it says it is."""
WAITING = 12
"""Requests of one owner, with those that wait for a place: each holds a connection."""
SILENCE = 60.0
"""Seconds for the next bytes of a browser."""
LEAST_RATE = 8 * 1024
"""Bytes a second that a part has to come with on the whole: who is slower would keep a place from others."""
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
        self.here: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.threads = CapacityLimiter(4)

    @contextlib.asynccontextmanager
    async def place(self, owner: str, address: str = "") -> AsyncGenerator[None]:
        """Around what is done for them; no address is counted with none. Raises TooManyRequests."""
        self._look(address)
        if self.here[owner] >= WAITING:
            raise TooManyRequests(retry_after=_AGAIN)
        self.here[owner] += 1
        try:
            async with self.places.of(owner):
                self._look(address)  # others have come in meanwhile
                self.free -= 1
                self.inside[address] += 1
                try:
                    yield
                finally:
                    self.free += 1
                    _less(self.inside, address)
        finally:
            _less(self.here, owner)

    def _look(self, address: str) -> None:
        if self.free <= 0 or (address and self.inside[address] >= OF_ADDRESS):
            raise TooManyRequests(retry_after=_AGAIN)


def _less(counted: Counter[str], who: str) -> None:
    """Nothing is kept of those who are not here."""
    counted[who] -= 1
    if counted[who] <= 0:
        del counted[who]


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
    asked = (ctx, owner, upload_id, number, size, x_amz_checksum_sha256)
    part = await in_threads(relaying.threads, relay.may_pass, *asked)
    async with relaying.place(owner, client_of(request, ctx.settings.trusted_proxies)):
        # It may have waited for long.
        part = await in_threads(relaying.threads, relay.begin, *asked)
        try:
            taken = await relay.pass_on(ctx, part, _pieces(request, part.size))
        except ClientDisconnect:
            log.info("a part of the relay broke off", upload=upload_id, number=number)
            return Response(status_code=400)  # nobody is there to read it
    return Response(headers={"etag": taken.etag, "x-amz-checksum-sha256": taken.sha256 or part.sha256})


async def _pieces(request: Request, size: int) -> AsyncIterator[bytes]:
    """No faster than the store takes them: what is not asked for stays on the line. Raises ClientDisconnect."""
    pieces = request.stream()
    until = time.monotonic() + SILENCE + size / LEAST_RATE
    while True:
        try:
            async with asyncio.timeout(min(SILENCE, max(until - time.monotonic(), 0))):
                piece = await anext(pieces, None)
        except TimeoutError:
            raise InvalidRequest(Sentence("problem-invalid_request-part-cut-off")) from None
        if piece is None:
            return
        yield piece
