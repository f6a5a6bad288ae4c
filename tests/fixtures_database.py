"""Databases with the newest schema: of SQLite it is made by the migrations once a process, and copied."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from smartupload.db import Database


def database_at(url: str) -> Database:
    """A database with the newest schema; one that is there already keeps what is in it."""
    db = Database(url)
    path = Path(db.url.database or "")
    if db.is_sqlite and not path.exists():
        path.write_bytes(_empty())
    db.upgrade()
    return db


@functools.cache
def _empty() -> bytes:
    """The file of one that nobody has written to. The migrations are tried in tests/unit/test_history.py."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite"
        db = Database(f"sqlite:///{path}")
        db.upgrade()
        db.close()
        assert [one.name for one in Path(folder).iterdir()] == [path.name], "all of it is in this file"
        return path.read_bytes()
