"""What a stream says: every change, also one that was written late, none twice while it lasts, and it goes on from any place."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select, update

from smartupload.adapters.live import LiveHub
from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.errors import InvalidRequest
from smartupload.models import Upload
from smartupload.service.context import Context
from smartupload.service.links import share
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import cancel, change_poller, pause
from tests.fixtures_store import MIB
from tests.unit.person import Person, put_into


@pytest.fixture
def clock(ctx: Context) -> ManualClock:
    assert isinstance(ctx.clock, ManualClock)
    return ctx.clock


def said(stream: change_poller.ChangeFeed) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    more = True
    while more:
        uploads, more = stream.read()
        found += [(upload.id, upload.state) for upload in uploads]
    return found


def test_each_change_is_said_once(ctx: Context, person: Person, clock: ManualClock) -> None:
    stream = change_poller.ChangeFeed(ctx, "anna")
    a, b = person.creates("a"), person.creates("b")
    Person(ctx, "ben").creates("c")
    assert sorted(said(stream)) == sorted([(a.id, "uploading"), (b.id, "uploading")])
    assert said(stream) == []
    clock.move(1)
    pause.pause_upload(ctx, "anna", a.id)
    assert said(stream) == [(a.id, "paused")]
    cancel.cancel_upload(ctx, "anna", a.id)
    assert said(stream) == [(a.id, "cancelled")]
    clock.move(3600)
    assert said(stream) == []


def test_changes_of_one_instant_are_all_said(ctx: Context, person: Person) -> None:
    """The clock stands still: the same row changes twice, and others beside it."""
    stream = change_poller.ChangeFeed(ctx, "anna")
    upload = person.creates("a")
    assert said(stream) == [(upload.id, "uploading")]
    pause.pause_upload(ctx, "anna", upload.id)
    assert said(stream) == [(upload.id, "paused")]
    pause.resume_upload(ctx, "anna", upload.id)
    other = person.creates("b")
    assert sorted(said(stream)) == sorted([(upload.id, "uploading"), (other.id, "uploading")])


def test_what_is_written_late_is_not_lost(ctx: Context, person: Person, clock: ManualClock) -> None:
    """Another process dated its change before ours and wrote it after."""
    late, other = person.creates("late"), person.creates("other")
    clock.move(100)
    stream = change_poller.ChangeFeed(ctx, "anna")
    assert said(stream) == []
    pause.pause_upload(ctx, "anna", other.id)
    assert said(stream) == [(other.id, "paused")]
    put_into(ctx, late.id, "ready", updated_at=ctx.clock.now() - timedelta(seconds=4))
    assert said(stream) == [(late.id, "ready")]
    assert said(stream) == []


def test_it_goes_on_from_any_place(ctx: Context, person: Person, clock: ManualClock) -> None:
    stream = change_poller.ChangeFeed(ctx, "anna")
    ids = set[str]()
    for number in range(20):
        ids.add(person.creates(f"{number}").id)
        clock.move(1)
        if number == 10:
            stream.read()
    missed = {upload_id for upload_id, _ in said(change_poller.ChangeFeed(ctx, "anna", stream.cursor))}
    assert missed <= ids
    said_before = {upload_id for upload_id, _ in said(change_poller.ChangeFeed(ctx, "anna"))}
    assert said_before == ids
    clock.move(3600)
    again = {upload_id for upload_id, _ in said(change_poller.ChangeFeed(ctx, "anna", stream.cursor))}
    assert len(again) >= 9, "what happened while nobody listened"


def test_more_than_a_page_in_one_go(
    ctx: Context, person: Person, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_poller, "PAGE", 4)
    stream = change_poller.ChangeFeed(ctx, "anna")
    ids: list[str] = []
    for number in range(11):
        ids.append(person.creates(f"{number}").id)
        clock.move(0.1)
    assert [upload_id for upload_id, _ in said(stream)] == ids
    assert said(stream) == []
    pause.pause_upload(ctx, "anna", ids[0])
    assert said(stream) == [(ids[0], "paused")]


def test_a_place_from_a_clock_that_was_ahead(ctx: Context, person: Person, clock: ManualClock) -> None:
    stream = change_poller.ChangeFeed(ctx, "anna", (clock.now() + timedelta(hours=1)).isoformat())
    clock.move(1)
    upload = person.creates("a")
    assert said(stream) == [(upload.id, "uploading")]


@pytest.mark.parametrize("place", ["x", "2026-11-26", "2026-11-26T00:00:00", "0001-01-01T00:00:00+23:00"])
def test_a_place_that_is_none(ctx: Context, place: str) -> None:
    with pytest.raises(InvalidRequest):
        change_poller.ChangeFeed(ctx, "anna", place)


def test_the_question_uses_its_index(ctx: Context, person: Person) -> None:
    if not ctx.db.is_sqlite:
        pytest.skip("PostgreSQL plans by the size of the table")
    asked: list[Any] = []
    event.listen(ctx.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    change_poller.ChangeFeed(ctx, "anna").read()
    statement, values = next(one for one in asked if one[0].startswith("SELECT"))
    with ctx.db.engine.connect() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall())
    assert "ix_upload_news (owner=? AND updated_at>?)" in plan


class Subscribers(LiveHub):
    """A hub with given subscribers that remembers whose changes it heard of."""

    def __init__(self, **given: int) -> None:
        super().__init__()
        self.given = given
        self.changes: list[str] = []

    def changed(self, owner: str) -> None:
        self.changes.append(owner)

    def subscribers(self) -> dict[str, int]:
        return self.given


def test_the_poller_sees_what_others_write(ctx: Context, person: Person, clock: ManualClock) -> None:
    upload, third = person.creates("a"), person.creates("c")
    clock.move(60)
    hub = Subscribers(anna=1)
    poller = change_poller.ChangePoller(ctx, hub)
    poller.poll()
    assert hub.changes == []
    clock.move(1)
    pause.pause_upload(ctx, "anna", upload.id)
    Person(ctx, "ben").creates("not listened to")
    poller.poll()
    poller.poll()
    assert hub.changes == ["anna"]
    clock.move(1)
    other = person.creates("b")
    poller.poll()
    assert hub.changes == ["anna", "anna"]
    with ctx.db.write() as session:
        session.exec(update(Upload).where(col(Upload.id) == other.id).values(updated_at=clock.now()))
    put_into(ctx, third.id, "ready", updated_at=clock.now() - timedelta(seconds=3))
    poller.poll()
    assert hub.changes == ["anna", "anna", "anna"], "written late, and dated before what was seen"


def test_the_poller_asks_nothing_while_nobody_listens(ctx: Context) -> None:
    asked: list[Any] = []
    event.listen(ctx.db.engine, "before_cursor_execute", lambda *given: asked.append(given))
    change_poller.ChangePoller(ctx, Subscribers()).poll()
    assert asked == []


def test_progress_is_counted_while_a_second_browser_looks_on(
    ctx: Context,
    store: MemoryStore,
    person: Person,
    clock: ManualClock,
    upload: UploadView,
    bodies: list[bytes],
) -> None:
    person.sends(upload, bodies, {1})
    clock.move(2)
    alone, observed = Subscribers(anna=1), Subscribers(anna=2)
    stream = change_poller.ChangeFeed(ctx, "anna")
    stream.read()
    change_poller.ChangePoller(ctx, alone).poll()
    assert stream.read()[0] == []
    change_poller.ChangePoller(ctx, observed).poll()
    assert observed.changes == ["anna"]
    assert [one.confirmed_bytes for one in stream.read()[0]] == [upload.part_size]
    assert upload.part_size >= 5 * MIB


def test_visitors_are_told_what_others_write_though_the_owner_is_away(
    ctx: Context, clock: ManualClock, upload: UploadView
) -> None:
    clock.move(60)
    hub = LiveHub()
    here = replace(ctx, streams=hub, live=hub)
    poller = change_poller.ChangePoller(here, hub)
    poller.poll()
    share.shared_page(here, upload.share_token, "")
    pause.pause_upload(ctx, "anna", upload.id)
    poller.poll()
    assert asyncio.run(asyncio.wait_for(hub.next(), 10)) == "anna"


def test_progress_is_counted_for_visitors_and_for_what_a_browser_sends_alone(
    ctx: Context,
    store: MemoryStore,
    person: Person,
    clock: ManualClock,
    upload: UploadView,
    bodies: list[bytes],
) -> None:
    def count() -> int:
        with ctx.db.read() as session:
            return session.exec(select(Upload.confirmed_bytes).where(Upload.id == upload.id)).one()

    person.sends(upload, bodies, {1})
    clock.move(2)
    change_poller.recount(ctx, ["anna"], [])
    assert count() == 0
    change_poller.recount(ctx, ["ben"], ["anna", "ben"])
    assert count() == 0
    visited = LiveHub()
    visited.visit("anna")
    change_poller.ChangePoller(ctx, visited).poll()
    assert count() == upload.part_size

    person.sends(upload, bodies, {2})
    clock.move(2)
    with ctx.db.write() as session:
        session.exec(update(Upload).where(col(Upload.id) == upload.id).values(handed_over_at=clock.now()))
    change_poller.ChangePoller(ctx, Subscribers(anna=1)).poll()
    assert count() == 2 * upload.part_size


def test_a_slow_store_does_not_hold_up_a_poll(
    ctx: Context, person: Person, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def slow(_: Context, row: Upload, __: float) -> Upload:
        counted.append(row.id)
        clock.move(1)
        return row

    monkeypatch.setattr(change_poller.confirm, "refresh", slow)
    for name in ("a", "b"):
        one = person.creates(name, size=20 * MIB)
        person.sends(one, [bytes(one.part_size)], {1})
        clock.move(1)
    change_poller.ChangePoller(ctx, Subscribers(anna=2)).poll()
    assert len(counted) == 1
