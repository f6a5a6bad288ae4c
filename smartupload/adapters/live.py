"""How a durable change in any thread reaches the event loop: a queue of owners, each waiting at most once."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import OrderedDict


class LiveQueue:
    """Live over one consumer in an event loop. Owners that change often are handed out once per look."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, None] = OrderedDict()
        self._guard = threading.Lock()
        self._waiting: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    def changed(self, owner: str) -> None:
        """From any thread."""
        with self._guard:
            self._owners[owner] = None
            waiting = self._waiting
        if waiting is not None:
            loop, event = waiting
            # A closed loop means that the app is going down and nobody looks any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(event.set)

    async def next(self) -> str:
        """The next owner whose files changed; waits for one."""
        event = asyncio.Event()
        while True:
            with self._guard:
                if self._owners:
                    self._waiting = None
                    return self._owners.popitem(last=False)[0]
                event.clear()
                self._waiting = (asyncio.get_running_loop(), event)
            await event.wait()


class NoLive:
    """Live for which nobody listens."""

    def changed(self, owner: str) -> None:
        """Does nothing."""
