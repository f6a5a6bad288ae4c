"""What a process holds it keeps: when the clock leaps, when somebody else has had it in between, and after a beat that failed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from typing import Any

import pytest
from smartupload_testing.wait import wait_for
from sqlalchemy.exc import OperationalError

from smartupload.adapters.memory import ManualClock
from smartupload.models import Upload
from smartupload.pipeline import finishing
from smartupload.pipeline.finishing import Finishing
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, workers
from smartupload.service.records import rows
from tests.unit.person import Person

NEVER = 1e9


class Slow:
    """A scanner with which each file stays until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.goes_on: list[threading.Event] = []

    def scan(self, chunks: Iterable[bytes]) -> None:
        mine = threading.Event()
        self.goes_on.append(mine)
        self.begun.release()
        assert b"".join(chunks)
        assert mine.wait(60)

    def ping(self) -> None:
        """Always answers."""


@pytest.fixture
def slow() -> Generator[Slow]:
    scanner = Slow()
    yield scanner
    for one in scanner.goes_on:
        one.set()


@pytest.fixture
def ctx(make_context: Callable[..., Context], slow: Slow) -> Context:
    made = make_context(scan="required", clamd_url="tcp://127.0.0.1:1")
    return replace(made, scanner=slow, finisher=None)


@pytest.fixture
def finisher(ctx: Context, slow: Slow) -> Generator[Finishing]:
    made = Finishing(ctx)
    yield made
    for one in slow.goes_on:
        one.set()
    made.close()


def at(ctx: Context, upload_id: str) -> Upload:
    row = rows.find(ctx, upload_id)
    assert row is not None
    return row


def leaps(ctx: Context) -> None:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(backlog.LEASE.total_seconds() + 1)


def looks(finisher: Finishing, times: int) -> None:
    for _ in range(times):
        before = finisher._looked_at
        wait_for(lambda: finisher._looked_at > before, 30, "the next look")  # noqa: B023


def test_what_it_works_on_it_does_not_begin_once_more(
    ctx: Context, slow: Slow, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The clock leaps over the end of the lease, between two beats."""
    monkeypatch.setattr(finishing, "BEAT_SECONDS", NEVER)
    finisher = request.getfixturevalue("finisher")
    upload = Person(ctx).uploads()
    assert slow.begun.acquire(timeout=30)
    leaps(ctx)
    looks(finisher, 2)
    assert (at(ctx, upload.id).attempts, len(slow.goes_on)) == (1, 1)
    finisher._beat_at = 0.0
    wait_for(lambda: at(ctx, upload.id).due_at == ctx.clock.now() + backlog.LEASE, 30, "the lease to be extended")
    slow.goes_on[0].set()
    wait_for(lambda: at(ctx, upload.id).due_at is None, 30, "it to be finished")
    assert (at(ctx, upload.id).state, len(slow.goes_on)) == ("ready", 1)


def test_the_end_of_an_earlier_try_leaves_it_the_later_one(
    ctx: Context, slow: Slow, finisher: Finishing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process had it in between, and gave it back."""
    ended, end = threading.Event(), finisher._ended

    def noted(*given: Any) -> None:
        end(*given)
        ended.set()

    monkeypatch.setattr(finisher, "_ended", noted)
    upload = Person(ctx).uploads()
    assert slow.begun.acquire(timeout=30)
    ahead = replace(ctx, clock=ManualClock(ctx.clock.now()))
    leaps(ahead)
    assert [row.id for row in backlog.claim(ahead, "another", 1)] == [upload.id]
    backlog.give_back(ctx, "another")
    assert slow.begun.acquire(timeout=30), "it is taken once more"
    slow.goes_on[0].set()
    assert ended.wait(30)
    assert [row.attempts for row in finisher._held.values()] == [3]
    leaps(ctx)
    finisher._beat_at = 0.0
    wait_for(lambda: at(ctx, upload.id).due_at == ctx.clock.now() + backlog.LEASE, 30, "the lease to be extended")
    slow.goes_on[1].set()
    wait_for(lambda: at(ctx, upload.id).due_at is None, 30, "it to be finished")
    assert (at(ctx, upload.id).state, len(slow.goes_on)) == ("ready", 2)


def test_a_beat_that_failed_is_made_up_for_at_once(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Any:
        raise OperationalError("SELECT 1", {}, ConnectionError("refused"))

    waits = Finishing(ctx, runs=False)
    try:
        with monkeypatch.context() as away:
            away.setattr(backlog, "extend", refuse)
            with pytest.raises(OperationalError):
                waits._beat()
        extended: list[str] = []
        monkeypatch.setattr(backlog, "extend", lambda ctx, rows, holder: extended.append(holder))
        for _ in range(2):
            waits._beat()
        assert extended == [waits.name]
        assert workers.anybody(ctx)
    finally:
        waits.close()
