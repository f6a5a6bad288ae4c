"""What of a data folder only its user may read: everything that holds a secret or somebody's bytes, also in a folder that was there before."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
import tempfile
from pathlib import Path

import structlog
from sqlalchemy.engine import make_url

from smartupload.settings import Settings

log = structlog.get_logger("smartupload")

_FOLDERS = ("store", "logs", "mail")
_FILES = ("store.json", "store.new", "vapid.key", "owner.key")


def close_to_others(settings: Settings) -> None:
    """Before anything is opened: what is there is closed to others, and what will be made begins closed."""
    data = settings.data_dir.resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in _FOLDERS:
        folder = data / name
        if folder.is_dir():
            _close(folder)
    for file in [*(data / name for name in _FILES), *_databases(settings)]:
        if file.is_file():
            _close(file)


def owner_key(settings: Settings) -> bytes:
    """What owners' cookies are signed with: the setting, else what lies in the data folder, made if need be.

    Processes that start at once agree on one.
    """
    if settings.cookie_key:
        return hashlib.sha256(settings.cookie_key.encode()).digest()
    file = settings.data_dir.resolve() / "owner.key"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix="owner.key.", dir=file.parent)  # readable by its user only
        try:
            with os.fdopen(handle, "w") as out:
                out.write(secrets.token_hex(32))
                out.flush()
                os.fsync(out.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, file)  # whole or not at all, and only the first one's
        finally:
            os.unlink(draft)
    return hashlib.sha256(file.read_bytes().strip()).digest()


def _databases(settings: Settings) -> list[Path]:
    """The files of SQLite; its own first one is made here, since the others get the rights of that one."""
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":memory:", "file:")):
        return []
    file = Path(url.database)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        log.warning("the database file cannot be made", file=str(file), cause=str(error))
    return [file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm"))]


def _close(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077 and os.name == "posix":
        try:
            path.chmod(mode & ~0o077)
        except OSError as error:
            log.warning("others may read this, and it cannot be changed", path=str(path), cause=str(error))
