"""Who waits for which upload in this process: each is woken alone, when its own has ended."""

from __future__ import annotations

import threading


class Waiters:
    """Callers in threads of their own, by upload."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: dict[str, list[threading.Event]] = {}

    def wait(self, upload_id: str, seconds: float) -> None:
        """Return when this upload is woken, or after so many seconds."""
        woken = threading.Event()
        with self._guard:
            self._waiting.setdefault(upload_id, []).append(woken)
        woken.wait(seconds)
        with self._guard:
            left = self._waiting.get(upload_id, [])
            if woken in left:
                left.remove(woken)
            if not left:
                self._waiting.pop(upload_id, None)

    def wake(self, upload_id: str) -> None:
        """It has ended."""
        with self._guard:
            for woken in self._waiting.pop(upload_id, []):
                woken.set()

    def wake_all(self) -> None:
        """Nobody is to wait any longer."""
        for upload_id in self.ids():
            self.wake(upload_id)

    def ids(self) -> set[str]:
        """The uploads that somebody waits for."""
        with self._guard:
            return set(self._waiting)
