"""How several threads share the way to one place: who may ask it now, who waits, and from when on waiting is given up."""

from __future__ import annotations

import contextlib
import math
import random
import threading
import time
from collections.abc import Callable, Generator

from smartupload.client.core.errors import Away, own
from smartupload.client.core.retry import Gate


class Stopped(Exception):
    """Nobody wants the rest any more."""


class Line:
    """The way to something, which `name` tells a person. `patience`: seconds of nothing but failures after which it raises; None is never."""

    def __init__(
        self,
        name: str,
        patience: float | None,
        now: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._name = name
        self._patience = patience
        self._now = now
        self._gate = Gate(jitter)
        self._busy = 0
        self._changed = threading.Condition()
        self._last: Away | None = None
        self._times_given_up = 0
        self._listeners: list[Callable[[], object]] = []

    @property
    def patience(self) -> float:
        """Seconds of nothing but failures after which it is given up."""
        return math.inf if self._patience is None else self._patience

    @property
    def reason(self) -> str:
        """Why it is closed, as a code; empty while it is open."""
        return self._last.code if self._last is not None and self._gate.is_closed else ""

    @contextlib.contextmanager
    def heard_by(self, listener: Callable[[], object]) -> Generator[None]:
        """Meanwhile this is called, by any thread, whenever something came to nothing."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    @contextlib.contextmanager
    def request(self, stop: threading.Event | None = None, patience: float | None = None) -> Generator[None]:
        """Around one request, which waits here for its turn. What it raises as Away closes the way; anything else has got through.

        Raises SmartUploadError instead of Away when `patience` is over, and Stopped when `stop` is set while it waits.
        """
        patience = self._patience if patience is None else patience
        with self._changed:
            given_up = self._times_given_up
            while not self._gate.allows(self._now(), self._busy):
                if stop is not None and stop.is_set():
                    raise Stopped
                # Whoever leaves says so; a second at most, so that a stop is seen.
                opens_in = 1.0 if self._busy else self._gate.open_at - self._now()
                self._changed.wait(min(max(opens_in, 0.01), 1.0))
                self._raise_if_given_up(given_up)
            self._busy += 1
        try:
            yield
        except Away as away:
            with self._changed:
                self._last = away
                self._raise_if_given_up(given_up)
                self._gate.fail(self._now(), away)
                if patience is not None and self._gate.closed_for(self._now()) >= patience:
                    self._times_given_up += 1
                    self._gate.ok()  # whoever asks later is given the same patience
                    self._raise_if_given_up(given_up)
            for listener in list(self._listeners):
                listener()
            raise
        except Stopped:
            raise
        except BaseException:
            self.ok()
            raise
        else:
            self.ok()
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _raise_if_given_up(self, before: int) -> None:
        """Who has waited for it meanwhile gives it up with whoever tried, and not one after the other."""
        if self._times_given_up != before and self._last is not None:
            raise own(self._last.code, url=self._name, cause=self._last.cause) from self._last

    def ok(self) -> None:
        """An answer came."""
        with self._changed:
            self._gate.ok()
            self._changed.notify_all()
