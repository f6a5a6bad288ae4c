"""Which refused attempts are written into the audit log: so few that nobody fills it by knocking."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from smartupload.service.audit import doer, entries
from smartupload.service.context import Context

EVERY = timedelta(minutes=1)
"""At most one row for the same refusal of the same address."""
AT_MOST = 60
"""Rows within this time from all addresses together: whoever has many would else write as many."""
_KEPT = 10_000


class Refusals:
    """What was written lately, and how much was not."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._last: OrderedDict[tuple[str, str], datetime] = OrderedDict()
        self._unwritten = 0
        self._began = datetime.min
        self._written = 0

    def admit(self, address: str, code: str, now: datetime) -> int | None:
        """How many were left out since the last row, if this one is to be written; else None."""
        with self._guard:
            if now.replace(tzinfo=None) - self._began >= EVERY:
                self._began, self._written = now.replace(tzinfo=None), 0
            last = self._last.get((address, code))
            if (last is not None and now - last < EVERY) or self._written >= AT_MOST:
                self._unwritten += 1
                return None
            self._last[address, code] = now
            self._last.move_to_end((address, code))
            if len(self._last) > _KEPT:
                self._last.popitem(last=False)
            self._written += 1
            unwritten, self._unwritten = self._unwritten, 0
            return unwritten


def refused(ctx: Context, refusals: Refusals, code: str, method: str, path: str) -> None:
    """Write that somebody was refused. `path` is that of the route, so no id and no token stands in it."""
    unwritten = refusals.admit(doer.current().address, code, ctx.clock.now())
    if unwritten is not None:
        entries.note(ctx, entries.REFUSED, {"code": code, "call": f"{method} {path}", "left_out": unwritten})
