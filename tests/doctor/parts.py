"""What the doctor is led to: a clamd that says what it is told to, a store that answers with one sentence, a proxy with faults, the app."""

from __future__ import annotations

import contextlib
import http.client
import socketserver
import threading
from collections.abc import Generator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import uvicorn
from smartupload_testing.wait import wait_for
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from smartupload import SmartUpload
from smartupload.settings import Settings
from tests.browser.server import free_port


@contextlib.contextmanager
def serving(server: socketserver.TCPServer) -> Generator[int]:
    """Its port, while it runs."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.socket.getsockname()[1]
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def clamd(version: str) -> Generator[str]:
    """The address of one that speaks clamd's protocol and calls itself this."""

    class Speaks(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked = self.request.recv(100)
            self.request.sendall({b"zPING\0": b"PONG\0"}.get(asked, version.encode() + b"\0"))

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Speaks)
    with serving(server) as port:
        yield f"tcp://127.0.0.1:{port}"


ENCRYPTION = {"encryption": (501, "NotImplemented"), "no key": (500, "InternalError")}
"""How a store says that it does not encrypt: MinIO, and SeaweedFS, which tells its own log alone what is missing."""


class Says(BaseHTTPRequestHandler):
    """Answers everything with one sentence."""

    status = 200
    body = ""
    told: dict[str, str] = {}  # noqa: RUF012 - each sayer has its own
    when: datetime | None = None

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response_only(self.status)
        self.send_header("Date", self.date_time_string((self.when or datetime.now(UTC)).timestamp()))
        for name, value in self.told.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.body.encode())

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = do_OPTIONS = answer

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def saying(
    status: int, body: str = "", headers: dict[str, str] | None = None, when: datetime | None = None
) -> Generator[str]:
    """The address of one that does."""
    members = {"status": status, "body": body, "told": headers or {}, "when": when}
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), type("Sayer", (Says,), members))) as port:
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def proxy(app: str, fault: str) -> Generator[str]:
    """A small proxy before the app, or before a store, which spoils one thing."""
    host, _, port = app.removeprefix("http://").partition(":")

    class Passes(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if fault == "body" and len(body) > 100_000:
                self.send_error(413)
                return
            if fault in ENCRYPTION and "x-amz-server-side-encryption" in self.headers:
                status, code = ENCRYPTION[fault]
                refused = f"<Error><Code>{code}</Code><Message>KMS is not configured</Message></Error>".encode()
                self.send_response_only(status)
                self.send_header("Content-Length", str(len(refused)))
                self.end_headers()
                self.wfile.write(refused)
                return
            line = http.client.HTTPConnection(host, int(port), timeout=60)
            kept = {
                name: value for name, value in self.headers.items() if name.lower() not in ("upgrade", "connection")
            }
            line.request(self.command, self.path, body or None, kept)
            with contextlib.suppress(OSError):
                answer = line.getresponse()
                # One that buffers says nothing before all has come.
                told = answer.read()
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("content-length", "transfer-encoding"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)
            line.close()

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = do_OPTIONS = pass_on

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Passes)
    server.daemon_threads = True
    server.block_on_close = False
    with serving(server) as there:
        yield f"http://localhost:{there}"


async def _event(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@contextlib.contextmanager
def app(settings: Settings, port: int = 0) -> Generator[str]:
    """The real API over these settings, with a websocket where Reflex has its own."""
    port = port or free_port()
    uploads = SmartUpload(settings)
    routes = [
        WebSocketRoute("/_event/", _event),
        Route("/_event/", lambda _: PlainTextResponse("no upgrade", 400)),
        Mount("/", uploads.api),
    ]
    site: Any = Starlette(routes=routes, lifespan=uploads.lifespan)
    server = uvicorn.Server(uvicorn.Config(site, port=port, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_for(lambda: server.started, 30, "the app to start")
        yield f"http://localhost:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


def garbage(path: Path) -> Path:
    """A file that is no database."""
    path.write_bytes(b"no database" * 1000)
    return path
