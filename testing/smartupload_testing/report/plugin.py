"""Gathers what became of each scenario while pytest runs, and writes the report when it ends."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from smartupload_testing import __version__
from smartupload_testing.report.report import Result, page, summary
from smartupload_testing.scene import SCENE, Run, Scene


class Reporter:
    """For one run of pytest."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.folder = str(config.getoption("--qa-report"))
        self.began = datetime.datetime.now(datetime.UTC)
        self.results: dict[str, Result] = {}
        self.run: Run | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        result = self.results.setdefault(item.nodeid, Result(name_of(item), sentence_of(item)))
        result.seconds += report.duration
        if report.when == "call":
            self._count(item, result)
        if report.outcome != "passed":
            self._note(item, result, report)
        return report

    def _count(self, item: pytest.Item, result: Result) -> None:
        scene = item.stash.get(SCENE, None)
        if scene is None:
            return
        self.run = scene.run
        result.size = sum(file.size for file in scene.files)
        result.sent, result.twice = scene.sent, scene.twice
        result.parts_twice, result.is_exact = scene.line.parts_twice, scene.line.is_exact
        item.user_properties += [
            ("bytes", result.size),
            ("bytes sent", result.sent),
            ("bytes sent twice", result.twice),
        ]

    def _note(self, item: pytest.Item, result: Result, report: pytest.TestReport) -> None:
        if report.outcome == "skipped":
            result.outcome = "skipped"
            result.said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            return
        result.outcome = "failed"
        result.said = f"{result.said}\n\n{report.longreprtext}".strip()
        scene = item.stash.get(SCENE, None)
        if scene is not None and report.when == "call":
            result.pictures += pictures(scene)

    def pytest_sessionfinish(self) -> None:
        """Also of a run that was ended by Ctrl-C."""
        if not self.folder or not self.results:
            return
        run, seconds = self.run, (datetime.datetime.now(datetime.UTC) - self.began).total_seconds()
        facts = [f"{self.began:%Y-%m-%d %H:%M} UTC, {seconds / 60:.0f} minutes, smartupload-testing {__version__}"]
        if run is not None:
            facts.append(f"files of {run.size / 1024 / 1024:g} MiB, seed {run.seed}, patience {run.patience:g}")
        target = Path(self.folder)
        target.mkdir(parents=True, exist_ok=True)
        (target / "report.html").write_text(
            page(str(self.config.getoption("--qa-url")), facts, list(self.results.values()))
        )

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for one in self.results.values():
            if one.twice is not None:
                terminalreporter.write_line(
                    f"{one.outcome:8}{one.name:22}{one.seconds:5.0f} s, {one.twice / 1024 / 1024:5.1f} MiB sent twice"
                )
        if self.folder and self.results:
            terminalreporter.write_line(f"{summary(list(self.results.values()))}: {Path(self.folder) / 'report.html'}")


def name_of(item: pytest.Item) -> str:
    """`test_scenario[whole-upload]` is whole-upload, `test_ours` is ours."""
    inside = item.name.partition("[")[2].rstrip("]")
    return inside or item.name.removeprefix("test_").replace("_", "-")


def sentence_of(item: pytest.Item) -> str:
    """What it tries: of a scenario of the kit its sentence, of another test the first line of its docstring."""
    callspec = getattr(item, "callspec", None)
    scenario = callspec.params.get("scenario") if callspec else None
    if scenario is not None:
        return scenario.sentence
    return (getattr(getattr(item, "obj", None), "__doc__", None) or "").strip().split("\n")[0]


def pictures(scene: Scene) -> list[bytes]:
    """Of every page that is open; a browser that is gone shows none."""
    found: list[bytes] = []
    for person in scene.people:
        with contextlib.suppress(Exception):
            if person.is_there:
                found.append(person.picture())
    return found
