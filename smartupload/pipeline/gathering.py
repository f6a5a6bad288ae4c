"""Which uploads are published together: those that only wait for it, as soon as enough have gathered or nobody has other work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import structlog
from sqlalchemy.exc import OperationalError

from smartupload.errors import StoreFull
from smartupload.service.context import Context
from smartupload.service.finishing import finish
from smartupload.service.finishing.backlog import Taken

log = structlog.get_logger("smartupload.pipeline")

ENOUGH = 32
"""So many are published without waiting for more."""
LATE_SECONDS = 0.25
"""No longer does one wait for others, whatever the threads do meanwhile."""


class Waiting(NamedTuple):
    """An upload as it was taken, and as the steps so far have left it."""

    taken: Taken
    left: Taken


GoOn = Callable[[Waiting, Taken | Exception | None], None]
"""What becomes of one then: as it was published, what went wrong, or None when it is to be published alone."""


class Gathering:
    """Filled by many threads; one at a time empties it, and takes along what has gathered while it waited for its turn."""

    def __init__(self, ctx: Context, go_on: GoOn) -> None:
        self._ctx, self._go_on = ctx, go_on
        self._guard, self._turn = threading.Lock(), threading.Lock()
        self._waiting: list[Waiting] = []
        self._since = 0.0

    def add(self, one: Waiting) -> bool:
        """One more; whether there are enough now."""
        with self._guard:
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting.append(one)
            return len(self._waiting) >= ENOUGH

    def publish(self) -> None:
        """Publish what has gathered. Returns at once when somebody else has taken all of it."""
        with self._turn:
            published = self._publish()
        # Not in its turn: clearing up may ask the store, and others have gathered meanwhile.
        for one, left in published:
            self._go_on(one, left)

    def publish_if_late(self, later: Callable[[Callable[[], None]], None]) -> None:
        """The same, only if something has waited for too long and nobody is at it. What comes then is given to `later`."""
        with self._guard:
            is_late = bool(self._waiting) and time.monotonic() - self._since > LATE_SECONDS
        if not (is_late and self._turn.acquire(blocking=False)):
            return
        try:
            published = self._publish()
        finally:
            self._turn.release()
        for one, left in published:
            later(partial(self._go_on, one, left))

    def _publish(self) -> list[tuple[Waiting, Taken | Exception | None]]:
        with self._guard:
            taken, self._waiting = self._waiting, []
        return list(zip(taken, self._together(taken), strict=True))

    def _together(self, taken: list[Waiting]) -> list[Taken | Exception | None]:
        if len(taken) > 1:
            try:
                return list(finish.publish_all(self._ctx, [one.left for one in taken]))
            except (OperationalError, StoreFull) as fault:
                return [fault for _ in taken]
            except Exception:
                # Which of them it was is found out one by one.
                log.exception("several could not be published together", uploads=len(taken))
        return [None for _ in taken]
