"""What happens to an owner's uploads, as server-sent events (HTML Standard, section 9.2): when they are sent, and when they end."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from smartupload.api import schemas
from smartupload.api.dependencies import Ctx, Owner
from smartupload.api.holds.living import Living
from smartupload.api.limits.places import Places
from smartupload.errors import Problem, StoreUnavailable
from smartupload.service.context import Context
from smartupload.service.owner import tag_of
from smartupload.service.uploads.change_poller import ChangeFeed, read_cursor
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.api")

HEARTBEAT = 15.0
"""Seconds; proxies end a connection that is silent for a minute."""
LOOK = 4.0
"""Seconds between two looks whether it is still theirs: whoever has signed out sees nothing of it for longer."""
GATHER = 0.2
"""Seconds between two reads of one stream: what changes faster is told at once."""
RETRY = 3000
"""Milliseconds after which a browser asks again by itself."""
CROWDED = 60
"""Seconds after which one that ended because its owner has too many may ask again."""
READS = 4
"""Streams that read at the same time, of one owner one; the others wait, and say then what has happened up to then."""
REST = 9
"""Times as long as a read took nothing is read for the same owner: all streams of one take a tenth of a processor at most."""
_LONGEST_REST = 2.0
_PATIENCE = 20.0
"""Seconds for a client to take what it is sent; one that does not is gone, though nobody has said so."""

router = APIRouter(tags=["uploads"])


@router.get(
    "/api/events",
    summary="Hear of changes",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "server-sent events"}},
)
async def events(
    request: Request,
    ctx: Ctx,
    owner: Owner,
    after: Annotated[str, Query(max_length=64, description="the id of the last event that was heard")] = "",
    last_event_id: Annotated[str, Header(max_length=64, description="the same, as browsers say it")] = "",
    stream: Annotated[str, Query(pattern=schemas.TOKEN, description="what the engine's holds call this stream")] = "",
) -> Response:
    """`upload`: an upload as in the list of uploads, whenever it changes; deleted ones have the state `cancelled`.

    `hello` comes first and says whose stream this is (`owner`, as in the client settings) and the server's time (`at`);
    `beat` comes every 15 seconds, after a comment line; `end` says after how many seconds to ask again. The `id` of an
    event is a place to go on from; what happened around it is said again then.
    """
    if ctx.streams is None:
        raise StoreUnavailable(Sentence("problem-store_unavailable-no-events"))
    place = last_event_id or after
    if place:
        read_cursor(place)
    state = request.app.state
    return EventStream(ctx, owner, place, state.streaming, partial(state.identity.owner, request), state.living, stream)


class Streaming:
    """Who may read now."""

    def __init__(self) -> None:
        self._reads = asyncio.Semaphore(READS)
        self._places = Places(1)

    async def read(self, owner: str, feed: ChangeFeed) -> tuple[str, bool]:
        """The events of what has changed, and whether there is more of it."""
        async with self._places.of(owner):
            async with self._reads:
                began = time.monotonic()
                found = await asyncio.to_thread(_changes, feed)
            await asyncio.sleep(min(REST * (time.monotonic() - began), _LONGEST_REST))
            return found


def _changes(feed: ChangeFeed) -> tuple[str, bool]:
    uploads, more = feed.read()
    return "".join(_event("upload", schemas.upload_json(one).decode(), feed.cursor) for one in uploads), more


class EventStream(Response):
    """Runs until its client goes away, its subscription ends, or the client is nobody or somebody else by now.

    A slow client is told less often, nothing piles up for it.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        ctx: Context,
        owner: str,
        after: str,
        streaming: Streaming,
        asked: Callable[[], Awaitable[str]],
        living: Living,
        stream: str = "",
    ) -> None:
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self.ctx = ctx
        self.owner = owner
        self.after = after
        self.streaming = streaming
        self.asked = asked
        self.living = living
        self.stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        assert self.ctx.streams is not None
        with self.ctx.streams.subscribe(self.owner) as subscription:

            async def until_gone() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                subscription.end()

            gone = asyncio.create_task(until_gone())
            try:
                await self.living.begin(self.ctx, self.owner, self.stream)
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                hello = {"owner": tag_of(self.owner), "at": _iso(self.ctx)}
                await _write(send, f"retry: {RETRY}\n{_event('hello', hello)}")
                feed = ChangeFeed(self.ctx, self.owner, self.after)
                beat_at = look_at = 0.0
                while not subscription.ended:
                    await self._send_changes(send, feed)
                    if time.monotonic() >= look_at:
                        if not await self._is_theirs():
                            break
                        look_at = time.monotonic() + LOOK
                    if time.monotonic() >= beat_at:
                        await _write(send, f": still here\n{_event('beat', {}, feed.cursor)}")
                        beat_at = time.monotonic() + HEARTBEAT
                    if (
                        await subscription.wait(max(0.0, min(beat_at, look_at) - time.monotonic()))
                        and not subscription.ended
                    ):
                        await asyncio.sleep(GATHER)
                if not gone.done():
                    await _write(send, _event("end", {"after": CROWDED if subscription.crowded else 0}))
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
            except (OSError, TimeoutError):
                pass  # the client has gone
            finally:
                stops = subscription.ended and not subscription.crowded and not gone.done()
                gone.cancel()
                await self.living.end(self.ctx, self.owner, self.stream, stops)

    async def _is_theirs(self) -> bool:
        try:
            return await self.asked() == self.owner
        except Problem:
            return True  # nobody can tell just now

    async def _send_changes(self, send: Send, feed: ChangeFeed) -> None:
        more = True
        while more:
            try:
                text, more = await self.streaming.read(self.owner, feed)
            except Exception:
                # The database is away for a moment: the place is kept, and the next poll says what was missed.
                log.exception("a stream could not be read")
                return
            if text:
                await _write(send, text)


async def _write(send: Send, text: str) -> None:
    async with asyncio.timeout(_PATIENCE):
        await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _event(kind: str, data: Any, place: str = "") -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f"event: {kind}\n" + (f"id: {place}\n" if place else "") + f"data: {text}\n\n"


def _iso(ctx: Context) -> str:
    return ctx.clock.now().isoformat().replace("+00:00", "Z")
