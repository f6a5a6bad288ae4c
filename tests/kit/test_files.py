"""Files from a seed: the same ones for the same seed, other ones for another, and the SHA-256 is that of the bytes on the disk."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from smartupload_testing.files import MIB, make_file, make_sparse_file


@pytest.mark.parametrize("size", [0, 1, 100, MIB - 1, MIB, 3 * MIB + 7])
def test_size_and_digest_are_those_of_the_file(tmp_path: Path, size: int) -> None:
    file = make_file(tmp_path / "one.bin", size, seed=3)
    read = file.path.read_bytes()
    assert (file.name, file.size, len(read)) == ("one.bin", size, size)
    assert file.sha256 == hashlib.sha256(read).hexdigest()


def test_the_seed_decides(tmp_path: Path) -> None:
    one, same, other = (make_file(tmp_path / str(at), MIB + 1, seed) for at, seed in enumerate((1, 1, 2)))
    assert one.path.read_bytes() == same.path.read_bytes()
    assert one.sha256 == same.sha256 != other.sha256


def test_no_two_pieces_are_the_same(tmp_path: Path) -> None:
    read = make_file(tmp_path / "one.bin", 4 * MIB).path.read_bytes()
    assert len({read[at : at + MIB] for at in range(0, len(read), MIB)}) == 4


def test_a_sparse_file_has_its_size_and_takes_no_room(tmp_path: Path) -> None:
    path = make_sparse_file(tmp_path / "large.bin", 1024 * MIB)
    assert path.stat().st_size == 1024 * MIB
    assert path.stat().st_blocks * 512 < MIB
