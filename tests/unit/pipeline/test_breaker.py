"""While something is away few try, and all go on as soon as one gets through."""

from __future__ import annotations

import pytest

from smartupload.pipeline import breaker
from smartupload.pipeline.breaker import Breaker


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    time = [1000.0]
    monkeypatch.setattr(breaker.time, "monotonic", lambda: time[0])
    return time


def test_all_may_begin_while_all_is_well(now: list[float]) -> None:
    assert Breaker(1, 8).room(3, 8) == 5


def test_one_at_a_time_and_ever_more_seldom(now: list[float]) -> None:
    one = Breaker(1, 8)
    waits: list[float] = []
    for _ in range(6):
        one.because("a", OSError())
        began = now[0]
        while one.room(0, 8) == 0:
            now[0] += 0.5
        assert one.room(0, 8) == 1
        assert one.room(1, 8) == 0
        waits.append(now[0] - began)
    assert waits == [1, 2, 4, 8, 8, 8]
    one.over()
    assert one.room(0, 8) == 8


def test_those_that_began_together_count_once(now: list[float]) -> None:
    one = Breaker(1, 8)
    for _ in range(8):
        one.because("a", OSError())
    now[0] += 1
    assert one.room(0, 8) == 1
