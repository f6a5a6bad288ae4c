"""What the command says while files are on their way: one line that changes on a terminal, a line for each tenth elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TextIO

from smartupload.client.core.results import Progress

_EVERY = 0.2
"""Seconds between two changes of the line."""
_UNITS = ("bytes", "KB", "MB", "GB", "TB")
_WAITING = {
    "store_away": "waiting for the storage",
    "portal": "waiting: something else answers in the place of the storage",
}


def size_text(size: float) -> str:
    """`1.50 GB`, in powers of 1000, as the pages of the app write it."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    large = unit > 2
    places = 0 if unit == 0 or value >= 99.5 else int(large) if value >= 9.95 else 1 + int(large)
    # A format would round half to even, and the pages round it up.
    figure = str(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return f"{figure} {'byte' if unit == 0 and figure == '1' else _UNITS[unit]}"


def line_of(files: Mapping[str, Progress], many: int, total: int, rate: float) -> str:
    """How far all files are together. `many` files with `total` bytes; `rate` in bytes/s, 0 when unknown."""
    sent = sum(progress.sent for progress in files.values())
    ended = sum(progress.stage == "finishing" for progress in files.values())
    percent = 100 if total == 0 else min(100, sent * 100 // total)
    pieces = [f"{percent:3d} % of {size_text(total)}"]
    if many > 1:
        pieces.insert(0, f"{ended} of {many} files")
    reasons = [progress.reason for progress in files.values() if progress.stage == "waiting"]
    if reasons:
        pieces.append(_WAITING.get(reasons[0], "waiting"))
    elif ended == many:
        pieces.append("the server checks it" if many == 1 else "the server checks them")
    elif rate > 0:
        pieces.append(f"{size_text(rate)}/s")
    return ", ".join(pieces)


class Report:
    """Says how far `sizes` (bytes by path) are, on `out`."""

    def __init__(self, sizes: Mapping[str, int], out: TextIO, now: Callable[[], float] = time.monotonic) -> None:
        self._total = sum(sizes.values())
        self._many = len(sizes)
        self._out = out
        self._now = now
        self._files: dict[str, Progress] = {}
        self._lock = threading.Lock()
        self._is_terminal = out.isatty()
        self._said_at = 0.0
        self._tenth = -1
        self._line = ""
        self._first: tuple[float, int] | None = None

    def of(self, path: str) -> Callable[[Progress], None]:
        """What the client tells of one of them."""

        def hear(progress: Progress) -> None:
            with self._lock:
                self._files[path] = progress
                self._say()

        return hear

    def close(self) -> None:
        """Leave the terminal as it was."""
        with self._lock:
            self._write("")

    def note(self, text: str) -> None:
        """A line that stays."""
        with self._lock:
            self._write("")
            self._out.write(text + "\n")
            self._out.flush()

    def _say(self) -> None:
        now = self._now()
        sent = sum(progress.sent for progress in self._files.values())
        if self._first is None:
            self._first = now, sent  # what was there before took none of this time
        began, before = self._first
        rate = (sent - before) / (now - began) if now > began else 0.0
        text = line_of(self._files, self._many, self._total, rate)
        if self._is_terminal:
            if now - self._said_at >= _EVERY:
                self._said_at = now
                self._write(text)
        elif self._total and sent * 10 // self._total > self._tenth:
            self._tenth = sent * 10 // self._total
            self._out.write(text + "\n")
            self._out.flush()

    def _write(self, text: str) -> None:
        if self._is_terminal and (text or self._line):
            self._out.write("\r" + text.ljust(len(self._line)) + ("" if text else "\r"))
            self._out.flush()
            self._line = text
