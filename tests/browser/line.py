"""A TCP line between the browser and the store that a test can slow down, cut, damage or put a captive portal on.

Bytes are passed on as they are, so the Host header and with it every signature holds. Requests are read on the fly only to count
them: which part of which upload, how many bytes of its body came, and what the store said.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from smartupload.service.files import limits

CHUNK = 64 * 1024
CRAWL = 256 * 1024
"""Bytes a second of a line on which a test has its time: half of 64 MiB takes two minutes, on however slow a machine."""
PORTAL_PAGE = b"<!doctype html><title>Welcome</title><h1>Please accept the terms of this network</h1>"
PORTAL_CORS = (
    b"Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: *\r\nAccess-Control-Allow-Headers: *, x-amz-checksum-sha256\r\n"
    b"Access-Control-Expose-Headers: *\r\n"
)
FORM_KEY = re.compile(rb'name="key"\r\n\r\nhandover/([^/]+)/\d+/(\d+)\r\n')
T = TypeVar("T")


@dataclass
class Put:
    """One PUT of a part, or its form: `received` body bytes came from the browser since `started`, and its answer came when it had `ended` (time.monotonic)."""

    upload_id: str
    part: int
    size: int
    started: float
    received: int = 0
    first_byte: float | None = None
    ended: float | None = None
    status: int | None = None
    host: str = ""
    damaged: bool = False
    dropped: bool = False

    def name(self, beginning: bytes) -> None:
        """A form says in its first field which part it brings."""
        found = FORM_KEY.search(beginning)
        if found:
            self.upload_id, self.part = found[1].decode(), int(found[2])


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


class Line:
    """Listens on `port`; passes on to what `target()` names at the time of each connection."""

    def __init__(self, target: Callable[[], tuple[str, int]], port: int = 0) -> None:
        self.target = target
        self.port = port
        self.puts: list[Put] = []
        # Parts that the browser sends by itself, as forms.
        self.posts: list[Put] = []
        self.requests: Counter[str] = Counter()
        self.bucket = Bucket()
        self.latency = 0.0
        self._portal: str | None = None
        self._flip_after: int | None = None
        self.portal_answers = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="line", daemon=True)
        self._thread.start()
        self._call(self._listen())

    # What a test does to the line.

    def shape(self, bytes_per_second: float | None, until: int | None = None) -> None:
        """So fast from now on, and hardly moving once so many bytes came: what is tried in the middle finds it there."""
        self.bucket.rate = bytes_per_second
        self.bucket.left = until
        self.bucket.free_at = 0.0

    def go_on(self) -> None:
        """Nothing more is tried in the middle."""
        if self.bucket.left is not None:
            self.shape(None)

    def cut(self) -> None:
        """Refuse new connections and drop the ones there are."""
        self._call(self._cut())

    def restore(self) -> None:
        """A healthy line again: open, no portal, nothing more to flip. The rate stays."""
        self._flip_after = None
        if self._portal:
            self._portal = None
            # Who still holds a connection to the portal would go on talking to it.
            self._call(self._drop())
        self._call(self._listen())

    def portal(self, *, cors: bool) -> None:
        """From now on answer every request with 200 and an HTML page of our own."""
        self._portal = "cors" if cors else "plain"
        self._call(self._drop())

    def flip_byte_in_put(self, number: int) -> None:
        """Change one byte in the middle of the body of the number-th PUT from now (1 = the next)."""
        self._flip_after = number

    def reset(self) -> None:
        """As new, for the next test."""
        self._call(self._cut())
        self.shape(None)
        self.latency = 0.0
        self.puts.clear()
        self.posts.clear()
        self.requests.clear()
        self.portal_answers = 0
        self.restore()

    def close(self) -> None:
        self._call(self._cut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    # What a test asks.

    @property
    def received(self) -> int:
        """Body bytes of all parts that came from the browser."""
        return sum(put.received for put in self.puts)

    @property
    def posted(self) -> int:
        """Bytes of all forms that came from the browser; each holds a part and some hundred bytes of fields."""
        return sum(post.received for post in self.posts)

    def in_flight(self) -> list[Put]:
        """Parts on their way now."""
        return [put for put in self.puts if put.status is None and not put.dropped]

    @property
    def unconfirmed(self) -> int:
        """Bytes of all parts and forms that the store has not said it took: what may go twice, once their browser is killed."""
        return sum(one.size for one in self.puts + self.posts if one.status not in (200, 201, 204))

    @property
    def repeated(self) -> int:
        """Bytes of all forms that were begun while the same one was on its way. The engine cannot do that to what the browser sends by itself:
        30 s after any page was loaded Chromium begins anew what no answer has come of (UpdateDriverState of its download service, version 150).
        """
        bytes_of, until = 0, dict[tuple[str, int], float]()
        for post in self.posts:
            name = (post.upload_id, post.part)
            if post.started < until.get(name, 0.0):
                bytes_of += post.received
            if not post.dropped:
                until[name] = max(until.get(name, 0.0), time.monotonic() if post.ended is None else post.ended)
        return bytes_of

    @property
    def most_at_once(self) -> int:
        """Bytes of all parts that can be on their way at one moment: what is lost, at most, when an engine dies."""
        return limits.PER_HOST * max(put.size for put in self.puts)

    def part_counts(self) -> Counter[tuple[str, int]]:
        """How many times each part was started with at least one byte."""
        return Counter((put.upload_id, put.part) for put in self.puts if put.received)

    def statuses(self) -> Counter[int]:
        return Counter(put.status for put in self.puts if put.status is not None)

    # The line itself, in its own thread.

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        if self._server is not None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # A small window, so that what the browser believes to be sent is close to what went over the line.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, CHUNK)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._server = await asyncio.start_server(self._accepted, sock=listener, limit=CHUNK)

    async def _cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._drop()

    async def _drop(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if self._portal:
                await self._answer_as_portal(reader, writer, self._portal)
            else:
                await self._relay(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self.target()
        store_reader, store_writer = await asyncio.open_connection(host, port, limit=CHUNK)
        waiting: list[Put | None] = []
        answers = asyncio.ensure_future(self._pass_answers(store_reader, writer, waiting))
        requests = asyncio.ensure_future(self._pass_requests(reader, store_writer, waiting))
        try:
            await asyncio.wait({answers, requests}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for half in (answers, requests):
                half.cancel()
            await asyncio.gather(answers, requests, return_exceptions=True)
            store_writer.transport.abort()
            for put in waiting:
                if put is not None:
                    put.dropped = True

    async def _pass_requests(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, waiting: list[Put | None]
    ) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length, put = self._understand(head)
            if self.latency:
                await asyncio.sleep(self.latency)
            waiting.append(put)
            writer.write(head)
            await self._pass_body(reader, length, put, self._send_to(writer))

    @staticmethod
    def _send_to(writer: asyncio.StreamWriter) -> Callable[[bytes], Awaitable[None]]:
        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        return send

    async def _pass_body(
        self, reader: asyncio.StreamReader, length: int, put: Put | None, send: Callable[[bytes], Awaitable[None]]
    ) -> None:
        left = length
        while left:
            data = await reader.read(min(CHUNK, left))
            if not data:
                raise asyncio.IncompleteReadError(b"", left)
            if put is not None:
                if put.first_byte is None:
                    put.first_byte = time.monotonic()
                    put.name(data)
                put.received += len(data)
                if put.damaged and length - left <= length // 2 < length - left + len(data):
                    at = length // 2 - (length - left)
                    data = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            await self.bucket.take(len(data))
            await send(data)
            left -= len(data)

    async def _pass_answers(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, waiting: list[Put | None]
    ) -> None:
        while data := await reader.read(4 * CHUNK):
            if waiting and data.startswith(b"HTTP/1."):
                put = waiting.pop(0)
                if put is not None:
                    put.status = int(data[9:12])
                    put.ended = time.monotonic()
            writer.write(data)
            await writer.drain()

    async def _answer_as_portal(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kind: str) -> None:
        async def swallow(_: bytes) -> None:
            return

        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length, put = self._understand(head)
            await self._pass_body(reader, length, put, swallow)
            if put is not None:
                put.dropped = True
            self.portal_answers += 1
            cors = PORTAL_CORS if kind == "cors" else b""
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n%s\r\n" % (len(PORTAL_PAGE), cors)
            )
            writer.write(PORTAL_PAGE)
            await writer.drain()

    def _understand(self, head: bytes) -> tuple[int, Put | None]:
        """The length of the body, and the Put when this request is a part on its way."""
        lines = head.decode("latin-1").split("\r\n")
        method, target = lines[0].split(" ")[:2]
        self.requests[method] += 1
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        length = int(headers.get("content-length") or 0)
        query = parse_qs(urlsplit(target).query)
        if method == "POST" and not query:
            self.posts.append(Put("", 0, length, time.monotonic()))
            return length, self.posts[-1]
        if method != "PUT" or "X-Amz-Signature" not in query:
            return length, None
        # A file of one part is an object of its own: the path says of which upload.
        upload = query["uploadId"][0] if "uploadId" in query else urlsplit(target).path.split("/")[-2]
        put = Put(upload, int(query.get("partNumber", ["1"])[0]), length, time.monotonic(), host=headers["host"])
        if self._flip_after is not None:
            self._flip_after -= 1
            put.damaged = self._flip_after == 0
            if put.damaged:
                self._flip_after = None
        self.puts.append(put)
        return length, put


@contextlib.contextmanager
def opened(target: Callable[[], tuple[str, int]]):
    line = Line(target)
    try:
        yield line
    finally:
        line.close()
