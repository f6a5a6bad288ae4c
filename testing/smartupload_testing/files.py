"""Files to upload, made quickly from a seed, and what their bytes should hash to."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
BLOCK = MIB


@dataclass(frozen=True)
class Original:
    """A file on disk with its SHA-256 in hex."""

    path: Path
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """As cards and the server have it."""
        return self.path.name


def make_file(path: Path, size: int, seed: int | str = 0) -> Original:
    """Pseudo-random bytes: every MiB differs from every other, and another seed gives another file."""
    pool = random.Random(seed).randbytes(BLOCK)
    state = hashlib.sha256()
    with path.open("wb") as file:
        for number in range(-(-size // BLOCK)):
            block = (number.to_bytes(16, "big") + pool[16:])[: size - number * BLOCK]
            state.update(block)
            file.write(block)
    return Original(path, size, state.hexdigest())


def make_sparse_file(path: Path, size: int) -> Path:
    """A file of zeros that takes no room on the disk, for tests of what happens before the bytes matter."""
    with path.open("wb") as file:
        file.truncate(size)
    return path
