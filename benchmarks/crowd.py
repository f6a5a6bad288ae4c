"""A neighbour who asks for too much, from an address of their own: uploads begun as fast as it is told, and connections that are held and say next to nothing.

`python -m benchmarks.crowd PORT SECONDS`: prints `ready` once all connections stand, and what it was answered as one line of JSON at its end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import time
import urllib.request
from collections import Counter
from http.cookies import SimpleCookie

from smartupload.service.owner import COOKIE

ADDRESS = "127.0.0.2"
"""Of the same machine, and not that of whoever uploads beside it."""
CREATES = 10_000
A_MINUTE = 60.0
CALLERS = 20
SLOW = int(os.environ.get("SLOW", "500"))
"""Connections: a third sends its headers, a third its body, byte by byte, and a third listens to events."""
DRIP = 2.0
"""Seconds between two bytes."""


class Crowd:
    """All of it, with one cookie."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port = port
        self.until = time.monotonic() + seconds
        self.cookie = f"Cookie: {COOKIE}={self._given()}\r\n"
        self.answers: Counter[str] = Counter()
        self.standing = 0

    def _given(self) -> str:
        """What the site gives a new browser."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/client-settings") as answer:
            return SimpleCookie(answer.headers["set-cookie"])[COOKIE].value

    async def run(self) -> None:
        """Until the time is over."""
        slow = [asyncio.create_task(self.holds(number)) for number in range(SLOW)]
        while self.standing < SLOW:  # noqa: ASYNC110 # what is waited for has no event
            await asyncio.sleep(0.05)
        print("ready", flush=True)
        await asyncio.gather(*(self.creates(number) for number in range(CALLERS)))
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)

    async def opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port, local_addr=(ADDRESS, 0))

    async def creates(self, caller: int) -> None:
        """Its share of the uploads, each at its time."""
        reader, writer = await self.opened()
        began, number = time.monotonic(), 0
        while time.monotonic() < self.until:
            body = b'{"name":"a.bin","size":1000}'
            head = f"POST /api/uploads HTTP/1.1\r\nHost: localhost:{self.port}\r\n{self.cookie}Content-Type: application/json\r\n"
            head += f"Idempotency-Key: {caller}-{number}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            told = (await reader.readuntil(b"\r\n\r\n")).decode()
            size = next(line for line in told.lower().splitlines() if line.startswith("content-length:"))
            answer = await reader.readexactly(int(size.partition(":")[2]))
            status = told.split(" ", 2)[1]
            self.answers[status if status == "201" else f"{status} {json.loads(answer)['code']}"] += 1
            number += 1
            await asyncio.sleep(max(0.0, began + number * A_MINUTE * CALLERS / CREATES - time.monotonic()))
        writer.close()

    async def holds(self, number: int) -> None:
        """One connection at a time, for as long as it is let; then the next one."""
        first = True
        while time.monotonic() < self.until:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                reader, writer = await self.opened()
                try:
                    writer.write(self._begins(number % 3))
                    self.standing += first
                    first = False
                    await self._drips(reader, writer, number % 3)
                finally:
                    writer.close()
            self.answers["closed"] += 1
            await asyncio.sleep(DRIP)

    def _begins(self, kind: int) -> bytes:
        if kind == 2:
            return f"GET /api/events HTTP/1.1\r\nHost: localhost:{self.port}\r\n{self.cookie}\r\n".encode()
        begun = f"POST /api/uploads HTTP/1.1\r\nHost: localhost:{self.port}\r\n{self.cookie}"
        rest = "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{" if kind == 1 else "X-Slow: "
        return (begun + rest).encode()

    async def _drips(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kind: int) -> None:
        """Raises OSError when it was closed."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(DRIP):
                    if not await reader.read(65536):
                        return
            if kind != 2:
                writer.write(b" ")
                await writer.drain()


async def main() -> None:
    crowd = Crowd(int(sys.argv[1]), float(sys.argv[2]))
    await crowd.run()
    print(json.dumps(crowd.answers), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
