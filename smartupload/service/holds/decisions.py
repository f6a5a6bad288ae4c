"""What a request that waits in a hold is told: to wait on, to go, or that the browser is to drop the rest. Nothing is asked here.

The browser has two lanes. One that is told to go sends what comes behind this level. Ending a registration of which something is being sent
ends the whole browser, so the rest is dropped only while both lanes wait, and a lane that was sent on waits no more until it arrives at a later level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Literal

from smartupload.models import PAUSED, SENDING, Hold

GRACE = timedelta(seconds=3)
"""So long an engine may be gone: what reloads, or lost its line for a moment, is back by then."""
SILENT = timedelta(seconds=45)
"""After so long an engine that was not seen is gone, though nothing has said so: the process that held its stream was killed."""
TIDIES = timedelta(seconds=5)
"""So long an engine that lives has to end it by itself, which leaves no failed entry in the browser's own list."""
PATIENCE = timedelta(seconds=120)
"""So long one lane waits for the other before both go on."""

Lane = Literal["a", "b"]


class Told(Enum):
    """What a request is told."""

    WAIT = "wait"
    GO = "go"
    END = "end"


@dataclass(slots=True)
class Asked:
    """One request. `over_since`: from when on, as it has seen it, nothing of the registration was left to send."""

    owner: str
    registration: str
    level: int
    lane: Lane
    takes_gzip: bool
    arrived_at: datetime
    over_since: datetime | None = None


def left(hold: Hold, states: Mapping[str, str]) -> set[str]:
    """The states of its uploads that still want bytes; what is no more wants none."""
    return {states[one] for one in hold.uploads if states.get(one) in SENDING}


def told(hold: Hold | None, states: Mapping[str, str], asked: Asked, now: datetime) -> Told:
    """What this request is told now. `states`: of the uploads that are still there, by id."""
    if hold is None:
        return Told.GO
    if hold.ended_at is not None:
        # Whoever went on while the other lane drops the rest would end the browser.
        return Told.END if asked.takes_gzip else Told.WAIT
    wanted = left(hold, states)
    if not wanted:
        return _over(hold, asked, now)
    asked.over_since = None
    if wanted == {PAUSED} or _is_held(hold, asked, now):
        return Told.WAIT
    if hold.let_go_at is not None or asked.level > 0:
        return Told.GO
    since = max(asked.arrived_at, hold.gone_at or asked.arrived_at)
    return Told.GO if now - since >= GRACE else Told.WAIT


def _over(hold: Hold, asked: Asked, now: datetime) -> Told:
    """Nothing of it wants bytes any more."""
    asked.over_since = asked.over_since or now
    if not asked.takes_gzip or not _waits(hold, asked.lane, asked.level):
        return Told.GO
    if all(_waits(hold, lane, asked.level) for lane in ("a", "b")):
        # Between the parts there is no engine that could.
        return Told.END if asked.level > 0 or now - asked.over_since >= TIDIES else Told.WAIT
    return Told.GO if now - asked.over_since >= PATIENCE else Told.WAIT


def _waits(hold: Hold, lane: Lane, level: int) -> bool:
    """Whether this lane waits at the level or at a later one."""
    at, past = (hold.level_a, hold.past_a) if lane == "a" else (hold.level_b, hold.past_b)
    return at >= level and at > past


def _is_held(hold: Hold, asked: Asked, now: datetime) -> bool:
    """By its engine, which holds back only what comes behind the first level."""
    is_alive = hold.gone_at is None and now - hold.seen_at < SILENT
    return asked.level == 0 and hold.let_go_at is None and is_alive
