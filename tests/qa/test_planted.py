"""A fault is planted into a site: the scenarios that are there for it fail, and others hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from smartupload_testing.scenarios.table import ALL

from tests.qa.conftest import Outcome
from tests.qa.faults import FAULTS, Planted
from tests.qa.front import Fault, Front

LEFT = "nothing-is-left"


@pytest.fixture
def front_with_fault(front: Front) -> Iterator[Callable[[Fault], None]]:
    yield front.plant
    front.plant(Fault())


@pytest.mark.parametrize("planted", FAULTS, ids=lambda planted: planted.name)
def test_it_is_found(
    planted: Planted, front_with_fault: Callable[[Fault], None], run_kit: Callable[..., Outcome]
) -> None:
    front_with_fault(planted.fault)
    words = " ".join(sorted((planted.found_by | planted.beside) - {LEFT}))
    # What does not come is not awaited for long.
    done = run_kit("--only", words, "--mib", "32", "--patience", "0.6")
    assert done.of("skipped") == set()
    assert done.of("failed") == planted.found_by
    assert done.of("passed") == (planted.beside | {LEFT}) - planted.found_by
    assert done.code == 1
    assert (done.folder / "report.html").read_text().count("<h2") == len(planted.found_by)


def test_every_scenario_has_a_fault_that_it_finds() -> None:
    assert {name for planted in FAULTS for name in planted.found_by} == {one.name for one in ALL} | {LEFT}
