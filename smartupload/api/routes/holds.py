"""Holds over HTTP: they are made, and browsers wait in them; what a browser is told is how, and when, the answer ends."""

from __future__ import annotations

import asyncio
import contextlib
import time
import zlib
from typing import Annotated

import structlog
from anyio import CapacityLimiter
from fastapi import APIRouter, Path, Request
from fastapi.responses import StreamingResponse
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from smartupload.api import schemas
from smartupload.api.dependencies import Ctx, Owner, in_threads
from smartupload.api.holds.cutting import cut_off
from smartupload.api.holds.waiting import Waiter, Waiting
from smartupload.errors import StoreUnavailable
from smartupload.service.context import Context
from smartupload.service.holds import holding
from smartupload.service.holds.decisions import Asked, Lane, Told
from smartupload.service.housekeeping import reconcile
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.api")

HEARTBEAT = 15.0
"""Seconds; proxies end a connection that is silent for a minute."""
TOO_MUCH = 16 * 1024 * 1024 + 1
"""Bytes that are more than any registration expects, so that the browser drops the rest of it. Packed they are 16 kB."""
LAST_LEVEL = 99_999
_LOOKED_AT = 20
"""Uploads of one registration that are looked at."""
_STORE = 5.0
"""Seconds for the store to say what it has."""
_PATIENCE = 20.0
"""Seconds for a client to take what it is sent; one that does not is gone, though nobody has said so."""
_GZIP = 16 + zlib.MAX_WBITS

router = APIRouter(prefix="/api/holds", tags=["uploads"])


@router.post("", summary="Hold a handover back")
def hold(body: schemas.NewHold, ctx: Ctx, owner: Owner) -> schemas.HoldAnswer:
    """What the browser has in its own hands by this registration is not sent for as long as the engine has its stream.

    Repeating it renews it. `held` is false when it was let go before.
    """
    return schemas.HoldAnswer(held=holding.hold(ctx, owner, body.registration, body.uploads, body.stream))


@router.get(
    "/{registration}/{level}/{lane}",
    summary="Wait in a hold",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "a byte now and then, as it waits"}},
)
async def wait(
    request: Request,
    registration: Annotated[str, Path(pattern=schemas.TOKEN)],
    level: Annotated[int, Path(ge=0, le=LAST_LEVEL)],
    lane: Lane,
    ctx: Ctx,
    owner: Owner,
) -> Response:
    """The first two requests of a registration are of level 0, and the browser sends nothing while they are not answered to the end.

    The answer ends when the engine is gone, and at once where nothing is held. Further pairs between the parts are of higher levels;
    they wait while what is left is paused. Once nothing is left to send, both lanes get more than the registration expects.
    """
    if ctx.streams is None:
        raise StoreUnavailable(Sentence("problem-store_unavailable-nothing-waits"))
    asked = Asked(owner, registration, level, lane, _takes_gzip(request), ctx.clock.now())
    return HoldStream(ctx, asked, request.app.state.waiting, request.app.state.asking)


