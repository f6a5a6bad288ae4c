"""Every setting and every error code stands in the documentation, and the documentation names no others."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from smartupload import errors
from smartupload.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
OPERATING = (ROOT / "docs" / "operating.md").read_text()


def rows_under(heading: str) -> set[str]:
    """The first cell's code words of a table below a heading."""
    _, _, rest = OPERATING.partition(f"\n## {heading}\n")
    section = rest.split("\n## ")[0]
    return set(re.findall(r"^\| `([\w]+)`", section, re.MULTILINE))


def error_codes() -> set[str]:
    """The codes of all error classes."""
    found, waiting = set(), [errors.Problem]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        code = getattr(kind, "code", "")
        if code:
            found.add(code)
    return found


def test_every_setting_is_documented() -> None:
    assert rows_under("Settings") == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_every_error_code_is_documented() -> None:
    assert rows_under("Error codes") == error_codes()


def test_every_test_of_the_promise_is_there() -> None:
    qa = (ROOT / "docs" / "qa.md").read_text()
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", qa)
    assert named
    tests = {name: (ROOT / "tests" / "browser" / name).read_text() for name, _ in named}
    assert [f"{name}::{test}" for name, test in named if f"def {test}(" not in tests[name]] == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    decisions = {path.name: path.read_text() for path in folder.glob("0*.md")}
    rows = re.findall(r"^\| \[\d{4}\]\((.+?)\) \|.*\| (.*)\|$", (folder / "README.md").read_text(), re.MULTILINE)
    assert [name for name, _ in rows] == sorted(decisions)
    superseded = [name for name, text in decisions.items() if "**Superseded**" in text]
    assert sorted(name for name, by in rows if by) == sorted(superseded)


def test_readme_names_files_that_are_there() -> None:
    readme = (ROOT / "README.md").read_text()
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", readme) if not target.startswith("http")]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
CORE = ROOT / "custom_components" / "reflex_smartupload" / "client" / "core"


def first_cells(table_head: str) -> list[str]:
    """Of each row of the table in architecture.md that begins like this."""
    _, _, rest = ARCHITECTURE.partition(f"| {table_head} |")
    rows = list(itertools.takewhile(lambda line: line.startswith("|"), rest.split("\n")[2:]))
    assert rows
    return [row.split("|")[1].strip() for row in rows]


def test_every_move_of_the_engine_is_explained() -> None:
    body = (CORE / "upload" / "state.js").read_text().partition("export const MOVES = {")[2].partition("\n};")[0]
    moves = set(re.findall(r"^  (\w+)[:,]", body, re.MULTILINE))
    assert {"pause", "declined"} <= moves
    drawn = first_cells("what happens")
    assert moves - set(drawn) == set(first_cells("move"))


def test_every_phase_has_its_word_on_the_card() -> None:
    source = (CORE / "upload" / "transitions.js").read_text()
    phases = set(re.findall(r'"(\w+)"', source.partition("@typedef {")[2].partition("} Phase")[0]))
    assert len(phases) == 10
    named = ", ".join(first_cells("phase in the engine")).split(", ")
    assert set(named) - {"none yet"} == phases


def test_where_something_is_decided_there_is_a_file() -> None:
    _, _, section = ARCHITECTURE.partition("## I want to change …")
    named = re.findall(r"`((?:core|service|api|pages|pipeline)/[\w/]+)`", section)
    assert len(named) > 30
    there = [CORE.parent, ROOT / "smartupload"]
    assert [
        one
        for one in named
        if not any((room / one).with_suffix(end).is_file() for room in there for end in (".js", ".py"))
    ] == []
