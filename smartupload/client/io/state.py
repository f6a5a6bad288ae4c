"""Where the client keeps what it needs later, and how it is written there: for this user only, and on the disk before anything relies on it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

from smartupload.client.core.errors import own

_T = TypeVar("_T")


def default_state_dir() -> Path:
    """The platform's directory for such things, and in it one of our own."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    try:
        return Path(base).expanduser() / "smartupload"
    except RuntimeError as error:
        raise own("state_unwritable", path=base, cause="there is no home directory") from error


def digest_of(*parts: str) -> str:
    """A file name (32 hex digits) for what these texts name."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()[:32]


@contextlib.contextmanager
def usable(path: Path) -> Generator[None]:
    """What the system refuses, as a SmartUploadError."""
    try:
        yield
    except OSError as error:
        raise own("state_unwritable", path=path, cause=error.strerror or error) from error


def make_folder(path: Path) -> None:
    """With its parents, for this user only."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Have the names in it on the disk. Windows has nothing like it."""
    if sys.platform == "win32":
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class LockedFile:
    """A file that one process at a time has open here, made when it is not there. The lock ends with the process, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._number = -1

    def take(self, wait: bool) -> bool:
        """Whether it is ours now; without `wait` not when somebody else has it."""
        while True:
            number = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(number, wait):
                os.close(number)
                return False
            # Whoever had it before may have removed it: then this is a file without a name.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(number), os.stat(self.path)):
                    self._number = number
                    return True
            os.close(number)

    def read(self) -> str:
        """All of it."""
        os.lseek(self._number, 0, os.SEEK_SET)
        pieces: list[bytes] = []
        while piece := os.read(self._number, 1 << 16):
            pieces.append(piece)
        return b"".join(pieces).decode(errors="replace")

    def read_lines(self) -> list[str]:
        """All that were written whole; what is left of one that was cut off is removed, so that the next one begins a line."""
        text = self.read()
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            os.ftruncate(self._number, len(whole.encode()))
        return whole.splitlines(keepends=True)

    def write(self, text: str) -> None:
        """Take the place of what is in it."""
        os.ftruncate(self._number, 0)
        self.append(text)

    def append(self, text: str) -> None:
        """On the disk when this returns."""
        os.lseek(self._number, 0, os.SEEK_END)
        left = memoryview(text.encode())
        while left:
            left = left[os.write(self._number, left) :]
        os.fsync(self._number)
        sync_folder(self.path.parent)

    def remove(self) -> None:
        """Give it up, and the file with it."""
        if sys.platform == "win32":  # nothing that is open can be removed there
            self.close()
        with contextlib.suppress(FileNotFoundError, PermissionError):
            self.path.unlink()
        self.close()

    def close(self) -> None:
        """Give it up."""
        if self._number >= 0:
            os.close(self._number)
            self._number = -1


def _lock(number: int, wait: bool) -> bool:
    """Whether it is locked now, until it is closed."""
    if sys.platform == "win32":
        import msvcrt

        return _tried(lambda: msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1))
    import fcntl

    return _tried(lambda: fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB)))


def _tried(work: Callable[[], object]) -> bool:
    try:
        work()
    except (BlockingIOError, PermissionError):
        return False
    return True
