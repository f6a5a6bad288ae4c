"""What is done as soon as the process is told to stop: a server waits for what streams, and says so to its app only afterwards."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Generator
from types import FrameType

_ENDS = (signal.SIGTERM, signal.SIGINT)


EARLY = "smartupload: stopped before it was up."


class Stopped(SystemExit):
    """The process was told to stop before anything else listened; `number` is the exit code that shells have for that signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def end_quietly() -> None:
    """SIGTERM and SIGINT raise Stopped from now on, until somebody else listens."""

    def told(number: int, _: FrameType | None) -> None:
        raise Stopped(128 + number)

    for one in _ENDS:
        if signal.getsignal(one) is not signal.SIG_IGN:  # as shells have it of what runs behind them
            signal.signal(one, told)


def as_usual() -> None:
    """For commands that have an end of their own."""
    for one, usual in ((signal.SIGTERM, signal.SIG_DFL), (signal.SIGINT, signal.default_int_handler)):
        if signal.getsignal(one) is not signal.SIG_IGN:
            signal.signal(one, usual)


@contextlib.contextmanager
def at_the_signal(work: Callable[[], None]) -> Generator[None]:
    """Do this in the event loop at SIGTERM or SIGINT, and then what was to be done at it anyway. Only the main thread can hear them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    import asyncio  # only here: a start that is told to stop at once has nothing to wait for

    loop = asyncio.get_running_loop()
    before = {one: signal.getsignal(one) for one in _ENDS}
    over = False

    def told(number: int, frame: FrameType | None) -> None:
        if not over:
            loop.call_soon_threadsafe(work)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for one in before:
        signal.signal(one, told)
    try:
        yield
    finally:
        over = True
        for one, handler in before.items():
            # Whoever came later passes on to this one, and puts back what it found here.
            if signal.getsignal(one) is told:
                signal.signal(one, handler)
