"""Which uploads wait to be finished, who may work on each, and what a lease is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import ClauseElement, event, update
from sqlalchemy.dialects import postgresql
from sqlmodel import col, select

from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.errors import StoreUnavailable
from smartupload.migrations import history
from smartupload.models import CANCELLED, READY, SCANNING, Event, Upload
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, finish
from smartupload.service.records import rows
from smartupload.service.uploads import cancel
from tests.fixtures_store import MIB, sha256
from tests.unit.person import Person


@pytest.fixture
def ctx(ctx: Context) -> Context:
    """Nobody finishes anything here by themselves."""
    return replace(ctx, finisher=None)


@pytest.fixture
def person(ctx: Context) -> Person:
    return Person(ctx)


def at(ctx: Context, upload_id: str) -> Upload:
    row = rows.find(ctx, upload_id)
    assert row is not None
    return row


def move(ctx: Context, by: timedelta) -> None:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(by.total_seconds())


def finishes(ctx: Context, row: Upload) -> None:
    for step in finish.STEPS.values():
        row = step(ctx, row)
    backlog.done(ctx, [row])


def test_due_as_soon_as_it_is_there(ctx: Context, person: Person) -> None:
    on_its_way = person.creates()
    upload = person.uploads()
    assert at(ctx, on_its_way.id).due_at is None
    [row] = backlog.claim(ctx, "one", 10)
    assert (row.id, row.state, row.attempts) == (upload.id, SCANNING, 1)
    kept = at(ctx, upload.id)
    assert (kept.holder, kept.attempts, kept.due_at) == ("one", 1, ctx.clock.now() + backlog.LEASE)
    finishes(ctx, row)
    left = at(ctx, upload.id)
    assert (left.state, left.holder, left.due_at) == (READY, "", None)
    move(ctx, timedelta(days=1))
    assert backlog.claim(ctx, "one", 10) == []


def test_one_at_a_time_and_the_longest_due_first(ctx: Context, person: Person) -> None:
    uploads: list[str] = []
    for _ in range(5):
        uploads.append(person.uploads().id)
        move(ctx, timedelta(seconds=1))
    assert [row.id for row in backlog.claim(ctx, "one", 2)] == uploads[:2]
    assert [row.id for row in backlog.claim(ctx, "two", 10)] == uploads[2:]
    assert backlog.claim(ctx, "three", 10) == []


def test_two_who_read_the_same_rows(ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody else took between reading and taking is not taken."""
    upload = person.uploads()
    write = ctx.db.write
    others: list[Upload] = []

    def first_another() -> object:
        monkeypatch.setattr(ctx.db, "write", write)
        others.extend(backlog.claim(ctx, "faster", 10))
        return write()

    monkeypatch.setattr(ctx.db, "write", first_another)
    assert backlog.claim(ctx, "slower", 10) == []
    assert [row.id for row in others] == [upload.id]
    assert at(ctx, upload.id).holder == "faster"


def test_many_that_wait_are_not_all_read(ctx: Context, person: Person) -> None:
    first = person.uploads()
    with ctx.db.write() as session:
        template = at(ctx, first.id).model_dump()
        for number in range(1000):
            own = {"id": f"{number}", "idempotency_key": f"{number}!", "share_token": f"{number}"}
            given: dict[str, Any] = template | own
            session.add(Upload(**given))
    loaded: list[Upload] = []

    def noted(row: Upload, _: object) -> None:
        loaded.append(row)

    event.listen(Upload, "load", noted)
    try:
        assert len(backlog.claim(ctx, "one", 8)) == 8
    finally:
        event.remove(Upload, "load", noted)
    assert len(loaded) == 8


