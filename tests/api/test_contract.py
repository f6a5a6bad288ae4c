"""The cases of tests/contract_cases against the real API and the real store; tests/js/contract.test.js runs the same ones against the twin."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa

from smartupload.adapters.memory import MemoryLive
from smartupload.adapters.s3.store import S3Store
from smartupload.models import Delivery, Event, Part, Upload
from smartupload.ports import Store
from smartupload.service.context import Context
from smartupload.settings import load
from tests.api.conftest import Site
from tests.api.contract import ClockAhead, Run
from tests.api.faulty_store import FaultyStore
from tests.fixtures_database import database_at
from tests.inline import with_inline

FOLDER = Path(__file__).parents[1] / "contract_cases"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text())
]


@pytest.fixture(scope="module")
def make_run(tmp_path_factory: pytest.TempPathFactory, seaweed: S3Store) -> Generator[Callable[..., Run]]:
    """Runs over one database, which is empty whenever a case begins."""
    db = database_at(f"sqlite:///{tmp_path_factory.mktemp('contract')}/test.sqlite")

    def make(takes_forms: bool = True, single_put: bool = True, single_forms: bool = True, **settings: Any) -> Run:
        with db.write() as session:
            for table in (Delivery, Event, Part, Upload):
                session.exec(sa.delete(table))
        store = FaultyStore(seaweed)
        store.takes_forms, store.single_put, store.takes_single_forms = takes_forms, single_put, single_forms
        given = {
            f"SMARTUPLOAD_{name.upper()}": ",".join(value) if isinstance(value, list) else str(value)
            for name, value in settings.items()
        }
        clock = ClockAhead()
        context = Context(load(given), db, cast("Store", store), MemoryLive(), clock)
        return Run(Site(with_inline(context), FOLDER), store, clock)

    yield make
    db.close()


@pytest.mark.parametrize("case", CASES)
def test_contract(make_run: Callable[..., Run], case: dict[str, Any]) -> None:
    run = make_run(**case.get("settings", {}))
    for index, step in enumerate(case["steps"], 1):
        try:
            run.step(step)
        except AssertionError as failed:
            raise AssertionError(f"step {index}, {step['do']}: {failed}") from failed
