"""How many uploads are begun while what they need is away: one at a time and ever more seldom, however many wait."""

from __future__ import annotations

import threading
import time

import structlog

log = structlog.get_logger("smartupload.pipeline")

_SAID_EVERY = 20


class Breaker:
    """Open after a fault that passes by itself, for `shortest` seconds and twice as long each time; closed by whoever gets through."""

    def __init__(self, shortest: float, longest: float) -> None:
        self._shortest, self._longest = shortest, longest
        self._guard = threading.Lock()
        self._seconds, self._until, self._tries = 0.0, 0.0, 0

    def room(self, held: int, most: int) -> int:
        """How many more may be begun."""
        with self._guard:
            if not self._seconds:
                return most - held
            return 0 if held or time.monotonic() < self._until else 1

    def because(self, upload_id: str, fault: BaseException) -> None:
        """Something is away."""
        with self._guard:
            if time.monotonic() < self._until:
                return  # begun before the last one said so
            self._seconds = min(max(2 * self._seconds, self._shortest), self._longest)
            self._until = time.monotonic() + self._seconds
            self._tries += 1
            said = self._seconds < self._longest or self._tries % _SAID_EVERY == 0
        if said:
            log.warning("finishing waits", upload=upload_id, seconds=self._seconds, cause=str(fault)[:200])

    def over(self) -> None:
        """Somebody got through."""
        with self._guard:
            self._seconds, self._until, self._tries = 0.0, 0.0, 0
