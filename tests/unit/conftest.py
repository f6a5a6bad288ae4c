"""A service over the in-memory twins and a database of its own."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryStore
from smartupload.db import Database
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView
from smartupload.settings import load
from tests.fixtures_database import database_at
from tests.fixtures_store import MIB
from tests.inline import with_inline
from tests.unit.person import Person


def _postgres() -> str:
    """A new database on the server that TEST_POSTGRES_URL names (postgresql+psycopg://user@host), empty without one."""
    server = os.environ.get("TEST_POSTGRES_URL", "")
    if not server:
        return ""
    name = f"test_{secrets.token_hex(6)}"
    engine = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{server}/{name}"


@pytest.fixture
def make_context(tmp_path: Path) -> Generator[Callable[..., Context]]:
    """Contexts over one database; settings are given by their short names."""
    made: list[Database] = []
    url = _postgres() or f"sqlite:///{tmp_path}/test.sqlite"

    def make(store: Any = None, **settings: str) -> Context:
        db = database_at(url)
        made.append(db)
        given = {f"SMARTUPLOAD_{name.upper()}": value for name, value in settings.items()}
        return with_inline(Context(load(given), db, store or MemoryStore(), MemoryLive(), ManualClock()))

    yield make
    for db in made:
        db.close()


@pytest.fixture
def ctx(make_context: Callable[..., Context]) -> Context:
    """One with nothing set."""
    return make_context()


@pytest.fixture
def store(ctx: Context) -> MemoryStore:
    """Its store."""
    assert isinstance(ctx.store, MemoryStore)
    return ctx.store


@pytest.fixture
def person(ctx: Context) -> Person:
    """Somebody who uploads."""
    return Person(ctx)


@pytest.fixture
def upload(person: Person) -> UploadView:
    """One of theirs, in three parts."""
    return person.creates(size=20 * MIB)


@pytest.fixture
def bodies(person: Person, upload: UploadView) -> list[bytes]:
    """The bytes of its parts."""
    return person.cut(upload)
