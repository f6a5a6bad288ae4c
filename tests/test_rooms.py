"""Holds the rooms of the server half: who may import whom, no circle, few files each, a sentence at each door."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.test_layers import SERVER, package_of, python_imports

SERVICE = SERVER / "service"
# From a room of the service layer to those that it imports; all may import what stands beside the rooms.
IMPORTS = {
    "files": set(),
    "presentation": {"files"},
    "drops": {"audit", "files"},
    "access": {"audit"},
    "audit": set(),
    "records": {"presentation", "audit"},
    "parts": {"audit", "files", "presentation", "records"},
    "finishing": {"drops", "files", "presentation", "records", "parts"},
    "housekeeping": {"files", "records", "parts", "finishing"},
    "holds": {"records"},
    "tags": {"audit", "files", "presentation", "records"},
    "uploads": {"audit", "drops", "files", "presentation", "records", "parts", "housekeeping", "tags"},
    "links": {"audit", "drops", "files", "presentation", "records", "parts"},
    "notify": {"files", "presentation", "records", "links"},
    "outbox": {"presentation", "records", "notify"},
    "personal": {"audit", "files", "presentation", "records", "housekeeping"},
}
BESIDE = {"batches", "context", "inputs", "owner", "said"}
MOST_FILES = 12


def modules(root: Path) -> dict[str, Path]:
    """All modules below a package, by their absolute name."""
    found = {}
    for path in root.rglob("*.py"):
        parts = [root.name, *path.relative_to(root).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def file_arrows(root: Path) -> dict[str, set[str]]:
    """Which modules each module imports, also those that only a type checker does."""
    known = modules(root)
    arrows: dict[str, set[str]] = {}
    for module, path in known.items():
        arrows[module] = set()
        for name in python_imports(path, package_of(path, root)):
            while name not in known and "." in name:
                name = name.rpartition(".")[0]
            if name in known and name != module:
                arrows[module].add(name)
    return arrows


def room_arrows(arrows: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """The arrows between rooms of the service layer; a file beside them is a room of its own."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for module, targets in arrows.items():
        for target in targets:
            if module.startswith("smartupload.service.") and target.startswith("smartupload.service."):
                rooms[module.split(".")[2]].add(target.split(".")[2])
    return {room: targets - {room} for room, targets in rooms.items()}


def circle(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """One circle among the arrows, empty when there is none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_the_rooms_import_each_other_as_the_table_says() -> None:
    arrows = room_arrows(file_arrows(SERVER))
    assert {room: arrows.get(room, set()) - BESIDE for room in IMPORTS} == IMPORTS
    assert all(arrows.get(beside, set()) <= BESIDE for beside in BESIDE)
    assert set(arrows) <= set(IMPORTS) | BESIDE


def test_no_circle_between_rooms_or_files() -> None:
    arrows = file_arrows(SERVER)
    assert circle(arrows) == []
    assert circle(room_arrows(arrows)) == []


def rooms() -> list[Path]:
    return sorted(path for path in SERVICE.iterdir() if (path / "__init__.py").is_file())


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_is_small_and_says_at_its_door_what_is_decided_in_it(room: Path) -> None:
    files = [path for path in room.rglob("*.py") if path.name != "__init__.py"]
    assert 0 < len(files) <= MOST_FILES
    door = ast.parse((room / "__init__.py").read_text())
    assert len(door.body) == 1, "a door has a sentence and nothing else"
    sentence = ast.get_docstring(door) or ""
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_the_rooms_are_those_of_the_table() -> None:
    assert {room.name for room in rooms()} == set(IMPORTS)
    assert {path.stem for path in SERVICE.glob("*.py")} == BESIDE | {"__init__"}


def test_the_walk_finds_a_circle_that_only_types_make(tmp_path: Path) -> None:
    root = tmp_path / "smartupload"
    for room, text in {
        "a": "from smartupload.service.b import one\n",
        "b": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..a import two\n",
    }.items():
        folder = root / "service" / room
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("")
        (folder / ("two.py" if room == "a" else "one.py")).write_text(text)
    arrows = file_arrows(root)
    assert set(circle(arrows)) == {"smartupload.service.a.two", "smartupload.service.b.one"}
    assert set(circle(room_arrows(arrows))) == {"a", "b"}
