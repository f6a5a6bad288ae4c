"""Archives that are made while they are sent: how many at once, how slowly one may be taken, and what comes of one that breaks off."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Generator

import structlog
from anyio import CapacityLimiter
from fastapi.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from smartupload.api.dependencies import in_threads
from smartupload.errors import TooManyRequests

log = structlog.get_logger("smartupload.api")

AT_ONCE = 16
"""In one process: each has a piece in memory, and now and then a thread and a connection to the store."""
OF_ADDRESS = 4
"""Of them for one address."""
SILENCE = 60.0
"""Seconds in which whoever takes it has to take the next piece."""
_AGAIN = 10


class Archiving:
    """Who takes an archive now. Reading for them has threads of its own, so that no other request waits for it."""

    def __init__(self) -> None:
        self.here: Counter[str] = Counter()
        self.threads = CapacityLimiter(AT_ONCE)

    def take(self, address: str) -> Callable[[], None]:
        """A place; what is answered gives it back. Raises TooManyRequests."""
        if self.here.total() >= AT_ONCE or self.here[address] >= OF_ADDRESS:
            raise TooManyRequests(retry_after=_AGAIN)
        self.here[address] += 1

        def leave() -> None:
            self.here[address] -= 1
            if not self.here[address]:
                del self.here[address]

        return leave


class ArchiveResponse(StreamingResponse):
    """Sends the pieces as they are taken. Whoever goes away, or stands still, ends the reading; so does a store that does, with fewer bytes than were said."""

    def __init__(
        self,
        pieces: Generator[bytes],
        headers: dict[str, str],
        threads: CapacityLimiter,
        leave: Callable[[], None],
    ) -> None:
        super().__init__(_in_threads(pieces, threads), media_type="application/zip", headers=headers)
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def patiently(message: Message) -> None:
            async with asyncio.timeout(SILENCE):
                await send(message)

        try:
            await super().__call__(scope, receive, patiently)
        except TimeoutError:
            log.info("an archive was not taken any further")
            raise
        finally:
            self._leave()


async def _in_threads(pieces: Generator[bytes], threads: CapacityLimiter) -> AsyncGenerator[bytes]:
    def following() -> bytes | None:
        return next(pieces, None)

    try:
        while (piece := await in_threads(threads, following)) is not None:
            if piece:
                yield piece
    finally:
        # Its thread has come back, also where nobody waits for it any more.
        pieces.close()
