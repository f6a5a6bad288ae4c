"""When it is tried again after the line, the store or the server failed: with full jitter, one probe at a time, and how long in all.

The numbers are those of the browser's engine (client/core/ports/retry.js).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from smartupload.client.core.errors import Away

_BASE, _CAP = 0.4, 4.0
"""Seconds; short at first, since most gaps are short."""
_SLOW_CAP, _SLOW_AFTER = 30.0, 30
"""Seconds, after so many attempts: about a minute of short ones."""
_LONGEST = 60.0
"""Seconds that somebody else may ask for."""


def backoff(attempt: int, random: Callable[[], float]) -> float:
    """Seconds to wait before this attempt (1 is the first repetition)."""
    cap = _SLOW_CAP if attempt > _SLOW_AFTER else _CAP
    return random() * min(cap, _BASE * 2 ** min(attempt, 20))


def retry_after(text: str | None, now: datetime) -> float:
    """Seconds that a Retry-After asks for (RFC 9110, section 10.2.3), a minute at most. 0 when it says nothing that makes sense."""
    value = (text or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _LONGEST)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), _LONGEST)


class Gate:
    """The way to one place. Open until something fails; then closed for a while, then open for one probe at a time until one gets through.

    Moments are seconds on any clock that only goes forward.
    """

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._attempt = 0
        self._closed_at = 0.0
        self.open_at = 0.0

    @property
    def is_closed(self) -> bool:
        """Whether the last that was heard is that it is away."""
        return self._attempt > 0

    def allows(self, now: float, busy: int) -> bool:
        """Whether another request may go out while so many are under way."""
        return not self.is_closed or (busy == 0 and now >= self.open_at)

    def fail(self, now: float, away: Away) -> None:
        """One came to nothing."""
        if self.is_closed and now < self.open_at:
            return  # the rest of the same wave
        if not self.is_closed:
            self._closed_at = now
        self._attempt += 1
        self.open_at = now + max(away.retry_after, backoff(self._attempt, self._random))

    def ok(self) -> None:
        """One got through."""
        self._attempt = 0

    def closed_for(self, now: float) -> float:
        """Seconds since the first failure that nothing has followed but failures."""
        return now - self._closed_at if self.is_closed else 0.0
