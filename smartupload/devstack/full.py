"""When the disk of the embedded store is full, when that is over, and how often the log has a line about it."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from smartupload.adapters.disk import Disk

log = structlog.get_logger("smartupload.devstack")

_LOOK_SECONDS = 1.0
_SAID_SECONDS = 60.0
_EMPTY = 0.5
"""This share of what is to stay free."""


class FullDisk:
    """Looks at one disk once a second, however often it is asked. `now`: seconds, from any moment on."""

    def __init__(self, disk: Disk, now: Callable[[], float] = time.monotonic) -> None:
        self._disk = disk
        self._now = now
        self._looked = self._said = float("-inf")
        self._is_full = False
        self._lowest = 1.0

    @property
    def was_empty(self) -> bool:
        """Whether there was so little that parts of the store may have failed; some keep their error, however much room there is."""
        return self._lowest < _EMPTY

    def is_over(self) -> bool:
        """Whether there is room again since the last call: what the store has met meanwhile is to be looked at."""
        if self._now() - self._looked < _LOOK_SECONDS:
            return False
        self._looked = self._now()
        try:
            share = self._disk.share_left()
        except OSError:
            return False
        was_full, self._is_full = self._is_full, share < 1
        if self._is_full:
            self._lowest = min(share, self._lowest if was_full else 1.0)
        if self._is_full != was_full and self._now() - self._said >= _SAID_SECONDS:
            if self._is_full:
                log.error(self._disk.sentence() + "; uploads wait, and go on by themselves once there is room")
                self._said = self._now()
            else:
                log.info("the disk of the data folder has room again")
        return was_full and not self._is_full
