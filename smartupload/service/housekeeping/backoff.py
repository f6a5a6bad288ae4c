"""How often the server looks at what nobody asks about: ever more seldom, the longer nothing has happened."""

from __future__ import annotations

from datetime import datetime, timedelta


def is_due(
    now: datetime, moved_at: datetime, looked_at: datetime, shortest: timedelta, longest: timedelta, share: float = 0.5
) -> bool:
    """Whether it is time to look again.

    The wait is a share of the time that had passed without a change when it was last looked at, so whatever happens is
    seen before that much time again has passed. Nothing has to be kept for it but the two moments.
    """
    wait = min(max((looked_at - moved_at) * share, shortest), longest)
    return now - looked_at >= wait
