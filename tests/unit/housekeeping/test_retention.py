"""How long what has ended is remembered: not for ever, and not so short that anything of it comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from smartupload.adapters.memory import ManualClock, MemoryMailer, MemoryStore
from smartupload.models import BLOCKED, EXPIRED, FAILED, Asked, Contact, Upload
from smartupload.service.context import Context
from smartupload.service.housekeeping import remove, retention
from smartupload.service.notify import contact, stale
from smartupload.service.records import events
from smartupload.service.uploads import cancel
from tests.fixtures_store import MIB
from tests.unit.person import Person, put_into

DAY = 24 * 3600


def later(ctx: Context, days: float) -> None:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(days * DAY)


def there(ctx: Context) -> list[str]:
    with ctx.db.read() as session:
        return [str(row[0]) for row in session.connection().exec_driver_sql("SELECT id FROM upload ORDER BY id")]


def count(ctx: Context, table: str) -> int:
    with ctx.db.read() as session:
        return session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def test_after_so_many_days_nothing_is_left(ctx: Context, person: Person, store: MemoryStore) -> None:
    ended = person.creates(size=20 * MIB)
    person.sends(ended, person.cut(ended), {1})
    cancel.cancel_upload(ctx, person.owner, ended.id)
    newest = person.creates()
    later(ctx, 29.9)
    assert retention.forget_ended(ctx) == 0
    later(ctx, 0.2)
    assert retention.forget_ended(ctx) == 1
    assert there(ctx) == [newest.id]
    assert (count(ctx, "part"), count(ctx, "event")) == (0, 1)
    assert store.list_objects("") == []


@pytest.mark.parametrize("state", [EXPIRED, FAILED, BLOCKED])
def test_every_end_but_a_file(ctx: Context, person: Person, state: str) -> None:
    ended = person.creates()
    put_into(ctx, ended.id, state, updated_at=ctx.clock.now())
    ready = person.uploads("kept.bin")
    later(ctx, 31)
    assert retention.forget_ended(ctx) == 1
    later(ctx, 4000)
    assert retention.forget_ended(ctx) == 0
    assert there(ctx) == [ready.id]


def test_a_blocked_object_that_was_kept_goes_with_its_row(make_context: Callable[..., Context]) -> None:
    ctx = make_context(keep_blocked="true")
    person = Person(ctx)
    blocked = person.creates("virus.bin")
    person.sends(blocked, person.cut(blocked))
    put_into(ctx, blocked.id, BLOCKED, updated_at=ctx.clock.now())
    person.creates("newest.bin")
    assert isinstance(ctx.store, MemoryStore)
    assert [item.key for item in ctx.store.list_objects("uploads/")] == [f"uploads/{blocked.id}/1"]
    later(ctx, 31)
    remove.sweep(ctx)
    assert retention.forget_ended(ctx) == 1
    assert ctx.store.list_objects("uploads/") == []


def test_no_shorter_than_a_browser_keeps_its_side(make_context: Callable[..., Context]) -> None:
    ctx = make_context(keep_ended_days="3", abandon_after_days="10")
    person = Person(ctx)
    cancel.cancel_upload(ctx, person.owner, person.creates().id)
    person.creates()
    later(ctx, 9)
    assert retention.forget_ended(ctx) == 0
    later(ctx, 2)
    assert retention.forget_ended(ctx) == 1


def test_what_may_still_come_is_waited_for(ctx: Context, person: Person, store: MemoryStore) -> None:
    ended = person.creates(size=20 * MIB)
    person.hands_over(ended, person.cut(ended))
    cancel.cancel_upload(ctx, person.owner, ended.id)
    person.creates()
    later(ctx, 31)
    assert retention.forget_ended(ctx) == 0, "its forms have not been looked for"
    remove.sweep(ctx)
    assert retention.forget_ended(ctx) == 1


def test_a_store_that_is_away_keeps_the_row(ctx: Context, person: Person, store: MemoryStore) -> None:
    ended = person.creates(size=20 * MIB)
    store.away = True
    cancel.cancel_upload(ctx, person.owner, ended.id)
    with ctx.db.write() as session:
        session.connection().exec_driver_sql("DELETE FROM event")
    later(ctx, 31)
    assert retention.forget_ended(ctx) == 0
    store.away = False
    assert retention.forget_ended(ctx) == 1
    assert there(ctx) == []


def test_no_number_of_an_event_is_given_twice(ctx: Context, person: Person) -> None:
    first = person.creates()
    cancel.cancel_upload(ctx, person.owner, first.id)
    place = events.since(ctx).events[-1]["id"]
    later(ctx, 31)
    retention.forget_ended(ctx)
    person.creates()
    assert [event["kind"] for event in events.since(ctx, place).events] == ["upload.created"]


def test_addresses_that_nobody_confirmed(ctx: Context) -> None:
    ctx = _mailing(ctx)
    contact.change(ctx, "anna", email="anna@example.org")
    later(ctx, 2.9)
    stale.prune(ctx)
    assert (_one(ctx, Contact).asked, count(ctx, "asked")) == ("anna@example.org", 0)
    later(ctx, 0.2)
    stale.prune(ctx)
    assert _one(ctx, Contact).asked == ""
    later(ctx, 401)
    stale.prune(ctx)
    assert count(ctx, "contact") == 0


def test_whoever_has_a_file_is_still_told(ctx: Context, person: Person) -> None:
    ctx = _mailing(ctx)
    contact.change(ctx, person.owner, mails=True)
    person.uploads()
    later(ctx, 1000)
    stale.prune(ctx)
    assert count(ctx, "contact") == 1


def test_a_question_counts_until_its_hour_is_over(ctx: Context) -> None:
    ctx = _mailing(ctx)
    contact.change(ctx, "anna", email="anna@example.org")
    stale.prune(ctx)
    assert _one(ctx, Asked).owner == "anna"


def _mailing(ctx: Context) -> Context:
    return replace(ctx, mailer=MemoryMailer())


def _one(ctx: Context, kind: Any) -> Any:
    with ctx.db.read() as session:
        return session.exec(select(kind)).one()


def test_the_log_of_writes_is_emptied_once_nobody_reads(ctx: Context, person: Person) -> None:
    """SQLite's log keeps what was deleted until it is emptied, which a reader holds up; then it is tried again."""
    if not ctx.db.is_sqlite:
        pytest.skip("PostgreSQL has a log of its own")
    upload = person.creates("Reineclaude.bin")
    log = f"{ctx.db.url.database}-wal"
    with ctx.db.read() as session:
        session.get(Upload, upload.id)
        cancel.cancel_upload(ctx, person.owner, upload.id)
        assert ctx.db.scrub() is False
        assert b"Reineclaude" in _bytes(log)
    assert ctx.db.scrub() is True
    assert b"Reineclaude" not in _bytes(log)
    assert b"Reineclaude" not in _bytes(ctx.db.url.database or "")


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
