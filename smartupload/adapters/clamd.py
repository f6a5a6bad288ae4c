"""Scanner over ClamAV's daemon: how bytes are streamed to it (INSTREAM), and what each of its answers means."""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
from collections.abc import Generator, Iterable
from urllib.parse import urlsplit

from smartupload.errors import NotScannable, ScannerUnavailable

_CONNECT_SECONDS = 5
_SEND_SECONDS = 60
"""For one piece: clamd takes a stream in as fast as its disk is, whatever else it scans."""
_ANSWER_SECONDS = 600
"""From the last byte on: the scan itself (clamd's MaxScanTime is 120 s), and those that came before it."""
_LONGEST_ANSWER = 4096

_BY_CONTENT = ("CL_EMAX", "CL_EFORMAT", "CL_EBYTECODE", "Can't parse data", "Can't unpack")
"""Of clamd's errors those that the content causes, so that they come again (libclamav's cl_strerror)."""


class Clamd:
    """One clamd at `tcp://host:port` or `unix:///path`. Every scan has a connection of its own."""

    def __init__(self, url: str, *, answer_seconds: float = _ANSWER_SECONDS) -> None:
        self.url = url
        self._answer_seconds = answer_seconds

    def scan(self, chunks: Iterable[bytes]) -> str | None:
        """See ports.Scanner. What the iterable raises passes through; clamd forgets half a stream."""
        with _Line.to(self.url) as line:
            line.send(b"zINSTREAM\0")
            for piece in chunks:
                # One without bytes would end the stream before its end.
                if piece and not line.send(struct.pack("!L", len(piece)) + piece):
                    return self._judged(line.answer(_CONNECT_SECONDS), whole=False)
            line.send(struct.pack("!L", 0))
            return self._judged(line.answer(self._answer_seconds), whole=True)

    def ping(self) -> None:
        """See ports.Scanner."""
        with _Line.to(self.url) as line:
            line.send(b"zPING\0")
            answer = line.answer(_CONNECT_SECONDS)
        if answer != "PONG":
            raise ScannerUnavailable(f"clamd at {self.url} answers a ping with: {answer or 'nothing'}")

    def version(self) -> str:
        """What it and its signatures are: `ClamAV 1.4.1/27500/Sat Nov 28 08:30:00 2026`, without the rest where it has none of its own. Raises ScannerUnavailable."""
        with _Line.to(self.url) as line:
            line.send(b"zVERSION\0")
            answer = line.answer(_CONNECT_SECONDS)
        if not answer.startswith("ClamAV"):
            raise ScannerUnavailable(
                f"clamd at {self.url} answers the question for its version with: {answer or 'nothing'}"
            )
        return answer

    def _judged(self, answer: str, *, whole: bool) -> str | None:
        said = answer.removeprefix("stream: ")
        if said == "OK" and whole:
            return None
        if said.endswith(" FOUND"):
            found = said.removesuffix(" FOUND")
            if "Limits.Exceeded" in found:  # what clamd says in place of OK where AlertExceedsMax is set
                raise NotScannable(f"clamd looks at a part of it only, {found}: raise this limit in clamd.conf")
            return found
        if "size limit exceeded" in said:
            raise NotScannable("it is larger than clamd takes: raise StreamMaxLength in clamd.conf")
        if any(error in said for error in _BY_CONTENT):
            raise NotScannable(f"clamd cannot read it: {said}")
        raise ScannerUnavailable(f"clamd at {self.url} says: {said or 'nothing'}")


class _Line:
    """A connection to clamd; its faults are ScannerUnavailable, and only its own."""

    def __init__(self, url: str, line: socket.socket) -> None:
        self._url = url
        self._socket = line

    @classmethod
    @contextlib.contextmanager
    def to(cls, url: str) -> Generator[_Line]:
        parts = urlsplit(url)
        with _faults(url):
            if parts.scheme == "unix":
                line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                try:
                    line.settimeout(_CONNECT_SECONDS)
                    line.connect(parts.path)
                except BaseException:
                    line.close()
                    raise
            else:
                line = socket.create_connection((parts.hostname, parts.port or 3310), timeout=_CONNECT_SECONDS)
        with line:
            line.settimeout(_SEND_SECONDS)
            yield cls(url, line)

    def send(self, data: bytes) -> bool:
        """False when clamd does not listen any longer, since it has answered already."""
        with _faults(self._url):
            if self._speaks():
                return False
            try:
                self._socket.sendall(data)
            except OSError:
                # It hangs up once it has said that this is too much; what it said is still to be read.
                if not self._speaks():
                    raise
                return False
        return True

    def answer(self, seconds: float) -> str:
        heard = b""
        with _faults(self._url):
            self._socket.settimeout(seconds)
            while b"\0" not in heard and len(heard) < _LONGEST_ANSWER and (more := self._socket.recv(_LONGEST_ANSWER)):
                heard += more
        return heard.partition(b"\0")[0].decode("utf-8", "replace").strip()

    def _speaks(self) -> bool:
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            return bool(selector.select(0))


@contextlib.contextmanager
def _faults(url: str) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise ScannerUnavailable(f"clamd at {url} does not answer: {error}") from error
