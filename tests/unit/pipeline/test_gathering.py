"""Who is published together with whom, and what becomes of the others when one cannot be."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from smartupload.models import READY, Upload
from smartupload.pipeline import gathering
from smartupload.pipeline.gathering import Gathering, Waiting
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, finish
from tests.unit.person import Person


class Ended:
    """What has become of each, in the order in which it was heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []

    def go_on(self, one: Waiting, published: Any) -> None:
        self.heard.append((one.taken.id, published))

    @property
    def states(self) -> list[str]:
        return [what.state if isinstance(what, Upload) else type(what).__name__ for _, what in self.heard]


@pytest.fixture
def ctx(ctx: Context) -> Context:
    return replace(ctx, finisher=None)


@pytest.fixture
def ended() -> Ended:
    return Ended()


@pytest.fixture
def gathered(ctx: Context, ended: Ended) -> Gathering:
    return Gathering(ctx, ended.go_on)


def waiting(ctx: Context, count: int) -> list[Waiting]:
    """Uploads that only have to be published."""
    for _ in range(count):
        Person(ctx).uploads()
    return [Waiting(row, finish.scan(ctx, row)) for row in backlog.claim(ctx, "one", count)]


def test_together(ctx: Context, gathered: Gathering, ended: Ended) -> None:
    for one in waiting(ctx, 3):
        assert gathered.add(one) is False
    gathered.publish()
    assert ended.states == [READY] * 3
    gathered.publish()
    assert len(ended.heard) == 3


def test_one_alone_is_left_to_whoever_added_it(ctx: Context, gathered: Gathering, ended: Ended) -> None:
    [one] = waiting(ctx, 1)
    gathered.add(one)
    gathered.publish()
    assert ended.heard == [(one.taken.id, None)]


def test_it_says_when_there_are_enough(ctx: Context, gathered: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "ENOUGH", 3)
    assert [gathered.add(one) for one in waiting(ctx, 4)] == [False, False, True, True]


def test_what_waits_for_too_long_is_not_forgotten(
    ctx: Context, gathered: Gathering, ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in waiting(ctx, 2):
        gathered.add(one)
    later: list[Callable[[], None]] = []
    gathered.publish_if_late(later.append)
    assert (later, ended.heard) == ([], [])
    monkeypatch.setattr(gathering, "LATE_SECONDS", -1)
    gathered.publish_if_late(later.append)
    assert ended.heard == [], "whoever keeps leases asks no store"
    for job in later:
        job()
    assert ended.states == [READY] * 2


def test_while_one_publishes_another_looks_on_and_a_third_waits_its_turn(
    ctx: Context, gathered: Gathering, ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever keeps leases must not stand still; and what comes meanwhile goes together."""
    monkeypatch.setattr(gathering, "LATE_SECONDS", -1)
    begun, goes_on = threading.Event(), threading.Event()
    publish_all = finish.publish_all
    sizes: list[int] = []

    def slowly(ctx: Context, rows: list[Upload]) -> Any:
        sizes.append(len(rows))
        begun.set()
        assert goes_on.wait(60)
        return publish_all(ctx, rows)

    monkeypatch.setattr(finish, "publish_all", slowly)
    first, second, *others = waiting(ctx, 6)
    gathered.add(first)
    gathered.add(second)
    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(gathered.publish)
        assert begun.wait(60)
        for one in others:
            gathered.add(one)
        gathered.publish_if_late(lambda job: job())
        assert ended.heard == []
        follower = pool.submit(gathered.publish)
        goes_on.set()
        leader.result(60)
        follower.result(60)
    assert sizes == [2, 4]
    assert ended.states == [READY] * 6


def test_a_database_that_is_away_is_told_to_each(
    ctx: Context, gathered: Gathering, ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Any:
        raise OperationalError("UPDATE", {}, ConnectionError("refused"))

    monkeypatch.setattr(finish, "publish_all", refuse)
    for one in waiting(ctx, 2):
        gathered.add(one)
    gathered.publish()
    assert ended.states == ["OperationalError"] * 2


def test_a_mistake_about_one_is_found_out_one_by_one(
    ctx: Context, gathered: Gathering, ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise ValueError("a mistake in the program")

    monkeypatch.setattr(finish, "publish_all", broken)
    for one in waiting(ctx, 2):
        gathered.add(one)
    gathered.publish()
    assert ended.states == ["NoneType"] * 2
