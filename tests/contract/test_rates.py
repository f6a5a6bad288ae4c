"""How much is done within a window, in memory and in a Redis: the server that TEST_REDIS_URL names, where there is one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator

import pytest

from smartupload.adapters.rates import Rates

REDIS = os.environ.get("TEST_REDIS_URL", "")


@pytest.fixture(params=[""] + [REDIS] * bool(REDIS), ids=["memory"] + ["redis"] * bool(REDIS))
def rates(request: pytest.FixtureRequest) -> Generator[Rates]:
    """Counts nothing yet."""
    rates = Rates(request.param)
    yield rates
    rates.close()


@pytest.fixture
def kind() -> str:
    """One that nobody has counted before."""
    return secrets.token_hex(8)


def test_all_of_it_may_come_at_once_and_then_nothing(rates: Rates, kind: str) -> None:
    assert [rates.take(kind, "anna", 60, 100, 600), rates.take(kind, "anna", 40, 100, 600)] == [0, 0]
    assert 1 <= rates.take(kind, "anna", 1, 100, 600) <= 1200


def test_what_is_refused_counts_as_nothing(rates: Rates, kind: str) -> None:
    assert rates.take(kind, "anna", 60, 100, 600) == 0
    assert rates.take(kind, "anna", 41, 100, 600) > 0
    assert rates.take(kind, "anna", 40, 100, 600) == 0


def test_each_counts_for_themselves(rates: Rates, kind: str) -> None:
    assert rates.take(kind, "anna", 100, 100, 600) == 0
    assert rates.take(kind, "ben", 100, 100, 600) == 0
    assert rates.take(f"{kind} too", "anna", 100, 100, 600) == 0


def test_more_than_there_is_goes_through_when_nothing_else_did(rates: Rates, kind: str) -> None:
    assert rates.take(kind, "anna", 1000, 100, 600) == 0
    assert rates.take(kind, "anna", 1, 100, 600) > 0


def test_it_says_when_to_come_again_and_then_takes_it(rates: Rates, kind: str) -> None:
    """Of windows of one second, so that what is waited for comes."""
    assert rates.take(kind, "anna", 10, 10, 1) == 0
    waits: list[float] = []
    while wait := rates.take(kind, "anna", 5, 10, 1):
        waits.append(wait)
    assert waits
    assert max(waits) <= 2


@pytest.mark.skipif(not REDIS, reason="TEST_REDIS_URL names no server")
def test_several_processes_count_together(kind: str) -> None:
    first, second = Rates(REDIS), Rates(REDIS)
    assert first.take(kind, "anna", 60, 100, 600) == 0
    assert second.take(kind, "anna", 60, 100, 600) > 0
    first.close()
    second.close()
