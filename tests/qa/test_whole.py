"""The kit at an app behind nginx, with TLS and a login: every scenario holds, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable

from smartupload_testing.scenarios.table import ALL

from tests.qa.conftest import Outcome
from tests.qa.front import Front


def test_every_scenario_holds_and_nothing_is_left(front: Front, run_kit: Callable[..., Outcome]) -> None:
    assert front.is_closed_to_strangers()
    before = front.files()
    done = run_kit()
    assert done.of("failed") | done.of("skipped") == set()
    assert done.of("passed") == {one.name for one in ALL} | {"nothing-is-left"}
    assert done.code == 0
    assert front.files() == before
    assert f"{len(ALL) + 1} passed" in (done.folder / "report.html").read_text()
