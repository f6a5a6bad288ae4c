"""What the app's database says, asked of it so that it costs the server nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from smartupload.settings import load


def ready(data: Path) -> int:
    """How many files are ready in the app whose data is there."""
    path = load({"SMARTUPLOAD_DATA_DIR": str(data)}).database.partition("///")[2]
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM upload WHERE state = 'ready'").fetchone()[0]
