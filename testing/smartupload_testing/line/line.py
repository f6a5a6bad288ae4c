"""A line that listens on a port of this machine: slowed down, cut and restored while connections go over it.

Requests are read on the fly to count them, bytes are passed on as they are, so that the Host header and with it every signature holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from smartupload_testing.line.bucket import Bucket
from smartupload_testing.line.counts import Counts
from smartupload_testing.line.part import Put, Request
from smartupload_testing.line.passing import CHUNK, Passed, answer, both_ways, meets, pass_answers, swallow
from smartupload_testing.line.rules import Rule, Rules

T = TypeVar("T")


class Line(Counts, ABC):
    """Listens on `port`; what becomes of a connection is for `serve` to say."""

    tls: ssl.SSLContext | None = None
    """For a line that speaks TLS; set before it listens."""

    def __init__(self, port: int = 0) -> None:
        super().__init__()
        self.port = port
        self.bucket = Bucket()
        self.rules = Rules()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="line", daemon=True)
        self._thread.start()
        self._call(self._listen())

    @abstractmethod
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first byte to its last."""

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
        """A healthy line again. The rate stays."""
        self._call(self._listen())

    def rule(self, *texts: str) -> None:
        """From now on these rules (see rules.HELP) and no others; without any, none. Raises rules.WrongRule."""
        self.rules.set(texts)

    def drop_connections(self) -> None:
        """Drop the connections there are; new ones are taken."""
        self._call(self._drop())

    def reset(self) -> None:
        """As new, for the next test."""
        self._call(self._cut())
        self.shape(None)
        self.rule()
        self.forget()
        self.restore()

    def close(self) -> None:
        """The end of the line."""
        self._call(self._cut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    @property
    def connections(self) -> int:
        """How many there are now. A browser that was killed has some until all is read that was on its way."""
        return len(self._tasks)

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
        self._server = await asyncio.start_server(self._accepted, sock=listener, limit=CHUNK, ssl=self.tls)

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
            with contextlib.suppress(
                OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError
            ):
                await self.serve(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def relay(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        address: tuple[str, int],
        first: bytes = b"",
    ) -> None:
        """Pass requests on to an address and its answers back, until one side ends. `first`: a head that was read already."""
        far_reader, far_writer = await asyncio.open_connection(*address, limit=CHUNK)
        waiting: list[Passed] = []
        answers = pass_answers(far_reader, writer, waiting)
        requests = self._pass_requests(reader, (writer, far_writer), waiting, address, first)
        try:
            await both_ways(far_writer, answers, requests)
        finally:
            for one in waiting:
                if one.put is not None:
                    one.put.dropped = True

    async def _pass_requests(
        self,
        reader: asyncio.StreamReader,
        writers: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
        waiting: list[Passed],
        address: tuple[str, int],
        first: bytes,
    ) -> None:
        back, writer = writers

        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        while True:
            head = first or await reader.readuntil(b"\r\n\r\n")
            first = b""
            request = Request.of(head)
            head = self.head_for(address, head)
            put = self.note(request)
            await self.before_request()
            rule = self.rules.take(request, put)
            if rule is not None and meets(rule, back):
                await self.pass_body(reader, 0 if rule.early else request.length, put, swallow, rule)
                await answer(rule, reader, back, request, put)
                continue
            waiting.append(Passed(put, rule))
            writer.write(head)
            await self.pass_body(reader, request.length, put, send, rule)
            if "upgrade" in request.headers:
                while data := await reader.read(CHUNK):
                    await send(data)
                return

    async def before_request(self) -> None:
        """For a line that takes its time over each request."""

    def head_for(self, address: tuple[str, int], head: bytes) -> bytes:
        """For a line whose other side is spoken to in another way. Raises ConnectionError for a head that is not for this address."""
        del address
        return head

    def altered(self, data: bytes, at: int, put: Put) -> bytes:
        """For a line that damages what goes over it: bytes of a part's body, from `at` on."""
        del at, put
        return data

    async def pass_body(
        self,
        reader: asyncio.StreamReader,
        length: int,
        put: Put | None,
        send: Callable[[bytes], Awaitable[None]],
        rule: Rule | None = None,
    ) -> None:
        """So many bytes; those of a part are counted, and come at the pace of the line. Raises ConnectionError where a rule cuts it."""
        left = length
        while left:
            data = await reader.read(min(CHUNK, left))
            if not data:
                raise asyncio.IncompleteReadError(b"", left)
            amount = len(data)
            if put is not None:
                if put.first_byte is None:
                    put.first_byte = time.monotonic()
                    put.name(data)
                put.received += amount
                data = self.altered(data, length - left, put)
                await self.bucket.take(amount)
            await send(data)
            left -= amount
            if rule is not None and 0 <= rule.cut_bytes <= length - left:
                raise ConnectionError(f"cut by {rule.text}")

    def note(self, request: Request) -> Put | None:
        """Count a request; the part that it brings, if it brings one by PUT or as a form."""
        self.requests[request.method] += 1
        if form := request.form():
            self.posts.append(form)
            return form
        if put := request.put():
            self.puts.append(put)
            return put
        return None
