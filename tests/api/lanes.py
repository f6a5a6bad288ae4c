"""A browser that waits in a hold, and an engine that has its stream, over a real server."""

from __future__ import annotations

import socket
import threading
import zlib
from contextlib import suppress

import httpx

from tests.api.conftest import Browser
from tests.api.test_events import Served


class Lane:
    """One request that waits, read in a thread as it comes."""

    def __init__(self, served: Served, browser: Browser, path: str, gzip: bool = True) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        headers = {"cookie": cookies, "accept-encoding": "gzip, deflate" if gzip else "identity"}
        self.client = httpx.Client(timeout=60, headers=headers)
        self.answer = self.client.send(self.client.build_request("GET", f"{served.url}{path}"), stream=True)
        self.sent = self.got = 0
        self.how = ""
        self._unpacker = zlib.decompressobj(31) if self.answer.headers.get("content-encoding") == "gzip" else None
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        self.how = "cut"
        with suppress(httpx.HTTPError, httpx.StreamError):
            for piece in self.answer.iter_raw():
                self.sent += len(piece)
                self.got += len(piece if self._unpacker is None else self._unpacker.decompress(piece))
            self.how = "end"

    @property
    def waits(self) -> bool:
        return self._reading.is_alive()

    def ends(self) -> str:
        """How: `end` or `cut`."""
        self._reading.join(30)
        assert not self.waits, "it still waits"
        return self.how

    def goes(self) -> bool:
        """Whether it ended with no more than it takes to wait."""
        assert self.ends() == "end"
        assert self._unpacker is None or self._unpacker.eof, "the gzip stream has its end"
        return self.got < 100

    def close(self) -> None:
        with suppress(OSError):
            # To close it would leave it to the thread that reads.
            self.answer.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._reading.join(30)
        self.answer.close()
        self.client.close()


class Stream:
    """An engine's stream of events."""

    def __init__(self, served: Served, browser: Browser, stream: str = "s") -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self.client = httpx.Client(timeout=60, headers={"cookie": cookies})
        request = self.client.build_request("GET", f"{served.url}/api/events", params={"stream": stream})
        self.answer = self.client.send(request, stream=True)
        assert self.answer.status_code == 200
        self.lines = self.answer.iter_lines()  # which ends the answer when nobody has it any more
        next(line for line in self.lines if line == "event: beat")

    def close(self) -> None:
        self.answer.close()
        self.client.close()
