"""Whether a store is asked at all: while it is silent one call at a time looks whether it is back, all others are refused at once. One that is slow is waited for."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Generator

import structlog
from botocore.exceptions import BotoCoreError

log = structlog.get_logger("smartupload.store")

SILENT = 3.0
"""Seconds without an answer, though somebody asked, after which it may be silent, or twice as long as its last answers took."""
FEW = 8
"""So many wait for it all the same: it may just be slow, and each has a deadline of its own."""
_SHORTEST, _LONGEST = 0.5, 5.0
"""Seconds between two looks, doubled each time."""


class Silent(BotoCoreError):
    """What a call that is refused raises. boto3 tries no such call again."""

    fmt = "the store has not answered lately"


class Circuit:
    """One store. `now`: seconds, from any moment on."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._guard = threading.Lock()
        self._pending: dict[object, float] = {}
        self._answered = now()
        self._took = 0.0
        self._probe: object | None = None
        self._pause, self._until = 0.0, 0.0
        self._mine = threading.local()

    @contextlib.contextmanager
    def call(self, patient: bool = False) -> Generator[None]:
        """Around one question. `patient`: it may take long, so it says nothing of a silence while it is under way. Raises Silent."""
        key, began = object(), self._now()
        self._enter(key, began, patient)
        self._mine.began = began
        answered = True  # also by an error
        try:
            yield
        except BotoCoreError:
            answered = self._now() - began < SILENT
            raise
        finally:
            self._mine.began = None
            self._leave(key, answered)

    def check_again(self) -> None:
        """Before the same question is sent once more. Raises Silent when the first time took too long."""
        began: float | None = getattr(self._mine, "began", None)
        if began is not None and self._now() - began >= SILENT:
            raise Silent

    def _enter(self, key: object, now: float, patient: bool) -> None:
        with self._guard:
            if self._is_silent(now):
                # A patient one would keep all others waiting for as long.
                if patient or self._probe is not None or now < self._until:
                    raise Silent
                self._probe = key
            if not patient:
                self._pending[key] = now

    def _is_silent(self, now: float) -> bool:
        if self._pause:
            return True
        oldest = min(self._pending.values(), default=now)
        return len(self._pending) >= FEW and now - max(self._answered, oldest) >= max(SILENT, 2 * self._took)

    def _leave(self, key: object, answered: bool) -> None:
        now = self._now()
        with self._guard:
            began = self._pending.pop(key, now)
            is_probe = self._probe is key
            if is_probe:
                self._probe = None
            was_silent, self._answered = bool(self._pause), now if answered else self._answered
            if answered:
                self._took, self._pause, self._until = max(now - began, self._took / 2), 0.0, 0.0
            elif is_probe or not self._pause:
                # Those that began together count once.
                self._pause = min(max(2 * self._pause, _SHORTEST), _LONGEST)
                self._until = now + self._pause
            is_silent = bool(self._pause)
        if was_silent != is_silent:
            log.warning("the store is silent" if is_silent else "the store answers again")
