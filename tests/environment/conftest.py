"""What these tests share: programs that are started and ended, and small disks."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from pathlib import Path

import pytest

from tests.environment.programs import Program, small_disk

__all__ = ["small_disk"]


@pytest.fixture
def program(tmp_path: Path) -> Generator[Callable[..., Program]]:
    """Starts one; settings are given by their short names, other variables as `extra`."""
    made: list[Program] = []

    def start(extra: Mapping[str, str] | None = None, **settings: str) -> Program:
        folder = tmp_path / f"program-{len(made)}"
        folder.mkdir()
        made.append(Program(folder, extra or {}, **{"data_dir": str(folder / "data"), **settings}))
        return made[-1]

    yield start
    for one in made:
        one.close()
