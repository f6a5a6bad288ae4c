"""What is written into the audit log: with the change or not at all, about a start without its secrets, and not for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from smartupload.adapters.memory import ManualClock
from smartupload.service.audit import doer, entries, read, refusals, started
from smartupload.service.audit.doer import Doer
from smartupload.service.batches import at_once
from smartupload.service.context import Context
from smartupload.service.records import rows, states
from tests.unit.person import Person


def actions(ctx: Context) -> list[str]:
    return [entry.action for entry in read.all_of(ctx.db)]


def test_a_change_that_is_taken_back_leaves_no_row(ctx: Context, person: Person) -> None:
    upload = person.creates()
    row = rows.load(ctx, person.owner, upload.id)

    def pauses_in_vain() -> None:
        with ctx.db.write() as session:
            assert rows.moved(ctx, session, states.PAUSE, [rows.Wish(row)]) != [None]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        pauses_in_vain()
    assert actions(ctx) == ["created"]
    rows.move(ctx, row, states.PAUSE)
    assert actions(ctx) == ["created", "paused"]


def test_threads_that_work_for_somebody_are_them() -> None:
    with doer.acting(Doer("anna", "192.0.2.7")):
        found = at_once(range(4), lambda _: (doer.current().who, threading.current_thread().name[:5]))
    assert found == [("anna", "batch")] * 4
    assert doer.current().is_server


def test_an_hour_later_signing_is_written_down_again(ctx: Context, person: Person) -> None:
    upload = person.creates(size=20 * 1024 * 1024)
    claims = person.claims(person.cut(upload))
    clock = ctx.clock
    assert isinstance(clock, ManualClock)
    person.signs(upload, [claims[0]])
    person.signs(upload, [claims[1]])
    with doer.acting(Doer(person.owner, "198.51.100.9")):
        person.signs(upload, [claims[1]])
    clock.move(3601)
    person.signs(upload, [claims[2]])
    signed = [entry.address for entry in read.all_of(ctx.db, read.Filter(action="signed"))]
    assert signed == ["", "198.51.100.9", ""]


def test_nobody_fills_it_by_knocking(ctx: Context) -> None:
    clock, state = ctx.clock, refusals.Refusals()
    assert isinstance(clock, ManualClock)

    def knock(address: str, code: str = "unauthorized") -> None:
        with doer.acting(Doer(address=address)):
            refusals.refused(ctx, state, code, "GET", "/api/x")

    for number in range(200):
        knock(f"192.0.2.{number}")
        knock(f"192.0.2.{number}")
    assert len(actions(ctx)) == refusals.AT_MOST
    clock.move(61)
    knock("192.0.2.1")
    assert sum(entry.detail["left_out"] for entry in read.all_of(ctx.db)) == 400 - refusals.AT_MOST


def test_a_start_tells_no_secret(make_context: Callable[..., Context]) -> None:
    ctx = make_context(
        admin_token="a-token-that-nobody-guesses",
        webhook_url="https://hooks.example.org/in/p4ss?key=k3y",
        webhook_secret="geheim, ganz geheim",
        owner_quota="5GB",
        database_url="postgresql://anna:p4ss@db.example.org/files",
    )
    started.note(ctx)
    (entry,) = read.all_of(ctx.db)
    assert entry.detail["settings"] == {
        "admin_token": "set",
        "webhook_url": "https://hooks.example.org",
        "webhook_secret": "set",
        "owner_quota": 5_000_000_000,
        "database_url": "postgresql+psycopg://db.example.org",
    }
    assert "p4ss" not in str(entry.detail)


def test_it_is_kept_as_long_as_is_set(make_context: Callable[..., Context]) -> None:
    ctx = make_context(audit_days="10")
    clock = ctx.clock
    assert isinstance(clock, ManualClock)
    entries.note(ctx, entries.STARTED)
    clock.move(timedelta(days=9).total_seconds())
    entries.note(ctx, entries.ADMIN)
    assert read.prune(ctx) == 0
    clock.move(timedelta(days=2).total_seconds())
    assert read.prune(ctx) == 1
    assert actions(ctx) == ["admin"]
    clock.move(timedelta(days=30).total_seconds())
    read.prune(ctx)
    entries.note(ctx, entries.STARTED)
    assert len({entry.id for entry in read.all_of(ctx.db)}) == 2, "no number is given twice"


def test_no_cell_is_a_formula(ctx: Context) -> None:
    entries.note(ctx, entries.STARTED, owner="=HYPERLINK(1)")
    (entry,) = read.all_of(ctx.db)
    assert "'=HYPERLINK" in read.as_csv(entry)
