"""What the outbox forgets, and what it must not."""

from __future__ import annotations

from sqlmodel import select

from smartupload.adapters.memory import ManualClock
from smartupload.models import Delivery, Event
from smartupload.service.context import Context
from smartupload.service.outbox import prune
from smartupload.service.records import events
from tests.notifiers import Collector, with_notifiers
from tests.unit.person import Person

DAY = 24 * 3600.0


def count(ctx: Context) -> tuple[int, int]:
    with ctx.db.read() as session:
        return len(session.exec(select(Event)).all()), len(session.exec(select(Delivery)).all())


def test_what_happened_long_ago_is_forgotten(ctx: Context) -> None:
    ctx = with_notifiers(ctx, webhook=Collector())
    assert isinstance(ctx.clock, ManualClock)
    Person(ctx).uploads()
    ctx.clock.move(prune.KEPT.total_seconds() - DAY)
    Person(ctx).creates()
    assert count(ctx) == (4, 4)
    assert prune.prune(ctx) == 0, "the first three are a day too young"
    ctx.clock.move(2 * DAY)
    assert prune.prune(ctx) == 3
    assert count(ctx) == (1, 1)
    assert [event["kind"] for event in events.since(ctx).events] == ["upload.created"]


def test_ids_go_on_after_everything_is_over(ctx: Context) -> None:
    assert isinstance(ctx.clock, ManualClock)
    Person(ctx).uploads()
    last = events.since(ctx).events[-1]["id"]
    ctx.clock.move(10 * prune.KEPT.total_seconds())
    assert prune.prune(ctx) == 2, "the newest one stays"
    Person(ctx).creates()
    assert [event["kind"] for event in events.since(ctx, last).events] == ["upload.created"]


def test_only_so_many_at_once(ctx: Context, monkeypatch) -> None:
    assert isinstance(ctx.clock, ManualClock)
    monkeypatch.setattr(prune, "AT_ONCE", 2)
    Person(ctx).uploads()
    Person(ctx).creates()
    ctx.clock.move(2 * prune.KEPT.total_seconds())
    assert [prune.prune(ctx), prune.prune(ctx), prune.prune(ctx)] == [2, 1, 0]
