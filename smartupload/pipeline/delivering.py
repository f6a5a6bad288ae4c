"""When deliveries are sent: at once when there are new ones, on each channel as many at a time as it may take."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from concurrent.futures import Future
from typing import TypeVar

import structlog

from smartupload.service.context import Context
from smartupload.service.outbox import deliver
from smartupload.service.outbox.deliver import Batch
from smartupload.service.records.recipients import HOOK, MAIL, PUSH, QUEUE, WEBHOOK

log = structlog.get_logger("smartupload.pipeline")

_Result = TypeVar("_Result")

LIMITS = {WEBHOOK: 8, QUEUE: 8, PUSH: 8, MAIL: 2, HOOK: 8}
"""How many are sent at a time, so that a slow receiver holds up nobody but itself."""
LOOK_SECONDS = 2.0
"""What became due, or was written by another process, is noticed within this time."""
_GAP_SECONDS = 0.2
"""Between two looks, when the first found nothing: files change in bursts."""
_GRACE_SECONDS = 5.0
"""At the end, for what is being sent just then."""


class Bell:
    """Live that passes each change on and rings: where something has changed, there may be something to deliver."""

    def __init__(self, pass_on: Callable[[str], None] = lambda _: None) -> None:
        self._pass_on = pass_on
        self._guard = threading.Lock()
        self._listener: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    def changed(self, owner: str) -> None:
        """See ports.Live."""
        self._pass_on(owner)
        self.ring()

    def ring(self) -> None:
        """From any thread; never blocks, never raises."""
        with self._guard:
            listener = self._listener
        if listener is not None:
            loop, event = listener
            # A closed loop means that the process is going down and nobody listens any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(event.set)

    def heard(self) -> asyncio.Event:
        """What a ring sets; only the last one who asked for it hears."""
        event = asyncio.Event()
        with self._guard:
            self._listener = (asyncio.get_running_loop(), event)
        return event


@contextlib.asynccontextmanager
async def delivering(
    ctx: Context, bell: Bell, limits: Mapping[str, int] = LIMITS, look_seconds: float = LOOK_SECONDS
) -> AsyncGenerator[None]:
    """Delivers as long as the block lasts. What cannot be ended in time goes out again after its lease."""
    desk = _Desk(ctx, bell.heard(), limits, look_seconds)
    working = asyncio.create_task(desk.work())
    try:
        yield
    finally:
        await desk.close(working)


class _Desk:
    def __init__(self, ctx: Context, heard: asyncio.Event, limits: Mapping[str, int], look_seconds: float) -> None:
        self.ctx = ctx
        self.heard = heard
        self.limits = {channel: limits[channel] for channel in deliver.channels(ctx)}
        self.look_seconds = look_seconds
        self.busy: Counter[str] = Counter()
        self.sending: set[asyncio.Task[None]] = set()
        self.closing = False

    async def work(self) -> None:
        """Look, send, wait until there is more."""
        while not self.closing and self.limits:
            self.heard.clear()
            found = await self._look()
            for batch in found:
                self._start(batch)
            if not found and not self.closing:
                await asyncio.sleep(_GAP_SECONDS)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.look_seconds):
                    await self.heard.wait()

    async def _look(self) -> list[Batch]:
        free = {channel: limit - self.busy[channel] for channel, limit in self.limits.items()}
        try:
            return await _aside(deliver.claim, self.ctx, free)
        except Exception:
            log.exception("deliveries could not be looked for; it is tried again")
            return []

    def _start(self, batch: Batch) -> None:
        self.busy[batch.channel] += 1
        task = asyncio.create_task(self._send(batch))
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)

    async def _send(self, batch: Batch) -> None:
        try:
            await _aside(deliver.send, self.ctx, batch)
        except Exception:
            log.exception("what became of a delivery could not be written down", channel=batch.channel)
        finally:
            self.busy[batch.channel] -= 1
            self.heard.set()

    async def close(self, working: asyncio.Task[None]) -> None:
        """Claim nothing more, and let what is under way end."""
        self.closing = True
        self.heard.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_SECONDS):
                await asyncio.wait({working})
                while self.sending:
                    await asyncio.wait(self.sending)
        for task in (working, *self.sending):
            task.cancel()


async def _aside(work: Callable[..., _Result], *given: object) -> _Result:
    """Do this in a thread that keeps no process from ending: a receiver may say nothing for a long time."""
    done = Future[_Result]()
    done.set_running_or_notify_cancel()  # from here on nobody can cancel it

    def run() -> None:
        try:
            done.set_result(work(*given))
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, name="deliver", daemon=True).start()
    return await asyncio.wrap_future(done)
