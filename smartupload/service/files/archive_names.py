"""What a file is called in an archive of many: by folder and name, and each by a name of its own, whatever unpacks it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


class ArchiveNames:
    """Gives names in the order asked. Two that differ in capitals only, or in how an accent is written, are the same on many computers: the second gets a number."""

    def __init__(self, folders: Iterable[str] = ()) -> None:
        """`folders`: all there will be; no file may be called as one of them is."""
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}
        for folder in set(folders):
            pieces = folder.split("/")
            self._taken |= {_same("/".join(pieces[:depth])) for depth in range(1, len(pieces) + 1)}

    def give(self, folder: str, name: str) -> str:
        """The name for this file."""
        path = f"{folder}/{name}" if folder else name
        same = _same(path)
        if same in self._taken:
            stem, dot, extension = path.rpartition(".")
            if not stem or "/" in extension or stem.endswith("/"):
                stem, dot, extension = path, "", ""
            number = self._next.get(same, 2)
            while _same(path := f"{stem} ({number}){dot}{extension}") in self._taken:
                number += 1
            self._next[same] = number + 1
        self._taken.add(_same(path))
        return path


def _same(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
