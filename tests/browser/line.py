"""A TCP line between the browser and the store that a test can slow down, cut, damage or put a captive portal on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from smartupload_testing.line.part import Put, Request
from smartupload_testing.line.reverse import ReverseLine

from smartupload.service.files import limits

PORTAL_PAGE = b"<!doctype html><title>Welcome</title><h1>Please accept the terms of this network</h1>"
PORTAL_CORS = (
    b"Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: *\r\nAccess-Control-Allow-Headers: *, x-amz-checksum-sha256\r\n"
    b"Access-Control-Expose-Headers: *\r\n"
)


class Line(ReverseLine):
    """Listens on `port`; passes on to what `target()` names at the time of each connection."""

    def __init__(self, target: Callable[[], tuple[str, int]], port: int = 0) -> None:
        self.latency = 0.0
        self.portal_answers = 0
        self._portal: str | None = None
        self._flip_after: int | None = None
        super().__init__(target, port)

    def restore(self) -> None:
        """A healthy line again: open, no portal, nothing more to flip. The rate stays."""
        self._flip_after = None
        if self._portal:
            self._portal = None
            # Who still holds a connection to the portal would go on talking to it.
            self.drop_connections()
        super().restore()

    def portal(self, *, cors: bool) -> None:
        """From now on answer every request with 200 and an HTML page of our own."""
        self._portal = "cors" if cors else "plain"
        self.drop_connections()

    def flip_byte_in_put(self, number: int) -> None:
        """Change one byte in the middle of the body of the number-th PUT from now (1 = the next)."""
        self._flip_after = number

    def reset(self) -> None:
        self.latency = 0.0
        self.portal_answers = 0
        super().reset()

    @property
    def most_at_once(self) -> int:
        """Bytes of all parts that can be on their way at one moment: what is lost, at most, when an engine dies."""
        return limits.PER_HOST * max(put.size for put in self.puts)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._portal:
            await self._answer_as_portal(reader, writer, self._portal)
        else:
            await super().serve(reader, writer)

    async def before_request(self) -> None:
        if self.latency:
            await asyncio.sleep(self.latency)

    def note(self, request: Request) -> Put | None:
        put = super().note(request)
        if self._flip_after is not None and put is not None and request.method == "PUT":
            self._flip_after -= 1
            put.damaged = self._flip_after == 0
            if put.damaged:
                self._flip_after = None
        return put

    def altered(self, data: bytes, at: int, put: Put) -> bytes:
        middle = put.size // 2 - at
        if not put.damaged or not 0 <= middle < len(data):
            return data
        return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]

    async def _answer_as_portal(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kind: str) -> None:
        async def swallow(_: bytes) -> None:
            return

        while True:
            request = Request.of(await reader.readuntil(b"\r\n\r\n"))
            put = self.note(request)
            await self.pass_body(reader, request.length, put, swallow)
            if put is not None:
                put.dropped = True
            self.portal_answers += 1
            cors = PORTAL_CORS if kind == "cors" else b""
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n%s\r\n" % (len(PORTAL_PAGE), cors)
            )
            writer.write(PORTAL_PAGE)
            await writer.drain()
