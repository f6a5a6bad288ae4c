"""The scenarios that the documentation shows are run as they stand there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.server import ROOT
from tests.qa.conftest import Outcome


@pytest.mark.parametrize("document", ["docs/qa.md", "testing/README.md"])
def test_a_scenario_of_ones_own(document: str, run_kit: Callable[..., Outcome], tmp_path: Path) -> None:
    (code,) = [
        one for one in re.findall(r"```python\n(.*?)```", (ROOT / document).read_text(), re.DOTALL) if "scene" in one
    ]
    assert len(code.splitlines()) < 10
    (own := tmp_path / "test_ours.py").write_text(code)
    name = re.findall(r"def test_(\w+)", code)[0].replace("_", "-")
    done = run_kit("--scenarios", str(own), "--only", name)
    assert done.outcomes == {name: "passed", "nothing-is-left": "passed"}
