"""All files of a group as one ZIP, made while it is sent: stored as they are, so that its length is known before the first byte.

Nothing of it is on a disk, and of each file one piece is in memory. It ends whole or not at all: where a file cannot be read
to its end the bytes stop short of the length that was said.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast
from zipfile import ZIP64_LIMIT, ZIP_FILECOUNT_LIMIT

from sqlmodel import col, select
from zipstream import ZIP_STORED, ZipStream  # pyright: ignore[reportMissingTypeStubs]

from smartupload.errors import NotReady
from smartupload.models import READY, Upload
from smartupload.service.context import Context
from smartupload.service.files.archive_names import ArchiveNames
from smartupload.service.links import group_page, groups, lookup
from smartupload.service.links.visitors import NOBODY, Visitor

MIB = 1024 * 1024
SPAN = 16 * MIB
"""Read from the store with one request: whoever takes the archive slowly keeps no answer of the store open for long."""
_LONGER = 76
"""Bytes: by so much the end of an archive is longer that needs the fields for large ones."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Its name without an ending, empty for that of no folder; its length in bytes; and the bytes, in pieces of 1 MiB at most. To be closed."""

    name: str
    size: int
    pieces: Generator[bytes]


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """What of a file has to be known. `key`: its place in the store."""

    key: str
    name: str
    folder: str
    size: int


def begin(ctx: Context, token: str, visitor: Visitor | None = NOBODY, owner: str = "") -> Archive:
    """The files that are there now; of a limited link it counts as one download. `owner`: who asks, whose own link is always open.

    None is what only looks at links. Raises FileNotFound, NotReady, LinkRevoked, LinkExpired, LinkUsedUp, NoClick,
    StoreUnavailable; while the pieces are read StoreUnavailable and StoreRefused, which break it off.
    """
    row = lookup.found_group(ctx, token)
    is_own = bool(owner) and row.owner == owner
    if not is_own:
        row = lookup.opened_group(ctx, token, visitor or NOBODY)
    columns = select(Upload.key, Upload.name, Upload.folder, Upload.size).where(
        *groups.files_of(row), col(Upload.state) == READY
    )
    with ctx.db.read() as session:
        found = session.exec(columns.order_by(col(Upload.created_at), col(Upload.id))).all()
        files = [ArchivedFile(*one) for one in found]
        name = groups.name_of(session, row)
    if not files:
        raise NotReady
    size, pieces = zipped(files, lambda file: _bytes(ctx, file))
    # The head of the first file, and its first bytes: a store that is away says so while that can still be answered.
    first = [next(pieces, b""), next(pieces, b"")]
    if not is_own:
        group_page.count(ctx, row, visitor, len(files))
    return Archive(name, size, _all(first, pieces))


def zipped(
    files: Sequence[ArchivedFile], read: Callable[[ArchivedFile], Iterator[bytes]]
) -> tuple[int, Generator[bytes]]:
    """The length and the bytes of the archive. Where one file has another length than it should these end with a RuntimeError."""
    made = cast("Any", ZipStream)(compress_type=ZIP_STORED, sized=True)
    called = ArchiveNames(file.folder for file in files if file.folder)
    for file in files:
        made.add(read(file), called.give(file.folder, file.name), size=file.size)
    # With exactly so many files the library writes the longer ending, and reckons with the shorter one.
    size: int = len(made)
    if len(files) == ZIP_FILECOUNT_LIMIT and max(made._size_prog[1:]) <= ZIP64_LIMIT:
        size += _LONGER
    return size, made.finalize()


def _all(first: list[bytes], rest: Generator[bytes]) -> Generator[bytes]:
    with contextlib.closing(rest):
        yield from first
        yield from rest


def _bytes(ctx: Context, file: ArchivedFile) -> Iterator[bytes]:
    for start in range(0, file.size, SPAN):
        yield from ctx.store.read(file.key, start, min(SPAN, file.size - start))