def test_a_lease_that_ran_out_is_worth_nothing(ctx: Context, person: Person, store: MemoryStore) -> None:
    upload = person.uploads()
    [late] = backlog.claim(ctx, "late", 10)
    late = finish.scan(ctx, finish.sniff_type(ctx, finish.verify(ctx, late)))
    move(ctx, backlog.LEASE - timedelta(seconds=1))
    assert backlog.claim(ctx, "next", 10) == []
    move(ctx, timedelta(seconds=1))
    [row] = backlog.claim(ctx, "next", 10)
    before = at(ctx, upload.id)
    with pytest.raises(finish.LeaseLost):
        finish.publish(ctx, late)
    backlog.put_off(ctx, late, 3600)
    backlog.extend(ctx, [late], "late")
    backlog.done(ctx, [late])
    assert at(ctx, upload.id) == before
    finishes(ctx, row)
    assert at(ctx, upload.id).state == READY
    assert store.objects.keys() == {at(ctx, upload.id).key}


def test_cancelled_and_cleared_while_it_was_being_published(ctx: Context, person: Person, store: MemoryStore) -> None:
    upload = person.uploads()
    [late] = backlog.claim(ctx, "late", 10)
    late = finish.scan(ctx, finish.sniff_type(ctx, finish.verify(ctx, late)))
    cancel.cancel_upload(ctx, "anna", upload.id)
    move(ctx, backlog.LEASE)
    [row] = backlog.claim(ctx, "next", 10)
    finishes(ctx, row)
    assert finish.publish(ctx, late).state == CANCELLED
    late.scan = "clean"
    assert finish.take(ctx, late, finish.publish).state == CANCELLED, "there is nothing left to be marked"
    assert (store.objects, store.clean) == ({}, set())


def test_extended_it_stays(ctx: Context, person: Person) -> None:
    person.uploads()
    [row] = backlog.claim(ctx, "one", 10)
    for _ in range(5):
        move(ctx, backlog.LEASE - timedelta(seconds=1))
        backlog.extend(ctx, [row], "one")
        assert backlog.claim(ctx, "two", 10) == []
    move(ctx, backlog.LEASE)
    assert len(backlog.claim(ctx, "two", 10)) == 1


def test_put_off_it_is_anybodys_later_and_no_heartbeat_changes_that(ctx: Context, person: Person) -> None:
    person.uploads()
    [row] = backlog.claim(ctx, "one", 10)
    backlog.put_off(ctx, row, 2)
    backlog.extend(ctx, [row], "one")
    assert backlog.claim(ctx, "two", 10) == []
    move(ctx, timedelta(seconds=2))
    assert [again.attempts for again in backlog.claim(ctx, "two", 10)] == [2]


def test_given_back_by_name(ctx: Context, person: Person) -> None:
    mine, others = person.uploads(), person.uploads()
    assert [row.id for row in backlog.claim(ctx, "one", 1)] == [mine.id]
    assert [row.id for row in backlog.claim(ctx, "two", 1)] == [others.id]
    assert backlog.holders(ctx) == {"one", "two"}
    assert backlog.give_back(ctx, "one") == 1
    assert [row.id for row in backlog.claim(ctx, "three", 10)] == [mine.id]
    assert backlog.holders(ctx) == {"two", "three"}


def test_given_back_in_the_order_of_their_ids(ctx: Context, person: Person) -> None:
    """As every other who locks several, so that two of them never wait for each other."""
    for _ in range(3):
        person.uploads()
    assert len(backlog.claim(ctx, "one", 10)) == 3
    asked: list[str] = []

    def noted(_: object, statement: ClauseElement, *__: object) -> None:
        asked.append(str(statement.compile(dialect=postgresql.dialect())))

    event.listen(ctx.db.engine, "before_execute", noted)
    try:
        assert backlog.give_back(ctx, "one") == 3
    finally:
        event.remove(ctx.db.engine, "before_execute", noted)
    locks, writes = asked
    assert locks.startswith("SELECT upload.id")
    assert locks.endswith("ORDER BY upload.id FOR UPDATE")
    assert writes.startswith("UPDATE upload")


