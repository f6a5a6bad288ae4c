"""What is written down of the engines that have a stream in this process: that it began, that it is still there, that it ended."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import structlog

from smartupload.api.holds.waiting import Waiting
from smartupload.service.context import Context
from smartupload.service.holds import streams
from smartupload.service.holds.streams import Name

log = structlog.get_logger("smartupload.api")

RENEWAL = 15.0
"""Seconds between two signs of life; three that are missed make an engine that is gone (`decisions.SILENT`)."""


class Living:
    """All of them; a stream without an id is nobody's."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self._open: Counter[Name] = Counter()
        self._renewing: asyncio.Task[None] | None = None

    async def begin(self, ctx: Context, owner: str, stream: str) -> None:
        """One has begun."""
        if not stream:
            return
        self._open[owner, stream] += 1
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._renew(ctx))
        await self._write(streams.lives, ctx, [(owner, stream)])

    async def end(self, ctx: Context, owner: str, stream: str, stops: bool) -> None:
        """One has ended. `stops`: because the server does; its engine is as alive as before, and comes back."""
        name = owner, stream
        if not stream:
            return
        self._open[name] -= 1
        if self._open[name] <= 0:
            del self._open[name]
        if not self._open and self._renewing is not None:
            self._renewing.cancel()
            self._renewing = None
        if stops or name in self._open:
            return
        await self._write(streams.ended, ctx, owner, stream)
        if name in self._open:
            # The next one has begun meanwhile, and may have been written down first.
            await self._write(streams.lives, ctx, [name])
        self._waiting.look_now()

    async def _renew(self, ctx: Context) -> None:
        while True:
            await asyncio.sleep(RENEWAL)
            await self._write(streams.lives, ctx, list(self._open))

    async def _write(self, work: Callable[..., None], *given: object) -> None:
        try:
            await self._waiting.in_thread(work, *given)
        except Exception:
            # Whoever is not seen to live is gone some time later, and the next sign of life says otherwise.
            log.exception("whether an engine lives could not be written down")
