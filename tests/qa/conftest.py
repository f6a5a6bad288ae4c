"""One app behind nginx for all tests of the kit, and the kit as a team runs it: a command of its own, whose reports are read."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.qa.front import PASSWORD, USER, Front

MINUTES = 30


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.timeout(MINUTES * 60))


@dataclass(frozen=True)
class Outcome:
    """What a run of the kit said: its exit code, each scenario's outcome, its output and where its reports are."""

    code: int
    outcomes: dict[str, str]
    said: str
    folder: Path

    def of(self, outcome: str) -> set[str]:
        return {name for name, one in self.outcomes.items() if one == outcome}


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    one = Front(tmp_path_factory.mktemp("front"))
    try:
        one.start()
        yield one
    finally:
        one.close()


@pytest.fixture
def run_kit(front: Front, tmp_path: Path) -> Callable[..., Outcome]:
    """The kit against the app, with more words of its command line."""

    def run(*words: str) -> Outcome:
        folder = tmp_path / "report"
        command = [sys.executable, "-m", "smartupload_testing", front.url, "--login", f"{USER}:{PASSWORD}"]
        command += ["--trust", str(front.certificate), "--report", str(folder), *words]
        done = subprocess.run(
            command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        print(done.stdout)
        return Outcome(done.returncode, outcomes(folder / "junit.xml"), done.stdout, folder)

    return run


def outcomes(junit: Path) -> dict[str, str]:
    """By scenario: passed, failed, skipped."""
    found: dict[str, str] = {}
    for case in ElementTree.parse(junit).iter("testcase"):
        name = case.get("name", "")
        name = name.partition("[")[2].rstrip("]") or name.removeprefix("test_").replace("_", "-")
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        if found.get(name) != "failed":
            found[name] = outcome
    return found
