"""How long a file still takes, for somebody who only watches: from what had arrived at each look."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

#: Looks that are older than this say nothing about the line any more.
WINDOW = timedelta(seconds=120)
#: Looks within this time are too close to tell a speed.
SPAN = timedelta(seconds=4)
#: With nothing new for so long nothing can be said.
STILL = timedelta(seconds=60)
#: The average since the beginning is taken while an upload is this young: later it may hold a long pause.
YOUNG = timedelta(minutes=30)


@dataclasses.dataclass(frozen=True)
class Look:
    """So many bytes were there at that time."""

    at: datetime
    there: int


def add_look(looks: list[Look], look: Look) -> list[Look]:
    """The looks that count from now on. Fewer bytes than before mean that it began anew."""
    if looks and look.there < looks[-1].there:
        return [look]
    if looks and look.at <= looks[-1].at:
        return looks
    return [old for old in looks if look.at - old.at <= WINDOW] + [look]


def time_left(looks: list[Look], size: int, created_at: datetime, moved_at: datetime) -> tuple[float, float] | None:
    """Seconds left as a range, from the speed lately and that over a longer time; None when nothing can be said.

    Args:
        looks: as `add_look` keeps them.
        size: of the file, in bytes.
        created_at: when the upload began.
        moved_at: when something of it arrived last.
    """
    if not looks:
        return None
    now, first = looks[-1], looks[0]
    if now.at - moved_at > STILL:
        return None
    if now.at - created_at <= YOUNG:
        first = Look(created_at, 0)
    half = [look for look in looks if now.at - look.at >= min(WINDOW, now.at - first.at) / 2] or [first]
    rates = [rate for since in (first, half[-1]) if (rate := _rate(since, now)) > 0]
    if not rates:
        return None
    left = size - now.there
    return left / max(rates), min(left / min(rates), 3 * left / max(rates))


def _rate(since: Look, now: Look) -> float:
    span = now.at - since.at
    return (now.there - since.there) / span.total_seconds() if span >= SPAN else 0.0
