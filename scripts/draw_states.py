"""Draws how states change into docs/architecture.md, from the tables that the code goes by: `make draw`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from smartupload.service.records import states

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"
PHASES = ROOT / "custom_components" / "reflex_smartupload" / "client" / "core" / "upload" / "transitions.js"


class Way(NamedTuple):
    """One row of a table: what happens, in words, from which states to which."""

    name: str
    says: str
    moves: dict[str, str]


def server() -> str:
    """The state of a row."""
    return drawn(states.BEGINS, [Way(one.name, one.says, dict(one.moves)) for one in states.TRANSITIONS])


def client() -> str:
    """The phase of an upload in the engine, as node reads its table."""
    script = (
        f"import({json.dumps(PHASES.as_uri())}).then(({{TRANSITIONS}}) => console.log(JSON.stringify(TRANSITIONS)))"
    )
    node = Path(sys.executable).with_name("node")
    read = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    return drawn("new", [Way(name, one["says"], one["moves"]) for name, one in json.loads(read.stdout).items()])


DRAWINGS: dict[str, Callable[[], str]] = {"client": client, "server": server}
"""What stands between `<!-- states: NAME -->` and `<!-- end -->`. Each further table is one line here and two there."""


def drawn(begins: str, ways: Iterable[Way]) -> str:
    """A picture for those who see it drawn, and a table for all."""
    ways = list(ways)
    labels: dict[tuple[str, str], list[str]] = {}
    for way in ways:
        for before, after in way.moves.items():
            if before != after:
                labels.setdefault((before, after), []).append(way.name)
    picture = [f"    {before} --> {after}: {', '.join(names)}" for (before, after), names in labels.items()]
    rows = [f"| {way.name} | {way.says} | {_moves(way.moves)} |" for way in ways]
    return "\n".join(
        [
            *("```mermaid", "stateDiagram-v2", f"    [*] --> {begins}", *picture, "```", ""),
            *("| what happens | that is | from → to |", "|---|---|---|", *rows),
        ]
    )


def _moves(moves: dict[str, str]) -> str:
    targets: dict[str, list[str]] = {}
    for before, after in moves.items():
        targets.setdefault(after, []).append(before)
    return "; ".join(f"{', '.join(befores)} → {after}" for after, befores in targets.items())


def redrawn(text: str) -> str:
    """The document with every drawing as it is now."""
    for name, draw in DRAWINGS.items():
        place = re.compile(rf"(<!-- states: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not place.search(text):
            raise SystemExit(f"draw: there is no place for {name} in {DOCUMENT}")
        text = place.sub(lambda found, draw=draw: f"{found[1]}{draw()}\n{found[2]}", text)
    return text


if __name__ == "__main__":
    DOCUMENT.write_text(redrawn(DOCUMENT.read_text()))
