"""How often lines of one kind are written: so many in so many seconds, and the next one says how many were left out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable


class Throttle:
    """Counts for any threads. `each` of one kind in `seconds`; `now`: seconds, from any moment on."""

    def __init__(self, each: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._each, self._seconds, self._now = each, seconds, now
        self._guard = threading.Lock()
        self._windows: dict[Hashable, tuple[float, int]] = {}

    def left_out(self, kind: Hashable) -> int | None:
        """How many of that kind were left out before this one; None when this one is left out as well."""
        with self._guard:
            now = self._now()
            began, count = self._windows.get(kind, (now, 0))
            before = 0
            if now - began >= self._seconds:
                began, count, before = now, 0, max(0, count - self._each)
            self._windows[kind] = began, count + 1
            return before if count < self._each else None
