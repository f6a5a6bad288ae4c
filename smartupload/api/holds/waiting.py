"""When a request that waits in a hold asks again what it is told: one look a second for all that wait in this process, none when nobody does."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import structlog
from anyio import CapacityLimiter, to_thread

from smartupload.service.context import Context
from smartupload.service.holds import holding
from smartupload.service.holds.decisions import Asked, Told
from smartupload.service.holds.holding import Name

log = structlog.get_logger("smartupload.api")

LOOK = 1.0
"""Seconds between two looks."""
LOST = 45.0
"""Seconds without a database after which all that wait are let go: nobody can tell any more whether their engines live."""
_AT_ONCE = 4

_Answer = TypeVar("_Answer")


class Waiter:
    """One request. `gone`: its client has gone. `cut`: the server stops. `lost`: nobody can tell what it is to be told."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.gone = self.cut = self.lost = False
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There is something to ask about."""
        self._woken.set()

    async def wait(self, seconds: float) -> bool:
        """Whether it was woken within so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class Waiting:
    """All requests that wait in this process."""

    def __init__(self) -> None:
        self._waiters: dict[Name, list[Waiter]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._look_now: Callable[[], None] | None = None
        # Of its own, so that many that are told something hold up no page.
        self._threads = CapacityLimiter(_AT_ONCE)

    async def in_thread(self, work: Callable[..., _Answer], *given: object) -> _Answer:
        """Ask the database."""
        return await to_thread.run_sync(work, *given, limiter=self._threads)

    @contextlib.contextmanager
    def waits(self, ctx: Context, waiter: Waiter) -> Iterator[None]:
        """It is woken as long as the block lasts."""
        name = (waiter.asked.owner, waiter.asked.registration)
        self._waiters.setdefault(name, []).append(waiter)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(ctx))
        try:
            yield
        finally:
            self._waiters[name].remove(waiter)
            if not self._waiters[name]:
                del self._waiters[name]
            if not self._waiters:
                self.look_now()

    def has_another(self, waiter: Waiter) -> bool:
        """Whether another request of the same lane waits here: the browser has asked again before this one was seen to be gone."""
        mine = waiter.asked
        others = self._waiters.get((mine.owner, mine.registration), ())
        return any(other is not waiter and other.asked.lane == mine.lane for other in others)

    def look_now(self) -> None:
        """Something has changed that those who wait want to know."""
        if self._look_now is not None:
            self._look_now()

    async def _look(self, ctx: Context) -> None:
        assert ctx.streams is not None
        seen_at = time.monotonic()
        with ctx.streams.subscribe("") as server:
            self._look_now = server.wake
            while self._waiters and not server.ended:
                try:
                    seen = await self.in_thread(holding.look, ctx, list(self._waiters))
                    seen_at = time.monotonic()
                    for waiter in self._all():
                        if seen.told(waiter.asked, ctx.clock.now()) is not Told.WAIT:
                            waiter.wake()
                except Exception:
                    log.exception("holds could not be read")
                    if time.monotonic() - seen_at >= LOST:
                        for waiter in self._all():
                            waiter.lost = True
                            waiter.wake()
                await server.wait(LOOK)
            if server.ended:
                for waiter in self._all():
                    waiter.cut = True
                    waiter.wake()

    def _all(self) -> list[Waiter]:
        return [waiter for some in self._waiters.values() for waiter in some]
