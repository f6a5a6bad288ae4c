"""Holds that what is true of a thing is written in one place: nobody but a class writes its fields."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.test_layers import CLIENT, ROOT

SCRIPTS = CLIENT / "client"
# Stand-ins for a database and a store, whose rows are what they are asked to be.
TWINS = "io/twins/"

Fields = dict[str, dict[str, list[str]]]


@cache
def written(root: Path) -> Fields:
    """By class and field the places outside of the class that write it."""
    node = shutil.which("node")
    assert node, "node comes with the set-up"
    done = subprocess.run(
        [node, "tests/js/writers.js", str(root)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def table(found: Fields) -> str:
    """For whoever has to mend it: the classes with the most such fields first."""
    lines: list[str] = []
    for name, fields in sorted(found.items(), key=lambda one: -len(one[1])):
        lines.append(f"{name}: {len(fields)} fields, written at {sum(map(len, fields.values()))} places")
        lines += [f"    {field}: {', '.join(places)}" for field, places in sorted(fields.items())]
    return "\n".join(lines)


def outside_of_twins(places: list[str]) -> list[str]:
    return [place for place in places if not place.startswith(TWINS)]


def test_nobody_but_a_class_writes_its_fields() -> None:
    found = {
        name: others
        for name, fields in written(SCRIPTS).items()
        if (others := {field: outside for field, places in fields.items() if (outside := outside_of_twins(places))})
    }
    assert not found, f"\n{table(found)}"


def test_the_walk_sees_every_way_to_write_a_field(tmp_path: Path) -> None:
    (tmp_path / "box.js").write_text(
        "export class Base { constructor() { this.base = 0; } }\n"
        "export class Box extends Base {\n"
        "  constructor() { super(); this.a = 0; this.b = 0; this.c = new Set(); this.d = new Map(); this.e = 0; this.f = 0; }\n"
        "  own() { this.e = 1; this.base = 1; }\n"
        "  set g(value) { this.f = value; }\n"
        "  get g() { return this.f; }\n"
        "}\n"
    )
    (tmp_path / "use.js").write_text(
        'import { Box } from "./box.js";\n'
        "const box = new Box();\n"
        "box.a += 1;\n"
        "Object.assign(box, { b: 1 });\n"
        "box.c.add(1);\n"
        "const { d } = box;\n"
        "d.clear();\n"
        "box.g = box.e;\n"
        "box.own();\n"
    )
    assert written(tmp_path) == {
        "Box": {"a": ["use.js:3"], "b": ["use.js:4"], "c": ["use.js:5"], "d": ["use.js:7"], "g": ["use.js:8"]}
    }
