"""Every setting and every error code stands in the documentation, and the documentation names no others."""

from __future__ import annotations

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


def test_readme_names_files_that_are_there() -> None:
    readme = (ROOT / "README.md").read_text()
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", readme) if not target.startswith("http")]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
