"""How fast the line is."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

CRAWL = 256 * 1024
"""Bytes a second of a line on which a test has its time: half of 64 MiB takes two minutes, on however slow a machine."""


@dataclass
class Bucket:
    """Tokens shared by all connections; `rate` in bytes per second, None for no limit; once `left` bytes went by, CRAWL."""

    rate: float | None = None
    left: int | None = None
    free_at: float = field(default=0.0)

    async def take(self, amount: int) -> None:
        if self.left is not None:
            self.left -= amount
            if self.left <= 0:
                self.rate = CRAWL
        while self.rate is not None:
            now = time.monotonic()
            # Never lets more than 50 ms of unused time add up to a burst.
            start = max(self.free_at, now - 0.05)
            if start <= now:
                self.free_at = start + amount / self.rate
                return
            await asyncio.sleep(min(start - now, 0.1))
