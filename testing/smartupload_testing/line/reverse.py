"""A line in front of one place, such as a store: whoever is to have an accident is given its port in the place of that one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from smartupload_testing.line.line import Line


class ReverseLine(Line):
    """Listens on `port`; passes on to what `target()` names at the time of each connection."""

    def __init__(self, target: Callable[[], tuple[str, int]], port: int = 0) -> None:
        self.target = target
        super().__init__(port)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self.relay(reader, writer, self.target())
