"""How many at once of one owner are worked on, and that a crowd of theirs lets others go first: whoever asks for more waits for their own, and not the others for them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass


@dataclass
class _Held:
    places: asyncio.Semaphore
    people: int = 0


class Places:
    """So many for each. Nothing is kept of those who are not here.

    `rest`: where more wait than there are places, a place stays empty so many times as long as it was held, `longest` seconds at
    most. So who asks from many sides at once takes a part of the processor, and one who asks one thing after another never waits.
    """

    def __init__(self, each: int, rest: float = 0.0, longest: float = 0.0) -> None:
        self._each = each
        self._rest = rest
        self._longest = longest
        self._held: dict[str, _Held] = {}

    @contextlib.asynccontextmanager
    async def of(self, owner: str) -> AsyncGenerator[None]:
        """Around what is done for them; nobody is counted with nobody."""
        if not owner:
            yield
            return
        held = self._held.setdefault(owner, _Held(asyncio.Semaphore(self._each)))
        held.people += 1
        try:
            async with held.places:
                began = time.monotonic()
                yield
                if held.people > self._each:
                    await asyncio.sleep(min(self._rest * (time.monotonic() - began), self._longest))
        finally:
            held.people -= 1
            if not held.people:
                self._held.pop(owner, None)
