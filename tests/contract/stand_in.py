"""A store that answers what real ones never do when they are asked."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = "http://localhost:3000"
ALLOWS = {"Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Methods": "PUT, GET"} | {
    "Access-Control-Allow-Headers": "x-amz-checksum-sha256, X-Amz-Server-Side-Encryption"
}


BAD = (400, "BadDigest")
Said = int | tuple[int, str]
"""A status, and the code of an error."""


class StandIn(ThreadingHTTPServer):
    """A store that answers a method as it is told, one answer after the other, the last for ever.

    It keeps what it takes; with `spoils` also what it refuses.
    """

    def __init__(self, preflight: dict[str, str], spoils: bool = False, **said: list[Said]) -> None:
        self.preflight = preflight
        self.spoils = spoils
        self.said: dict[str, list[Said]] = {"OPTIONS": [200], "GET": [200], "DELETE": [204], **said}
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.kept = b""
        super().__init__(("127.0.0.1", 0), _Answers)

    @property
    def methods(self) -> list[str]:
        return [method for method, *_ in self.asked]


class _Answers(BaseHTTPRequestHandler):
    server: StandIn  # pyright: ignore[reportIncompatibleVariableOverride]

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.asked.append((self.command, {name.lower(): value for name, value in self.headers.items()}, body))
        coming = self.server.said[self.command]
        said = coming.pop(0) if len(coming) > 1 else coming[0]
        status, code = said if isinstance(said, tuple) else (said, "")
        if self.command == "PUT" and (status < 300 or self.server.spoils):
            self.server.kept = body
        told = f"<Error><Code>{code}</Code></Error>".encode() if code else b""
        told = self.server.kept if self.command == "GET" and status == 200 else told
        self.send_response(status)
        for name, value in self.server.preflight.items() if self.command == "OPTIONS" else ():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_OPTIONS = do_PUT = do_GET = do_DELETE = _answer

    def log_message(self, format: str, *args: Any) -> None:
        pass
