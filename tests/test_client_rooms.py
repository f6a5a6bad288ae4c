"""Holds the rooms of the browser half: who knows whom, types and objects included; no arrow up, no circle, few files each."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from tests.test_layers import CLIENT, ROOT
from tests.test_rooms import MOST_FILES, circle

SCRIPTS = CLIENT / "client"
# From the bottom to the top. A room knows those below it and no other; what it needs from above it describes itself.
ROOMS = [
    "core/words",
    "core/files",
    "core/ports",
    "core/upload",
    "core/journal",
    "core/line",
    "core/sending",
    "core/staging",
    "core/server",
    "core/background_fetch",
    "core/recovery",
    "core/view",
    "core/engine",
    "io/browser",
    "io/storage",
    "io/network",
    "io/twins",
    "shell/engine",
    "shell/language",
    "shell/pictures",
    "shell/words",
    "shell/notices",
    "shell/page",
    "shell/document",
    "shell/messages",
    "shell/lists",
    "shell/ui",
]
# Runs in node only, so it is no package that publishes itself.
TWINS = "io/twins"


@cache
def known(root: Path) -> dict[str, list[str]]:
    """Which scripts each script below a folder knows: by import, by a type in a comment, or through an object."""
    node = shutil.which("node")
    assert node, "node comes with the set-up"
    done = subprocess.run([node, "tests/js/arrows.js", str(root)], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def room_of(script: str) -> str:
    """``core/upload/part.js`` stands in ``core/upload``."""
    return str(PurePosixPath(script).parent)


def test_no_arrow_up() -> None:
    wrong = [
        f"{script} → {target}"
        for script, targets in known(SCRIPTS).items()
        for target in targets
        if ROOMS.index(room_of(target)) > ROOMS.index(room_of(script))
    ]
    assert wrong == []


def test_no_circle() -> None:
    assert circle(known(SCRIPTS)) == []


def test_the_rooms_are_those_of_the_list() -> None:
    assert {room_of(script) for script in known(SCRIPTS)} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_small_and_says_at_its_door_what_is_decided_in_it(room: str) -> None:
    assert 0 < len(list((SCRIPTS / room).glob("*.js"))) <= MOST_FILES
    if room != TWINS:
        sentence = ast.get_docstring(ast.parse((SCRIPTS / room / "__init__.py").read_text())) or ""
        assert sentence.endswith(".")
        assert "\n" not in sentence


def test_the_walk_sees_imports_types_and_objects(tmp_path: Path) -> None:
    (tmp_path / "tool.js").write_text("export class Tool { work() {} }\n")
    (tmp_path / "box.js").write_text('import { Tool } from "./tool.js";\nexport class Box { tool = new Tool(); }\n')
    (tmp_path / "typed.js").write_text(
        '/** @param {import("./box.js").Box} box */\nexport const look = (box) => box;\n'
    )
    (tmp_path / "through.js").write_text(
        '/** @param {import("./box.js").Box} box */\nexport const use = (box) => box.tool.work();\n'
    )
    (tmp_path / "alone.js").write_text(
        "/** @param {{work: () => void}} tool */\nexport const use = (tool) => tool.work();\n"
    )
    assert known(tmp_path) == {
        "alone.js": [],
        "box.js": ["tool.js"],
        "through.js": ["box.js", "tool.js"],
        "tool.js": [],
        "typed.js": ["box.js"],
    }
