"""The journal of uploads under way: one file each, held by the one call that sends it, and gone when the upload is over."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from smartupload.client.core import records
from smartupload.client.core.records import Entry, Stamp
from smartupload.client.io import state
from smartupload.client.io.state import LockedFile, digest_of

_FORGET_AFTER = 60 * 24 * 3600.0
"""Seconds; the server has given up long before what nobody went on with."""


class Place:
    """What one call writes down about its upload. `entry`: what an earlier one that did not come to its end has left."""

    def __init__(self, file: LockedFile) -> None:
        self._file = file
        self.entry = records.read(file.read_lines())

    def begin(self, entry: Entry) -> Entry:
        """Before the server is asked for the upload: an answer that is lost is asked for again under the same key."""
        with state.usable(self._file.path):
            self._file.write(records.begun(entry))
        self.entry = entry
        return entry

    def name(self, entry: Entry, upload_id: str) -> Entry:
        """The server has said its id."""
        with state.usable(self._file.path):
            self._file.append(records.named(upload_id))
        self.entry = replace(entry, id=upload_id)
        return self.entry

    def edit(self, entry: Entry, version: str, stamp: Stamp) -> Entry:
        """The file is in another state than the one that was sent before."""
        with state.usable(self._file.path):
            self._file.append(records.edited(version, stamp))
        self.entry = records.edited_entry(entry, version, stamp)
        return self.entry

    def forget(self) -> None:
        """The upload is over, or none was begun."""
        self.entry = None
        self._file.remove()

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *_: object) -> None:
        if self.entry is None:
            self._file.remove()
        self._file.close()


class Journal:
    """The journal in one state directory."""

    def __init__(self, state_dir: Path) -> None:
        self._folder = state_dir / "uploads"

    def open(self, url: str, path: str, name: str) -> Place:
        """The place of an upload of this file to this server: one that was left, else a new one.

        Whatever another process sends at the moment stays with it, also of the same file.
        """
        prefix = digest_of(url, path, name)
        with state.usable(self._folder):
            state.make_folder(self._folder)
            self._clear()
            for file in self._candidates(prefix):
                if file.take(wait=False):
                    return Place(file)
        raise AssertionError("there is always another number")

    def _candidates(self, prefix: str) -> Iterator[LockedFile]:
        left = sorted(self._folder.glob(f"{prefix}.*.jsonl"))
        yield from map(LockedFile, left)
        number = 0
        while True:
            number += 1
            path = self._folder / f"{prefix}.{number}.jsonl"
            if path not in left:
                yield LockedFile(path)

    def _clear(self) -> None:
        """Remove what was left so long ago that nothing can go on from it."""
        for path in self._folder.glob("*.jsonl"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _FORGET_AFTER:
                    file = LockedFile(path)
                    if file.take(wait=False):
                        file.remove()