def test_clearing_up_is_part_of_it(ctx: Context, person: Person, store: MemoryStore) -> None:
    """A file that is ready is still in the backlog until nothing is left of an earlier epoch."""
    upload = person.uploads()
    old, key = f"uploads/{upload.id}/1", f"uploads/{upload.id}/2"
    store.objects[key] = store.objects[old]
    with ctx.db.write() as session:
        session.exec(update(Upload).where(col(Upload.id) == upload.id).values(epoch=2, key=key))
    [row] = backlog.claim(ctx, "one", 10)
    for name in ("verify", "sniff", "scan", "publish"):
        row = finish.STEPS[name](ctx, row)
    store.away = True
    with pytest.raises(StoreUnavailable):
        finish.clear(ctx, row)
    backlog.put_off(ctx, row, 1)
    store.away = False
    assert (at(ctx, upload.id).state, store.objects.keys()) == (READY, {old, key})
    move(ctx, timedelta(seconds=1))
    [row] = backlog.claim(ctx, "two", 10)
    store.calls.clear()
    finishes(ctx, row)
    assert store.calls == ["delete", "delete"], (
        "what is left, what an older version may have copied, and nothing that was done"
    )
    assert store.objects.keys() == {key}
    assert at(ctx, upload.id).due_at is None


def test_what_an_older_version_had_copied_is_cleared_up(ctx: Context, person: Person, store: MemoryStore) -> None:
    """It was ready at a key of its own, and the one at which it arrived was still to be deleted."""
    upload = person.uploads()
    arrived, copied = f"uploads/{upload.id}/1", f"files/{upload.id}/1"
    store.objects[copied] = store.objects[arrived]
    with ctx.db.write() as session:
        values = {"state": READY, "key": copied, "scan": "clean"}
        session.exec(update(Upload).where(col(Upload.id) == upload.id).values(**values))
    [row] = backlog.claim(ctx, "one", 10)
    finishes(ctx, row)
    assert store.objects.keys() == {copied}
    cancel.cancel_upload(ctx, "anna", upload.id)
    assert store.objects == {}


def test_what_an_older_version_was_copying_when_it_ended_goes(ctx: Context, person: Person, store: MemoryStore) -> None:
    upload = person.uploads()
    [row] = backlog.claim(ctx, "older", 10)
    store.objects[f"files/{upload.id}/1"] = store.objects[row.key]
    backlog.give_back(ctx, "older")
    [row] = backlog.claim(ctx, "newer", 10)
    finishes(ctx, row)
    assert at(ctx, upload.id).state == READY
    assert store.objects.keys() == {row.key}


