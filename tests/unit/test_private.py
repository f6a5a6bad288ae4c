"""What of a data folder others may read: nothing that holds a secret."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from smartupload import private
from smartupload.db import Database
from smartupload.settings import load

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of files are otherwise there")


def open_to_others(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if stat.S_IMODE(path.lstat().st_mode) & 0o077]


@pytest.fixture
def wide() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_folder_that_was_there_before(tmp_path: Path, wide: object) -> None:
    data = tmp_path / "data"
    for folder in ("store", "logs", "mail"):
        (data / folder).mkdir(parents=True)
    for file in ("store.json", "vapid.key", "smartupload.sqlite"):
        (data / file).touch()
    assert len(open_to_others(data)) == 6, "it is open"
    private.close_to_others(load({"SMARTUPLOAD_DATA_DIR": str(data)}))
    assert open_to_others(data) == []


def test_what_is_made_begins_closed(tmp_path: Path, wide: object) -> None:
    settings = load({"SMARTUPLOAD_DATA_DIR": str(tmp_path / "data")})
    private.close_to_others(settings)
    db = Database(settings.database)
    db.upgrade()
    assert (tmp_path / "data" / "smartupload.sqlite-wal").exists()
    assert open_to_others(tmp_path) == []
    db.close()


def test_a_database_elsewhere(tmp_path: Path, wide: object) -> None:
    file = tmp_path / "elsewhere.sqlite"
    private.close_to_others(
        load({"SMARTUPLOAD_DATA_DIR": str(tmp_path / "data"), "SMARTUPLOAD_DATABASE_URL": f"sqlite:///{file}"})
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
