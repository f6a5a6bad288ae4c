"""The ZIP of a group: what unpacks it finds every byte, its length is known beforehand, and one that breaks off is not whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO, Any

import pytest

from smartupload.adapters.memory import MemoryStore
from smartupload.errors import StoreFault
from smartupload.models import Upload
from smartupload.service.context import Context
from smartupload.service.links import archive, groups
from smartupload.service.links.archive import SPAN, ArchivedFile
from tests.fixtures_store import noise
from tests.unit.person import Person


class Sparse(io.RawIOBase):
    """What the pieces are written to: runs of zeros take no room, so that an archive of many GiB can be looked into."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.kept: list[tuple[int, bytes]] = []
        self.size = self.at = 0
        for piece in pieces:
            if piece is not ZEROS:
                self.kept.append((self.size, piece))
            self.size += len(piece)

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (0, self.at, self.size)[whence]
        return self.at

    def read(self, size: int = -1) -> bytes:
        size = self.size - self.at if size < 0 else min(size, self.size - self.at)
        found = bytearray(size)
        for start, piece in self.kept:
            low, high = max(start, self.at), min(start + len(piece), self.at + size)
            if low < high:
                found[low - self.at : high - self.at] = piece[low - start : high - start]
        self.at += size
        return bytes(found)


MIB = 1024 * 1024
ZEROS = bytes(64 * MIB)


def zeros(file: ArchivedFile) -> Iterator[bytes]:
    for _ in range(file.size // len(ZEROS)):
        yield ZEROS


def opened(pieces: Iterator[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def test_every_byte_is_in_it_with_its_folders(ctx: Context, person: Person) -> None:
    person.uploads("a.txt", 3000, 1, group="g", path="Trip/a.txt")
    person.uploads("a.txt", 5000, 2, group="g", path="Trip/a.txt")
    person.uploads("ü.txt", SPAN + 7, 3, group="g", path="Trip/Täg 1/ü.txt")
    token = groups.make_link(ctx, "anna", "g").link.token
    made = archive.begin(ctx, token)
    body = b"".join(made.pieces)
    assert (made.name, made.size) == ("Trip", len(body))
    with opened(iter([body])) as found:
        assert found.testzip() is None
        assert {one.compress_type for one in found.infolist()} == {zipfile.ZIP_STORED}
        assert sorted(found.namelist()) == ["Trip/Täg 1/ü.txt", "Trip/a (2).txt", "Trip/a.txt"]
        assert found.read("Trip/Täg 1/ü.txt") == noise(SPAN + 7, 3)
        assert {len(found.read(name)) for name in ("Trip/a.txt", "Trip/a (2).txt")} == {3000, 5000}


@pytest.mark.parametrize("many", [65_534, 65_535, 65_536])
def test_so_many_files_that_their_number_does_not_fit(many: int) -> None:
    files = [ArchivedFile("", f"{number}", "", 1) for number in range(many)]
    size, pieces = archive.zipped(files, lambda file: iter([b"x"]))
    body = b"".join(pieces)
    assert len(body) == size
    with opened(iter([body])) as found:
        assert len(found.infolist()) == many
        assert found.read(f"{many - 1}") == b"x"


def test_files_so_large_that_their_length_and_place_do_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their checksums are not looked at: those of 9 GiB take longer than the test is worth."""
    monkeypatch.setattr("zipstream.ng.crc32", lambda data, before=0: before)
    files = [ArchivedFile("", name, "", 72 * len(ZEROS)) for name in ("first", "second")]
    files.append(ArchivedFile("", "last", "", len(ZEROS)))
    size, pieces = archive.zipped(files, zeros)
    made: Any = Sparse(pieces)
    assert made.size == size > 9 * 1024 * MIB
    kept: IO[bytes] = made
    with zipfile.ZipFile(kept) as found:
        assert [one.file_size for one in found.infolist()] == [file.size for file in files]
        assert found.infolist()[2].header_offset > 2**32
        with found.open("second") as member:
            assert member.read(100) == bytes(100)


def test_a_file_that_goes_while_it_is_read_breaks_it_off(ctx: Context, person: Person, store: MemoryStore) -> None:
    for number in range(2):
        ctx.clock.move(1)  # pyright: ignore[reportAttributeAccessIssue]
        last = person.uploads("a.bin", 1000, number, group="g")
    token = groups.make_link(ctx, "anna", "g").link.token
    made = archive.begin(ctx, token)
    with ctx.db.read() as session:
        row = session.get(Upload, last.id)
        assert row is not None
    store.delete(row.key)
    taken: list[bytes] = []
    with pytest.raises(StoreFault):
        taken.extend(made.pieces)
    body = b"".join(taken)
    assert len(body) < made.size
    with pytest.raises(zipfile.BadZipFile):
        opened(iter([body]))


def test_a_file_that_is_shorter_than_it_should_be_does_as_well() -> None:
    size, pieces = archive.zipped([ArchivedFile("", "a", "", 10)], lambda file: iter([b"123"]))
    taken: list[bytes] = []
    with pytest.raises(RuntimeError):
        taken.extend(pieces)
    assert len(b"".join(taken)) < size