def test_a_bucket_that_is_not_there_just_now_loses_no_file(
    ctx: Context, person: Person, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store answers 404 for it, as for an object that is not there."""
    upload = person.uploads()
    [row] = backlog.claim(ctx, "one", 10)
    there = store.objects.copy()

    def away() -> None:
        raise StoreUnavailable

    with monkeypatch.context() as gone:
        store.objects.clear()
        gone.setattr(store, "ping", away)
        with pytest.raises(StoreUnavailable):
            finish.sniff_type(ctx, finish.verify(ctx, row))
    assert at(ctx, upload.id).state == SCANNING
    store.objects.update(there)
    finishes(ctx, row)
    assert at(ctx, upload.id).state == READY


def test_what_was_just_seen_is_not_looked_at_again(ctx: Context, person: Person, store: MemoryStore) -> None:
    """Only of a file of one PUT, only within a minute, and only by whoever is the first."""
    small, large = person.uploads(), person.uploads(size=20 * MIB)
    for looked_at in ({large.id}, {small.id, large.id}):
        for row in backlog.claim(ctx, "one", 10):
            store.calls.clear()
            finish.verify(ctx, row)
            assert store.calls == (["head"] if row.id in looked_at else [])
        backlog.give_back(ctx, "one")
    later = person.uploads()
    move(ctx, finish.SEEN)
    [row] = [row for row in backlog.claim(ctx, "one", 10) if row.id == later.id]
    store.calls.clear()
    finish.verify(ctx, row)
    assert store.calls == ["head"]


@pytest.mark.parametrize("left", [None, b"short"])
def test_what_is_lost_after_it_was_seen_is_found_out(
    ctx: Context, person: Person, store: MemoryStore, left: bytes | None
) -> None:
    upload = person.uploads()
    [row] = backlog.claim(ctx, "one", 10)
    del store.objects[row.key]
    if left is not None:
        store.objects[row.key] = (left, sha256(left))
    finishes(ctx, row)
    now = at(ctx, upload.id)
    assert (now.state, now.error_code, now.due_at) == ("failed", "file_lost", None)


def published(ctx: Context, rows: list[Upload]) -> list[str]:
    """What has become of each when all are published together."""
    found = [finish.scan(ctx, finish.sniff_type(ctx, finish.verify(ctx, row))) for row in rows]
    return [row.state if isinstance(row, Upload) else type(row).__name__ for row in finish.publish_all(ctx, found)]


def test_published_together_each_is_as_one_alone(ctx: Context, person: Person) -> None:
    uploads = [person.uploads() for _ in range(3)]
    alone, *others = backlog.claim(ctx, "one", 10)
    finishes(ctx, alone)
    assert published(ctx, others) == [READY, READY]
    backlog.done(ctx, others)
    first, *rest = [at(ctx, upload.id).model_dump() for upload in uploads]
    own = {"id", "idempotency_key", "share_token", "key"}
    for row in rest:
        assert {name: row[name] for name in row.keys() - own} == {name: first[name] for name in row.keys() - own}
    with ctx.db.read() as session:
        found = session.exec(select(Event.upload_id).where(Event.kind == "upload.ready").order_by(col(Event.id))).all()
    assert sorted(found) == sorted(upload.id for upload in uploads)


def test_published_together_only_what_is_still_held(ctx: Context, person: Person) -> None:
    taken, cancelled, mine = (person.uploads() for _ in range(3))
    rows_of = backlog.claim(ctx, "late", 10)
    cancel.cancel_upload(ctx, "anna", cancelled.id)
    before = at(ctx, taken.id)
    move(ctx, backlog.LEASE)
    others = [row for row in backlog.claim(ctx, "next", 1) if row.id == taken.id]
    assert len(others) == 1
    found = finish.publish_all(ctx, [finish.scan(ctx, row) for row in rows_of])
    assert [isinstance(row, finish.LeaseLost) for row in found] == [True, False, False]
    assert [row.state for row in found if isinstance(row, Upload)] == [CANCELLED, READY]
    assert (at(ctx, taken.id).state, at(ctx, mine.id).state) == (SCANNING, READY)
    assert at(ctx, taken.id).attempts == before.attempts + 1


def test_what_is_not_finished_is_never_done(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    [row] = backlog.claim(ctx, "one", 10)
    backlog.done(ctx, [row])
    assert at(ctx, upload.id).due_at is not None


def test_what_nobody_holds_is_not_kept_back_by_a_clock_that_was_wrong(ctx: Context, person: Person) -> None:
    person.uploads()
    ahead = replace(ctx, clock=ManualClock(ctx.clock.now() + timedelta(hours=2)))
    [row] = backlog.claim(ahead, "ahead", 10)
    assert backlog.claim(ctx, "one", 10) == [], "somebody holds it, so nobody takes it from them again and again"
    backlog.put_off(ahead, row, 1)
    assert len(backlog.claim(ctx, "one", 10)) == 1


def test_who_still_waits(ctx: Context, person: Person) -> None:
    over, waits = person.uploads(), person.uploads()
    finish.run(ctx, over.id)
    assert backlog.waiting(ctx, {over.id, waits.id, "none"}) == {waits.id}


def test_the_migration_makes_due_what_waits(make_context: Callable[..., Context]) -> None:
    ctx = replace(make_context(), finisher=None)
    upload = Person(ctx).uploads()
    with ctx.db.write() as session:
        history.downgrade(session.connection(), "0005")
    ctx.db.upgrade()
    assert [row.id for row in backlog.claim(ctx, "one", 10)] == [upload.id]