class HoldStream(Response):
    """Runs until its browser is told something, its client goes away, or the server stops."""

    media_type = "application/octet-stream"

    def __init__(self, ctx: Context, asked: Asked, waiting: Waiting, asking: CapacityLimiter) -> None:
        packed = {"content-encoding": "gzip"} if asked.takes_gzip else {}
        headers = {"cache-control": "no-store", "x-accel-buffering": "no", "vary": "accept-encoding", **packed}
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self.ctx = ctx
        self.waiting = waiting
        self.asking = asking
        self.waiter = Waiter(asked)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        gone = asyncio.create_task(self._until_gone(receive))
        body = _Body(send, self.waiter.asked.takes_gzip)
        told = Told.WAIT
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await body.beat()
            await self._looked()
            told = await self._arrived()
            if told is Told.WAIT:
                with self.waiting.waits(self.ctx, self.waiter):
                    told = await self._waited(body)
            if told is Told.END:
                await body.write(await asyncio.to_thread(body.too_much))
            if told is not Told.WAIT:
                await body.end()
            else:
                cut_off()  # a browser that sees no end asks again
        except (OSError, TimeoutError):
            self.waiter.gone = True
        finally:
            gone.cancel()
        if told is Told.WAIT and self.waiter.gone and not self.waiting.has_another(self.waiter):
            await self._left()

    async def _until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.waiter.gone = True
        self.waiter.wake()

    async def _looked(self) -> None:
        """Between two parts the store is asked whether more is needed at all."""
        asked = self.waiter.asked
        if asked.level == 0:
            return
        with contextlib.suppress(Exception):  # then it sends on, as it would without having asked
            async with asyncio.timeout(_STORE):
                await in_threads(self.asking, _complete_if_there, self.ctx, asked)

    async def _arrived(self) -> Told:
        try:
            return await self.waiting.in_thread(holding.settle, self.ctx, self.waiter.asked, True)
        except Exception:
            log.exception("a hold could not be asked for; the browser goes on")
            return Told.GO

    async def _waited(self, body: _Body) -> Told:
        """What it is told in the end; to wait, when there is nobody to tell or nobody tells any more."""
        beat_at = time.monotonic() + HEARTBEAT
        while True:
            if await self.waiter.wait(max(0.0, beat_at - time.monotonic())):
                if self.waiter.gone or self.waiter.cut:
                    return Told.WAIT
                told = Told.GO if self.waiter.lost else await self._settled()
                if told is not Told.WAIT:
                    return told
            if time.monotonic() >= beat_at:
                await body.beat()
                beat_at = time.monotonic() + HEARTBEAT

    async def _settled(self) -> Told:
        try:
            return await self.waiting.in_thread(holding.settle, self.ctx, self.waiter.asked)
        except Exception:
            log.exception("a hold could not be settled; it is tried again")
            return Told.WAIT

    async def _left(self) -> None:
        try:
            await self.waiting.in_thread(holding.leave, self.ctx, self.waiter.asked)
        except Exception:
            log.exception("that a browser has gone could not be written down")


def _complete_if_there(ctx: Context, asked: Asked) -> None:
    reconcile.complete_if_there(ctx, holding.uploads(ctx, asked)[:_LOOKED_AT])


class _Body:
    """The bytes of the answer, packed where the client takes that; each is on the line as soon as it is written."""

    def __init__(self, send: Send, packs: bool) -> None:
        self._send = send
        self._packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP) if packs else None

    async def beat(self) -> None:
        """One byte."""
        await self.write(self._packed(b"\0") + self._flushed(zlib.Z_SYNC_FLUSH))

    def too_much(self) -> bytes:
        """So much that the browser drops the rest. Takes a moment."""
        piece = bytes(1024 * 1024)
        made = [self._packed(piece[: TOO_MUCH - at]) for at in range(0, TOO_MUCH, len(piece))]
        return b"".join(made) + self._flushed(zlib.Z_SYNC_FLUSH)

    async def end(self) -> None:
        """There is no more."""
        await self.write(self._flushed(zlib.Z_FINISH), False)

    async def write(self, data: bytes, more: bool = True) -> None:
        """Raises OSError, TimeoutError when the client has gone."""
        message: Message = {"type": "http.response.body", "body": data, "more_body": more}
        async with asyncio.timeout(_PATIENCE):
            await self._send(message)

    def _packed(self, data: bytes) -> bytes:
        return data if self._packer is None else self._packer.compress(data)

    def _flushed(self, mode: int) -> bytes:
        return b"" if self._packer is None else self._packer.flush(mode)


def _takes_gzip(request: Request) -> bool:
    for each in ",".join(request.headers.getlist("accept-encoding")).split(","):
        name, _, terms = each.strip().lower().partition(";")
        if name.strip() == "gzip":
            return terms.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
