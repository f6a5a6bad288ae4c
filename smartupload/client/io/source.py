"""The file that is sent: opened, read part by part, and looked at after every read, so that two states of it are never mixed."""

from __future__ import annotations

import os
import stat
import time
from io import FileIO

from smartupload.client.core.errors import own
from smartupload.client.core.records import Stamp

_TICK, _LOOKS = 0.02, 5
"""Seconds within which a file system may give two changes the same moment, and how often it is looked whether they are over."""


class Source:
    """One file in one state, `stamp`. Raises SmartUploadError when there is none, or it cannot be read."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.path.abspath(os.fsdecode(path))
        with self.open() as reader:
            # A change within the same tick as the last one would not be seen. One that goes on and on is seen later.
            for _ in range(_LOOKS):
                if not 0 <= time.time() - reader.stamp.ctime_ns / 1e9 < _TICK:
                    break
                time.sleep(_TICK)
                reader.look_anew()
            self.stamp = reader.stamp
            self.head = reader.head()

    @property
    def name(self) -> str:
        """Its last part; bytes of it that are no UTF-8 are marked, since they cannot be sent."""
        return os.path.basename(self.path).encode(errors="surrogateescape").decode(errors="replace")

    def open(self) -> Reader:
        """For one thread."""
        try:
            # Looked at before, since to open a pipe would wait for whoever writes into it.
            if not stat.S_ISREG(os.stat(self.path).st_mode):
                raise own("not_a_file", path=self.path)
            return Reader(self.path, open(self.path, "rb", buffering=0))
        except (FileNotFoundError, ValueError) as error:  # no file can have such a name
            raise own("file_missing", path=self.path) from error
        except OSError as error:
            raise own("file_unreadable", path=self.path, cause=error.strerror or error) from error


class Reader:
    """The open file, for one thread."""

    def __init__(self, path: str, file: FileIO) -> None:
        self._path = path
        self._file = file
        self.stamp = self._look()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, start: int, buffer: memoryview, stamp: Stamp) -> None:
        """Fill the buffer from there. Raises SmartUploadError unless the file is still in this state afterwards."""
        try:
            self._file.seek(start)
            filled = 0
            while filled < len(buffer):
                came = self._file.readinto(buffer[filled:])
                if not came:
                    break
                filled += came
        except OSError as error:
            raise own("file_unreadable", path=self._path, cause=error.strerror or error) from error
        if self._look() != stamp or filled < len(buffer):
            raise own("file_changed", path=self._path)

    def look_anew(self) -> None:
        """Take the state that it is in now."""
        self.stamp = self._look()

    def head(self) -> bytes:
        """Its first 4 KiB."""
        self._file.seek(0)
        return self._file.read(4096)

    def _look(self) -> Stamp:
        found = os.fstat(self._file.fileno())
        return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
