"""Whether anybody finishes uploads can be told from outside."""

from __future__ import annotations

from sqlmodel import select

from smartupload.adapters.memory import ManualClock
from smartupload.models import Worker
from smartupload.service.context import Context
from smartupload.service.finishing import workers


def move(ctx: Context, seconds: float) -> None:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(seconds)


def test_one_that_lives_and_one_that_left(ctx: Context) -> None:
    assert not workers.anybody(ctx)
    workers.beat(ctx, "one")
    workers.beat(ctx, "two")
    workers.left(ctx, "one")
    assert workers.anybody(ctx)
    workers.left(ctx, "two")
    assert not workers.anybody(ctx)


def test_one_that_says_nothing_any_longer(ctx: Context) -> None:
    workers.beat(ctx, "one")
    for _ in range(3):
        move(ctx, workers.SILENT.total_seconds() - 1)
        assert workers.anybody(ctx)
        workers.beat(ctx, "one")
    move(ctx, workers.SILENT.total_seconds())
    assert not workers.anybody(ctx)


def test_the_dead_are_forgotten(ctx: Context) -> None:
    workers.beat(ctx, "dead")
    move(ctx, 2 * 86400)
    workers.beat(ctx, "one")
    with ctx.db.read() as session:
        assert [row.name for row in session.exec(select(Worker))] == ["one"]
