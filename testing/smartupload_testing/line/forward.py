"""A line for one browser that passes on whatever it asks for, to wherever: a forward proxy, for a site that cannot be changed.

What goes by HTTP is read, and every part of it is counted. What goes by TLS is a tunnel, of which only the bytes can be counted.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from smartupload_testing.line.line import CHUNK, Line
from smartupload_testing.line.part import Request
from smartupload_testing.line.passing import both_ways

SMALL = 4 * 1024
TLS_HANDSHAKE = 0x16
"""The first byte of a connection by TLS."""


@dataclass
class Tunnel:
    """One connection that cannot be read: `up` bytes came from the browser, `down` bytes went to it.

    One without TLS is a websocket, in which there are no parts.
    """

    host: str
    port: int
    started: float
    up: int = 0
    down: int = 0
    is_tls: bool = False


class ForwardLine(Line):
    """Chromium is pointed to it by `flags`."""

    def __init__(self, port: int = 0) -> None:
        self.tunnels: list[Tunnel] = []
        super().__init__(port)

    @property
    def flags(self) -> tuple[str, ...]:
        """For a Chromium that goes over it, to this machine too."""
        return (f"--proxy-server=http://127.0.0.1:{self.port}", "--proxy-bypass-list=<-loopback>")

    @property
    def sent(self) -> int:
        """Bytes of all parts that came from the browser, with what is around them in tunnels."""
        return self.received + self.posted + sum(tunnel.up for tunnel in self.tunnels if tunnel.is_tls)

    @property
    def is_exact(self) -> bool:
        """Whether every byte that was sent is known to be of a part."""
        return not any(tunnel.is_tls for tunnel in self.tunnels)

    @property
    def parts_twice(self) -> int:
        """How many parts were begun more than once, of those that could be seen."""
        return sum(count > 1 for count in self.part_counts().values())

    def forget(self) -> None:
        super().forget()
        self.tunnels.clear()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        request = Request.of(head)
        if request.method == "CONNECT":
            await self._tunnel(reader, writer, *address_of(f"//{request.target}", 443))
        else:
            await self.relay(reader, writer, address_of(request.target, 80), head)

    def head_for(self, address: tuple[str, int], head: bytes) -> bytes:
        """A server is asked for a path, where a proxy is asked for a whole address."""
        first, _, rest = head.partition(b"\r\n")
        method, target, version = first.split(b" ")
        if address_of(target.decode("latin-1"), 80) != address:
            raise ConnectionError("the connection turns to another site")
        parts = urlsplit(target)
        path = parts._replace(scheme=b"", netloc=b"").geturl() or b"/"
        kept = [line for line in rest.split(b"\r\n") if not line.lower().startswith(b"proxy-")]
        return b"\r\n".join([b" ".join((method, path, version)), *kept])

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int) -> None:
        tunnel = Tunnel(host, port, time.monotonic())
        self.tunnels.append(tunnel)
        far_reader, far_writer = await asyncio.open_connection(host, port, limit=CHUNK)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await both_ways(far_writer, self._pass_up(reader, far_writer, tunnel), _pass_down(far_reader, writer, tunnel))

    async def _pass_up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tunnel: Tunnel) -> None:
        while data := await reader.read(CHUNK):
            if tunnel.up == 0:
                tunnel.is_tls = data[0] == TLS_HANDSHAKE
                if not tunnel.is_tls and (rule := self.rules.take_tunnel()) is not None:
                    raise ConnectionError(f"blocked by {rule.text}")
            tunnel.up += len(data)
            # Calls of the app are small, and do not wait for what is on its way beside them.
            if len(data) > SMALL:
                await self.bucket.take(len(data))
            writer.write(data)
            await writer.drain()


async def _pass_down(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tunnel: Tunnel) -> None:
    while data := await reader.read(4 * CHUNK):
        tunnel.down += len(data)
        writer.write(data)
        await writer.drain()


def address_of(url: str, usual_port: int) -> tuple[str, int]:
    """Host and port of an address. Raises ConnectionError when it has none."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise ConnectionError(f"{url} names no host")
    return parts.hostname, parts.port or usual_port
