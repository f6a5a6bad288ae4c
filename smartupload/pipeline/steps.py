"""How an upload goes through steps of its finishing: so many at a time as each takes, and none once the process stops."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence

from smartupload.service.context import Context
from smartupload.service.finishing import finish
from smartupload.service.finishing.backlog import Taken

LIMITS = {"scan": 2, "ask": 4}
"""Of one step, how many at a time in one process."""
BEFORE, AFTER = ("verify", "sniff", "scan", "ask"), ("publish", "clear")
"""What each upload needs for itself, and what comes then; of that the first can be done for several at once."""


class Steps:
    """Steps of many uploads in many threads. `check` raises when nothing more is to be begun; `over` hears which upload has ended."""

    def __init__(self, check: Callable[[], None], over: Callable[[str], None]) -> None:
        self._check, self._over = check, over
        self._limits = {step: threading.Semaphore(limit) for step, limit in LIMITS.items()}

    def take(self, ctx: Context, row: Taken, names: Sequence[str]) -> Taken:
        """The row after these steps."""
        for name in names:
            with self._limits.get(name) or contextlib.nullcontext():
                self._check()
                row = finish.take(ctx, row, finish.STEPS[name])
            if finish.is_over(row):
                self._over(row.id)
        return row
