"""Whether a process may have a data folder: it can be written, there is room, and no other process runs a store in it."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import time
from pathlib import Path
from typing import IO, Any

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None

_FILE = "lock"
_TRIES, _PAUSE = 60, 0.05
"""Whoever only looks holds the lock for a moment, too, and one that is just ending for some seconds."""
_PROBE = 256 * 1024
"""Bytes that have to fit: with less the database cannot even be opened."""


class FolderTrouble(Exception):
    """The folder cannot be used; the message is one line for a person."""


class FolderInUse(FolderTrouble):
    """Another process runs over it."""


class FolderLock:
    """Held by the process that runs the store of a folder, and gone with it, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Hold it, unless it is held here already. Raises FolderInUse, and FolderTrouble where there are no locks."""
        if fcntl is None or self._file is not None:
            return
        try:
            file = open(os.open(self._folder / _FILE, os.O_RDWR | os.O_CREAT, 0o600), "r+")  # noqa: SIM115 - it stays open
        except OSError as error:
            raise FolderTrouble(f"the data folder {self._folder} {_why(error, self._folder)}") from error
        for _ in range(_TRIES):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_PAUSE)
            except OSError as error:  # NFS without locks, some of FUSE: the database needs them, too
                file.close()
                raise FolderTrouble(
                    f"the data folder {self._folder} lies on a file system without locks ({error.strerror or error}). "
                    "Set SMARTUPLOAD_DATA_DIR to a folder on another one."
                ) from error
        else:
            named = _named(file)
            file.close()
            raise FolderInUse(in_use(self._folder, named))
        self._file = file
        with contextlib.suppress(OSError):  # on a full disk nobody is named
            file.seek(0)
            file.truncate()
            file.write(f"{os.getpid()}\n")
            file.flush()

    def release(self) -> None:
        """Let it go."""
        if self._file is not None:
            self._file.close()
            self._file = None


def holder(folder: Path) -> int | None:
    """The process that holds it, 0 for one that is not named; None when nobody does. Changes nothing."""
    if fcntl is None:
        return None
    with contextlib.suppress(OSError), (folder / _FILE).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _named(file)
    return None


def in_use(folder: Path, pid: int) -> str:
    """One line about it."""
    who = f"process {pid}" if pid else "another process"
    return f"the data folder {folder} is in use by {who}. Stop it, or set SMARTUPLOAD_DATA_DIR to another folder."


def check(folder: Path) -> None:
    """Make it if need be, and write into it. Raises FolderTrouble."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_PROBE))
            probe.flush()
    except OSError as error:
        raise FolderTrouble(f"the data folder {folder} {_why(error, folder)}") from error


def is_a_file(folder: Path) -> str:
    """What is said where it, or one of its parents, is a file; else nothing."""
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            what = "is a file" if place == folder else f"lies below {place}, which is a file"
            return f"{what}. Set SMARTUPLOAD_DATA_DIR to a folder."
    return ""


def _why(error: OSError, folder: Path) -> str:
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return is_a_file(folder) or "is a file. Set SMARTUPLOAD_DATA_DIR to a folder."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "is on a disk without room. Make some, or set SMARTUPLOAD_DATA_DIR to a folder on another disk."
    if error.errno == errno.EROFS:
        return "is on a disk that may only be read. Set SMARTUPLOAD_DATA_DIR to another folder."
    if isinstance(error, PermissionError):
        return "cannot be written by this user. Give it to the user (chown), or set SMARTUPLOAD_DATA_DIR to another folder."
    return f"cannot be used: {error.strerror or error}. Set SMARTUPLOAD_DATA_DIR to another folder."


def _named(file: IO[str]) -> int:
    with contextlib.suppress(OSError, ValueError):
        file.seek(0)
        return int(file.read(32))
    return 0
