"""How often something was done, counted in memory or in a Redis; one that is away stops nothing, it is counted in memory meanwhile."""

from __future__ import annotations

import contextlib
import logging
import math
import threading
import time
from typing import Any

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import SlidingWindowCounterRateLimiter

from smartupload.adapters import trust

_log = logging.getLogger(__name__)

AWAY = 10.0
"""Seconds for which a Redis that failed is left alone."""
PATIENCE = 0.5
"""Seconds that an answer of it may take: somebody waits for theirs."""


class Rates:
    """Limiter over a sliding window: what was done in the window before counts as far as that one still overlaps the last `seconds`.

    Thread-safe. What is counted in memory is known to this process only.
    """

    def __init__(self, redis_url: str = "", ca_file: str = "") -> None:
        self._memory = _Counts(_Memory())
        self._redis_url = redis_url
        is_checked = redis_url.startswith("rediss:") and ca_file
        self._trusts: dict[str, Any] = {"ssl_ca_certs": trust.bundle(ca_file)} if is_checked else {}
        self._redis: _Counts | None = None
        self._guard = threading.Lock()
        self._away_until = 0.0
        self._is_away = False

    @property
    def is_remote(self) -> bool:
        """See ports.Limiter."""
        return bool(self._redis_url)

    def take(self, kind: str, who: str, cost: int, most: int, seconds: int) -> float:
        """See ports.Limiter."""
        if self._redis_url and time.monotonic() >= self._away_until:
            try:
                wait = self._connected().take(kind, who, cost, most, seconds)
            except Exception as error:  # whatever the server, its driver or its scripts say
                self._lost(error)
            else:
                self._found()
                return wait
        return self._memory.take(kind, who, cost, most, seconds)

    def close(self) -> None:
        """Give back the connections."""
        with self._guard, contextlib.suppress(Exception):
            if self._redis is not None:
                self._redis.close()
            self._redis = None

    def _connected(self) -> _Counts:
        with self._guard:
            if self._redis is None:
                storage = RedisStorage(
                    self._redis_url,
                    key_prefix="smartupload",
                    socket_timeout=PATIENCE,
                    socket_connect_timeout=PATIENCE,
                    **self._trusts,
                )
                self._redis = _Counts(storage)
            return self._redis

    def _lost(self, error: Exception) -> None:
        with self._guard:
            self._away_until = time.monotonic() + AWAY
            was_away, self._is_away = self._is_away, True
        if not was_away:
            # Only its kind: its text may hold the address, and so a password.
            _log.warning("Redis does not answer (%s); each process counts for itself meanwhile", type(error).__name__)

    def _found(self) -> None:
        if not self._is_away:
            return
        with self._guard:
            was_away, self._is_away = self._is_away, False
        if was_away:
            _log.info("Redis answers again; what is done is counted there")


class _Memory(MemoryStorage):
    """Forgets what is over every half minute: by itself the library goes through all there is a hundred times a second."""

    _SECONDS = 30.0
    _next = 0.0

    def _MemoryStorage__schedule_expiry(self) -> None:  # under the name that the library calls it by
        now = time.monotonic()
        if now < self._next or self.timer.is_alive():
            return
        self._next = now + self._SECONDS
        self.timer = threading.Timer(0.0, getattr(self, "_MemoryStorage__expire_events"))  # noqa: B009
        self.timer.daemon = True
        self.timer.start()


class _Counts:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._windows = SlidingWindowCounterRateLimiter(storage)

    def take(self, kind: str, who: str, cost: int, most: int, seconds: int) -> float:
        item = RateLimitItemPerSecond(most, seconds, namespace=kind)
        cost = min(cost, most)  # else it would never be done
        if self._windows.hit(item, who, cost=cost):
            return 0.0
        read = getattr(self._storage, "get_sliding_window")  # noqa: B009 # both storages have it, their base has not
        return _wait(most - cost, seconds, *read(item.key_for(who), seconds))

    def close(self) -> None:
        if isinstance(self._storage, RedisStorage):
            self._storage.storage.close()


def _wait(room: int, seconds: int, before: int, before_ends: float, now: int, now_kept: float) -> float:
    """Seconds until there is room, as far as what was done so far decides. A window is kept until the one after it is over, too."""
    if now > room:
        # Once it is the window before, it counts less and less.
        return max(1.0, now_kept - seconds + (1 - room / now) * seconds)
    if not before:
        return 1.0
    return max(1.0, math.ceil(before_ends - (room - now) / before * seconds))
