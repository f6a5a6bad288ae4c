"""What every verb is given: settings, database, store, live and clock, the locks by upload, when it was last counted, and what was looked at."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime

from smartupload.db import Database
from smartupload.ports import (
    Clock,
    Finisher,
    Hooks,
    IdentityProvider,
    Limiter,
    Live,
    Mailer,
    Publisher,
    Pusher,
    Scanner,
    Store,
    Streams,
)
from smartupload.service.said import Sayings
from smartupload.settings import Settings


class UploadLocks:
    """Locks by upload id within this process, so that two calls for one upload do not do the same work twice.

    They only save work: across processes the compare-and-set of the database keeps things right.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, tuple[threading.Lock, int]] = {}

    @contextlib.contextmanager
    def of(self, upload_id: str) -> Generator[None]:
        """Hold the lock of one upload."""
        with self._guard:
            lock, users = self._locks.get(upload_id, (threading.Lock(), 0))
            self._locks[upload_id] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, users = self._locks[upload_id]
                if users == 1:
                    del self._locks[upload_id]
                else:
                    self._locks[upload_id] = (lock, users - 1)


class Counts:
    """When this process last did something by this name, so that it does it no more often than is of use.

    Kept here and not in a row: to ask the store what has arrived of an upload and find nothing new writes nothing.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._at: OrderedDict[str, datetime] = OrderedDict()

    def last(self, name: str) -> datetime:
        """The moment; long ago when there was none."""
        with self._guard:
            return self._at.get(name, _NEVER)

    def note(self, name: str, moment: datetime) -> None:
        """It was done. Of very many, those done longest ago are forgotten."""
        with self._guard:
            self._at[name] = moment
            self._at.move_to_end(name)
            if len(self._at) > _COUNTS:
                self._at.popitem(last=False)


_NEVER = datetime.min.replace(tzinfo=UTC)
_COUNTS = 10_000


class Looks:
    """What was found out about objects of the store by their keys. At one only one thread looks; others wait for what it finds."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._known: OrderedDict[str, int | None] = OrderedDict()
        self._under_way: dict[str, Future[int | None]] = {}

    def of(self, key: str, look: Callable[[], int | None], meanwhile: int) -> int | None:
        """What is known or what a look finds; `meanwhile` where that of another thread takes very long. Raises what a look raises, which is not remembered."""
        with self._guard:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
            other = self._under_way.get(key)
            mine = Future[int | None]()
            self._under_way.setdefault(key, mine)
        if other is not None:
            try:
                return other.result(_PATIENCE)
            except TimeoutError:
                return meanwhile
        try:
            found = look()
        except BaseException as error:
            with self._guard:
                del self._under_way[key]
            mine.set_exception(error)
            raise
        with self._guard:
            del self._under_way[key]
            self._known[key] = found
            if len(self._known) > _LOOKS:
                self._known.popitem(last=False)
        mine.set_result(found)
        return found


_PATIENCE = 2
"""Seconds for which a look of another thread is waited for."""
_LOOKS = 10_000


@dataclass(frozen=True)
class Context:
    """Handed to every verb as its first argument. What is None is not set up here, so nothing goes that way.

    `counts`: when arrived parts were counted; `signings`: when a doer's signing was written into the audit log (service/audit/entries.py).
    `drop_key`: what drop links are made with (service/drops/names.py); empty where there are none.
    `pixels`: of pictures, by their key in the store, as far as these were looked at (service/presentation/previews.py).
    `sayings`: what sending browsers say of their uploads.
    `adopting`: an upload may be taken along to a new owner, since owners are cookies, which get lost.
    """

    settings: Settings
    db: Database
    store: Store
    live: Live
    clock: Clock
    finisher: Finisher | None = None
    scanner: Scanner | None = None
    mailer: Mailer | None = None
    pusher: Pusher | None = None
    webhook: Publisher | None = None
    queue: Publisher | None = None
    streams: Streams | None = None
    hooks: Hooks | None = None
    limiter: Limiter | None = None
    provider: IdentityProvider | None = None
    adopting: bool = True
    drop_key: bytes = field(default=b"", repr=False)
    locks: UploadLocks = field(default_factory=UploadLocks)
    counts: Counts = field(default_factory=Counts)
    signings: Counts = field(default_factory=Counts)
    pixels: Looks = field(default_factory=Looks, repr=False)
    sayings: Sayings = field(default_factory=Sayings)
