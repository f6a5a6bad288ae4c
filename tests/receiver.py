"""A real HTTP receiver that remembers what it got and fails as it is told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

HANG_UP = -1
"""Instead of a status: the connection is closed without an answer."""
SILENCE = -2
"""Instead of a status: nothing is said until `let_go` is set."""


@dataclass
class Received:
    """One request. Names of headers are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes
    answered: int


@dataclass
class Receiver:
    """`answers` are used up one by one, each a status, or a status and headers; then it is always `usual`."""

    usual: int = 200
    answers: list[int | tuple[int, dict[str, str]]] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def taken(self) -> list[Received]:
        """Those that it said yes to."""
        with self._changed:
            return [request for request in self.received if 200 <= request.answered < 300]

    def wait_until(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        """Until this holds, which is looked at after each request."""
        end = time.monotonic() + seconds
        with self._changed:
            while not condition():
                if not self._changed.wait(end - time.monotonic()):
                    raise AssertionError(f"not within {seconds} s; received: {self.received}")

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        """Remember a request; what to answer."""
        with self._changed:
            answer = self.answers.pop(0) if self.answers else self.usual
            status, more = answer if isinstance(answer, tuple) else (answer, {})
            self.received.append(Received(path, headers, body, status))
            self._changed.notify_all()
        return status, more


Take = Callable[[str, dict[str, str], bytes], tuple[int, dict[str, str]]]
"""Given a request's path, headers (names in lower case) and body: the status to answer, and headers."""


def answering(take: Take, let_go: threading.Event | None = None) -> type[BaseHTTPRequestHandler]:
    """What a server answers with, `HANG_UP` and `SILENCE` included."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more = take(self.path, headers, body)
            if status == SILENCE and let_go is not None:
                let_go.wait(60)
            if status < 0:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    return Handler


@pytest.fixture
def receiver() -> Generator[Receiver]:
    """One that listens."""
    yield from listening()


def listening() -> Generator[Receiver]:
    """A receiver on a free port of this machine, as long as the generator lasts."""
    receiver = Receiver()

    server = ThreadingHTTPServer(("127.0.0.1", 0), answering(receiver.take, receiver.let_go))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/events"
    try:
        yield receiver
    finally:
        receiver.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
