"""What docs/stores.md says of each store is what is found when it is tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import ceph
from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from tests.contract.matrix import REAL, REPLAYED, real, replayed, row
from tests.fixtures_store import stack

__all__ = ["stack"]

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "stores.md").read_text()


def told(name: str) -> str:
    (line,) = re.findall(rf"^\| {re.escape(name)} \|.*$", PAGE, re.MULTILINE)
    return line


@pytest.mark.parametrize("name", REAL)
def test_stores_that_run_here(name: str, stack: DevStack, by_host: S3Store) -> None:
    """`by_host` has names below localhost looked up."""
    if name.startswith("Ceph"):
        try:
            ceph.get()
        except SystemExit as missing:
            pytest.skip(str(missing))
    with real(name, stack) as store:
        assert row(name, store) == told(name)
        if name != "s3rver":
            assert not [trouble for trouble in store.troubles if trouble.stops]
        assert not store.list_objects("uploads/"), "what was tried is gone again"


@pytest.mark.parametrize("name", REPLAYED)
def test_stores_whose_answers_are_replayed(name: str, stack: DevStack) -> None:
    with replayed(name, stack) as (store, trial):
        assert row(name, store, trial) == told(name)
        handed_over = "nothing is handed over" not in told(name)
        assert store.takes_forms is handed_over
