"""How a durable change in any thread reaches whoever listens in the event loop: each listener learns of it once per look."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections import OrderedDict
from types import TracebackType


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
            _set(*waiting)

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


class LiveHub:
    """Live and Streams: one queue that hears of every owner, and any number of subscriptions to one owner each.

    Nothing is kept for a subscription but the word that something changed, so that a slow one costs and holds up nothing.
    """

    def __init__(self, most: int = 20, visit: float = 120.0) -> None:
        """`most`: subscriptions to one owner; one more ends the oldest. `visit`: seconds that a look counts, longer than pages take between two."""
        self._most = most
        self._visit = visit
        self._visits: dict[str, float] = {}
        self._everybody = LiveQueue()
        self._guard = threading.Lock()
        self._subscriptions: dict[str, list[OwnerSubscription]] = {}
        self._closed = False

    def changed(self, owner: str) -> None:
        """See ports.Live."""
        self._everybody.changed(owner)
        with self._guard:
            subscriptions = list(self._subscriptions.get(owner, ()))
        for subscription in subscriptions:
            subscription.wake()

    async def next(self) -> str:
        """The next owner whose files changed, for the one consumer that hears of all; waits for one."""
        return await self._everybody.next()

    def subscribe(self, owner: str) -> OwnerSubscription:
        """See ports.Streams. Only inside an event loop."""
        subscription = OwnerSubscription(self, owner)
        with self._guard:
            closed = self._closed
            subscriptions = self._subscriptions.setdefault(owner, [])
            subscriptions.append(subscription)
            surplus = subscriptions[: -self._most]
        for old in [*surplus, *([subscription] if closed else [])]:
            old.end(crowded=not closed)
        return subscription

    def subscribers(self) -> dict[str, int]:
        """How many subscriptions each owner has now; owners without one are not in it. From any thread."""
        with self._guard:
            return {owner: len(subscriptions) for owner, subscriptions in self._subscriptions.items() if owner}

    def visit(self, owner: str) -> None:
        """See ports.Streams."""
        with self._guard:
            self._visits[owner] = time.monotonic() + self._visit

    def visited(self) -> set[str]:
        """The owners of the files that somebody looks at. From any thread."""
        now = time.monotonic()
        with self._guard:
            self._visits = {owner: until for owner, until in self._visits.items() if until > now}
            return set(self._visits)

    def close(self) -> None:
        """The server stops: every subscription ends, also those that come later. From any thread."""
        with self._guard:
            self._closed = True
            subscriptions = [subscription for some in self._subscriptions.values() for subscription in some]
        for subscription in subscriptions:
            subscription.end()

    def forget(self, subscription: OwnerSubscription) -> None:
        """This one hears nothing any more."""
        with self._guard:
            subscriptions = self._subscriptions.get(subscription.owner, [])
            if subscription in subscriptions:
                subscriptions.remove(subscription)
            if not subscriptions:
                self._subscriptions.pop(subscription.owner, None)


class OwnerSubscription:
    """See ports.Subscription."""

    def __init__(self, hub: LiveHub, owner: str) -> None:
        self.owner = owner
        self.ended = False
        self.crowded = False
        self._hub = hub
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()

    def wake(self) -> None:
        """See ports.Subscription."""
        _set(self._loop, self._changed)

    def end(self, crowded: bool = False) -> None:
        """See ports.Subscription."""
        if not self.ended:
            self.ended, self.crowded = True, crowded
        self._hub.forget(self)
        self.wake()

    async def wait(self, seconds: float) -> bool:
        """See ports.Subscription."""
        if self.ended:
            return True
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        self._changed.clear()
        return True

    def __enter__(self) -> OwnerSubscription:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


class NoLive:
    """Live for which nobody listens."""

    def changed(self, owner: str) -> None:
        """Does nothing."""


def _set(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    # A closed loop means that the app is going down and nobody looks any more.
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(event.set)
