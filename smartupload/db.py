"""How the database is opened, upgraded and written to: SQLite in WAL mode, or PostgreSQL."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Generator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Mapped
from sqlmodel import Session

from smartupload.errors import StoreFull
from smartupload.migrations import history

_WRITES = "smartupload_writes"
_CONNECT_SECONDS = 10
_UPGRADE_LOCK = 0x736D6172  # any fixed number, the same in every process


class Database:
    """One database. `read()` and `write()` give sessions; a write is one transaction that nobody else interleaves."""

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._folder = Path(self.url.database).parent if self.is_sqlite and self.url.database else None
        if self._folder is not None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        waits: dict[str, Any] = {} if self.is_sqlite else {"connect_timeout": _CONNECT_SECONDS}
        self.engine = sa.create_engine(
            self.url,
            hide_parameters=True,  # an error says what was asked, not of whom
            pool_pre_ping=not self.is_sqlite,
            pool_size=10,
            max_overflow=30,
            connect_args={name: value for name, value in waits.items() if name not in self.url.query},
        )
        self._writing = self.engine.execution_options(**{_WRITES: True})
        # SQLite takes one writer; waiting here is fair and immediate, its own busy handler sleeps.
        self._turn = threading.Lock() if self.is_sqlite else contextlib.nullcontext()
        self._to_scrub = threading.Event()
        if self.is_sqlite:
            event.listen(self.engine, "connect", _open_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "connect", _open_postgres)

    @contextlib.contextmanager
    def read(self) -> Generator[Session]:
        """A session for reading; what it loaded stays usable after it closed."""
        with _said_plainly(self._folder), Session(self.engine, expire_on_commit=False) as session:
            yield session

    def ask(self, statement: sa.Select[*tuple[Any, ...]], given: Mapping[str, Any] | None = None) -> list[Any]:
        """What one question says, as tuples: for what is asked several times a second, of which a session would cost half."""
        with _said_plainly(self._folder), self.engine.connect() as connection:
            return list(connection.execute(statement, given or {}))

    @contextlib.contextmanager
    def write(self) -> Generator[Session]:
        """A session whose block is one transaction: committed at its end, rolled back when it raises."""
        with (
            _said_plainly(self._folder),
            self._turn,
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def hold(self, session: Session, name: str) -> None:
        """Wait until no other transaction holds this name, and hold it to the end of one's own.

        SQLite has one writer anyway.
        """
        if not self.is_sqlite:
            session.connection().execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})

    def scrub_later(self) -> None:
        """Something that must not stay anywhere is deleted in the transaction at hand: `scrub` is to follow."""
        self._to_scrub.set()

    def scrub(self) -> bool:
        """Take what was deleted out of the log that SQLite writes before its file; whether that was done, or nothing was to be.

        In its file, deleted bytes are overwritten at once (secure_delete). Who reads just now keeps the log from being
        emptied; then it is tried again at the next call.
        """
        if not self.is_sqlite or not self._to_scrub.is_set():
            return True
        with self._turn:  # no transaction of this process is under way, so whatever asked for it is in the log
            self._to_scrub.clear()
            with contextlib.closing(sqlite3.connect(self.url.database or "", isolation_level=None, timeout=0)) as alone:
                try:
                    is_busy = alone.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                except sqlite3.OperationalError:
                    is_busy = 1
        if is_busy:
            self._to_scrub.set()
        return not is_busy

    def upgrade(self) -> None:
        """Bring the schema to the newest version; two that try at once wait for each other.

        Raises migrations.history.UnknownVersion.
        """
        with self._writing.begin() as connection:
            if not self.is_sqlite:
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
            history.upgrade(connection)

    def drift(self) -> list[Any]:
        """Differences between the models and the schema; empty when the migrations are complete."""
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        from smartupload import models

        with self.engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "version_table": history.VERSION_TABLE}
            )
            return list(compare_metadata(context, models.Row.metadata))

    def ping(self) -> None:
        """Raises when the database does not answer."""
        with self.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))

    def has_room(self) -> bool:
        """Whether a file of ours can still grow; a server says so itself, when it is written to."""
        with contextlib.suppress(OSError):
            return self._folder is None or shutil.disk_usage(self._folder).free >= _NOTHING
        return True

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


_AMBIGUOUS = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
"""SQLite cannot enlarge, map or make one of its files: for want of room, or for another reason."""
_NOTHING = 256 * 1024
"""So few bytes are no room for it."""
_DISK_FULL = "53100"
FULL_SECONDS = 10
"""After which whoever found no room asks again."""


def _is_full(error: BaseException | None, folder: Path | None) -> bool:
    """Whether a database says that its disk has no room."""
    if not isinstance(error, sqlite3.OperationalError):
        return getattr(error, "sqlstate", None) == _DISK_FULL
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says what was being done
    if kind in _AMBIGUOUS and folder is not None:
        with contextlib.suppress(OSError):
            return shutil.disk_usage(folder).free < _NOTHING
    return kind == sqlite3.SQLITE_FULL


@contextlib.contextmanager
def _said_plainly(folder: Path | None) -> Generator[None]:
    """A disk without room is no fault of ours: it goes on once there is some."""
    try:
        yield
    except OperationalError as error:
        if not _is_full(error.orig, folder):
            raise
        raise StoreFull(retry_after=FULL_SECONDS) from error


def oldest(session: Session, number: Mapped[Any], moment: Mapped[Any], before: datetime, limit: int) -> Sequence[int]:
    """The numbers of the oldest rows from before that moment, of the `limit` first ones.

    The newest row stays however old it is: a database that counts on from the largest id it holds would begin anew, and
    whoever asks for what came after an id would miss it.
    """
    newest = session.execute(sa.select(sa.func.max(number))).scalar_one()
    first = session.execute(sa.select(number, moment).order_by(number).limit(limit)).all()
    return [one for one, at in first if at < before and one != newest]


def _open_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver's own implicit BEGIN comes too late for an immediate lock; "begin" below takes over.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 15000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten; else it stays in the file until its page is used again.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _open_postgres(connection: Any, _: object) -> None:
    # In any other zone the last hours of the year 9999, or the first of the year 1, are outside of Python's calendar.
    before, connection.autocommit = connection.autocommit, True
    connection.execute("SET TIME ZONE 'UTC'")
    connection.autocommit = before


def _begin_sqlite(connection: Connection) -> None:
    begin = "BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES, False) else "BEGIN"
    raw: Any = connection.connection.dbapi_connection
    try:
        # To the driver itself: around each statement SQLAlchemy does more than a transaction costs.
        raw.execute(begin)
    except sqlite3.Error as error:
        raise DBAPIError.instance(begin, None, error, sqlite3.Error, hide_parameters=True) from error
