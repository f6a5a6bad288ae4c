"""How the parts of one upload travel: each read, hashed, signed and sent by one thread, a few on the line at a time, and what comes of a failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from smartupload.client.core.answers import Grant, Meaning, PutAnswer, digest, meaning_of
from smartupload.client.core.errors import Away
from smartupload.client.core.parts import Parts
from smartupload.client.core.records import Stamp
from smartupload.client.io.line import Line, Stopped
from smartupload.client.io.source import Reader, Source
from smartupload.client.io.store import Store
from smartupload.client.signing import Signed, Signing

_AHEAD = 2
"""Threads that read, hash and have signed while the others send."""
_MEMORY = 256 * 1024 * 1024
"""Bytes of parts that are held at a time, where there is a choice."""
_TRIES = 3
"""With one address."""
_JOIN = 5.0
"""Seconds that a failure waits for the other threads; a request that hangs ends by its own time-out."""

Sign = Callable[[Sequence[Mapping[str, Any]], int, threading.Event], tuple[int, Mapping[int, Grant]]]
"""Has claims signed in an epoch; the epoch that the upload is in, and what is signed by number."""


def threads_for(part_size: int, parts: int, parallel: int) -> tuple[int, int]:
    """How many threads there are, and how many of them may send at a time."""
    most = max(1, min(parallel + _AHEAD, _MEMORY // part_size, parts))
    return most, min(parallel, most)


class Sending:
    """Sends what of `parts` is not confirmed. `epoch` is the one in which they are.

    `moved` is called whenever more bytes have left or a part is confirmed, by any thread.
    """

    def __init__(
        self,
        source: Source,
        stamp: Stamp,
        parts: Parts,
        epoch: int,
        *,
        sign: Sign,
        store: Store,
        line: Line,
        parallel: int,
        moved: Callable[[], None],
    ) -> None:
        self.parts = parts
        self.epoch = epoch
        self._on_line: dict[int, int] = {}
        self._source = source
        self._stamp = stamp
        self._sign = sign
        self._store = store
        self._line = line
        self._parallel = parallel
        self._moved = moved
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._signing = Signing(self._sign_now)
        self._failure: BaseException | None = None

    @property
    def bytes_there(self) -> tuple[int, int]:
        """Bytes of confirmed parts; and with them what has left of those on the line."""
        with self._lock:
            confirmed = self.parts.confirmed_bytes
            return confirmed, confirmed + sum(self._on_line.values())

    def run(self) -> None:
        """Returns once every part is confirmed. Raises SmartUploadError, and what `moved` raises."""
        while not self.parts.are_all_confirmed:
            count, lanes = threads_for(self.parts.part_size, self.parts.left, self._parallel)
            may_send = threading.Semaphore(lanes)
            threads = [
                threading.Thread(target=self._work, args=(index, may_send), name="smartupload", daemon=True)
                for index in range(count)
            ]
            try:
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
            finally:
                self._stop.set()
                until = time.monotonic() + _JOIN
                for thread in threads:
                    thread.join(max(0.0, until - time.monotonic()))
            if self._failure is not None:
                raise self._failure
            self._stop.clear()

    def _work(self, index: int, may_send: threading.Semaphore) -> None:
        try:
            with self._source.open() as reader:
                buffer = memoryview(bytearray(min(self.parts.part_size, self.parts.size)))
                while not self._stop.is_set():
                    with self._lock:
                        number = self.parts.take()
                    if number is None:
                        return
                    self._send(index, number, reader, buffer, may_send)
        except Stopped:
            pass
        except BaseException as error:
            if self._failure is None:
                self._failure = error
            self._stop.set()

    def _send(self, index: int, number: int, reader: Reader, buffer: memoryview, may_send: threading.Semaphore) -> None:
        start, size = self.parts.span(number)
        body = buffer[:size]
        reader.read(start, body, self._stamp)
        sha256 = digest(body)
        refusals = attempt = 0
        signed: Signed | None = None
        while True:
            if self._stop.is_set():
                raise Stopped
            if signed is None or time.monotonic() >= signed.until:
                signed = self._signing.ask(number, size, sha256)
                if signed is None:
                    continue  # it is asked for in the epoch that is known now
            if signed.grant.is_confirmed:
                meaning = "confirmed"
            else:
                urls = signed.grant.urls
                url = urls[(index + attempt) % len(urls)]
                meaning = self._put(number, body, sha256, signed, url, refusals, may_send)
                if meaning is None:
                    continue
                attempt += 1
            if meaning == "confirmed" and self._confirm(number, signed.grant.epoch):
                return
            if meaning in ("damaged", "sign"):
                refusals += 1
            # Some stores close the line instead of saying that an address is no longer good.
            if meaning in ("confirmed", "sign") or attempt % _TRIES == 0:
                signed = None

    def _put(
        self,
        number: int,
        body: memoryview,
        sha256: str,
        signed: Signed,
        url: str,
        refusals: int,
        may_send: threading.Semaphore,
    ) -> Meaning | None:
        """Try it once, as soon as the line lets it through; what came of it. None when the address was no longer good by then."""

        def left(count: int) -> None:
            if self._stop.is_set():
                raise Stopped
            with self._lock:
                self._on_line[number] += count
            self._moved()

        meaning: Meaning = "wait"
        try:
            with may_send, self._line.request(self._stop):
                if time.monotonic() >= signed.until:
                    raise Stopped
                with self._lock:
                    self._on_line[number] = 0
                answer = self._store.put(url, signed.grant.headers, body, left)
                meaning = meaning_of(answer, sha256)
                _raise_if_away(meaning, answer, refusals)
        except Away:
            pass  # and waited for, before the next try
        except Stopped:
            if self._stop.is_set():
                raise
            return None
        finally:
            with self._lock:
                self._on_line.pop(number, None)
        return meaning

    def _confirm(self, number: int, epoch: int) -> bool:
        """Whether it counts: what arrived in an epoch that is over does not."""
        with self._lock:
            if epoch != self.epoch:
                return False
            self.parts.confirm(number)
        self._moved()
        return True

    def _sign_now(self, claims: Sequence[Mapping[str, Any]]) -> Mapping[int, Grant]:
        epoch, grants = self._sign(claims, self.epoch, self._stop)
        with self._lock:
            if epoch != self.epoch:
                self.epoch = epoch
                self.parts.begin_anew()
        return grants


def _raise_if_away(meaning: Meaning, answer: PutAnswer, refusals: int) -> None:
    if meaning == "portal":
        raise Away("portal", str(answer))
    # What was refused twice right after it was signed would be refused for ever: slow down then.
    if meaning == "wait" or (meaning != "confirmed" and refusals > 1):
        raise Away("store_away", str(answer))
