"""Who runs workflows, and whether they still live: each process holds a numbered seat that its death sets free."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

MOST = 256
_NAMESPACE = 0x73656174  # any fixed number, the same in every process


class NoSeat(Exception):
    """All seats are held, or the database that keeps them does not answer; the message says which."""


class Seats:
    """Seats beside one workflow database: locks on small files next to a SQLite file, advisory locks in PostgreSQL.

    The operating system, or the database server, lets go of a lock when its process is gone, so a seat that can be had
    belongs to nobody alive. The first free one is taken, so after a restart it is usually the same again.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._hold: Callable[[int], Any] = self._file if self._url.get_backend_name() == "sqlite" else self._advisory
        self._held: dict[int, Any] = {}
        self.mine = -1

    def sit(self) -> int:
        """Take the first free seat and keep it. Raises NoSeat."""
        for number in range(MOST):
            if self.hold(number):
                self.mine = number
                return number
        raise NoSeat(f"all {MOST} seats are taken")

    def hold(self, number: int) -> bool:
        """Hold a seat until it is let go; False when somebody else has it. Raises NoSeat."""
        lock = self._hold(number)
        if lock is not None:
            self._held[number] = lock
        return lock is not None

    def let_go(self, number: int) -> None:
        """Give a held seat back."""
        lock = self._held.pop(number, None)
        if lock is not None:
            lock.close()

    def keep(self) -> bool:
        """Whether our own seat is still ours; takes it again when the database has dropped the connection."""
        lock = self._held.get(self.mine)
        if isinstance(lock, Connection):
            try:
                lock.execute(sa.text("SELECT 1"))
            except SQLAlchemyError:
                self.let_go(self.mine)
                return self.hold(self.mine)
        return lock is not None or self.hold(self.mine)

    def anybody(self) -> bool:
        """Whether somebody holds one of the first seats, which are taken first."""
        for number in range(8):
            if number in self._held:
                return True
            if not self.hold(number):
                return True
            self.let_go(number)
        return False

    def close(self) -> None:
        """Give all of them back."""
        for number in list(self._held):
            self.let_go(number)

    def _file(self, number: int) -> sqlite3.Connection | None:
        # A lock of SQLite's own: the same on every system, and gone with the process.
        lock = sqlite3.connect(
            f"{self._url.database}.seat{number}", timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            lock.close()
            return None
        return lock

    def _advisory(self, number: int) -> Connection | None:
        # A host that vanished without a word is noticed within two minutes.
        patience = {"keepalives_idle": 60, "keepalives_interval": 15, "keepalives_count": 4}
        server = "-c tcp_keepalives_idle=60 -c tcp_keepalives_interval=15 -c tcp_keepalives_count=4"
        engine = sa.create_engine(
            self._url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={**patience, "options": server, "connect_timeout": 10},
        )
        try:
            lock = engine.connect()
            wanted = {"namespace": _NAMESPACE, "number": number}
            if lock.execute(sa.text("SELECT pg_try_advisory_lock(:namespace, :number)"), wanted).scalar():
                return lock
        except SQLAlchemyError as error:
            raise NoSeat(f"the workflow database does not answer: {type(error).__name__}") from error
        lock.close()
        return None
