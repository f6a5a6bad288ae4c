"""What an owner's files take of the quota is kept beside them, and is their sum at any moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, func, update
from sqlmodel import col, select

from smartupload.db import Database
from smartupload.errors import OwnerQuotaExceeded, Problem
from smartupload.migrations import history
from smartupload.models import COUNTED, Upload, Usage
from smartupload.service.context import Context
from smartupload.service.records import states
from smartupload.service.uploads import adopt, cancel, create
from tests.unit.person import Person


def used(ctx: Context) -> dict[str, int]:
    """As it is kept, by owner."""
    with ctx.db.read() as session:
        return {usage.owner: usage.bytes for usage in session.exec(select(Usage)) if usage.bytes}


def summed(ctx: Context) -> dict[str, int]:
    statement = select(Upload.owner, func.sum(Upload.size)).where(col(Upload.state).in_(COUNTED)).group_by(Upload.owner)
    with ctx.db.read() as session:
        return {owner: int(size) for owner, size in session.exec(statement)}


def puts(ctx: Context, upload_id: str, **values: Any) -> None:
    with ctx.db.write() as session:
        session.exec(update(Upload).where(col(Upload.id) == upload_id).values(**values))


def test_every_change_of_state(ctx: Context, person: Person) -> None:
    person.creates(size=7)
    for number, (before, after) in enumerate(sorted(states.pairs())):
        upload = Person(ctx, name_of(number)).creates(size=1000)
        for state in (*path(before), after):
            puts(ctx, upload.id, state=state)
            assert used(ctx).get(name_of(number), 0) == (1000 if state in COUNTED else 0), (before, after)
    assert used(ctx) == summed(ctx)


def name_of(number: int) -> str:
    return f"owner{number}"


def path(state: str) -> list[str]:
    """The states on the way to this one."""
    ways: dict[str, list[str]] = {states.BEGINS: []}
    while state not in ways:
        ways |= {
            after: [*ways[before], after] for before, after in states.pairs() if before in ways and after not in ways
        }
    return ways[state]


def test_another_owner_another_size_and_no_row(ctx: Context, person: Person) -> None:
    upload = person.creates(size=1000, key="mine")
    person.creates(size=7)
    adopt.adopt_upload(ctx, "ben", upload.id, "mine")
    assert used(ctx) == summed(ctx) == {"anna": 7, "ben": 1000}
    puts(ctx, upload.id, size=1001)
    assert used(ctx) == summed(ctx) == {"anna": 7, "ben": 1001}
    with ctx.db.write() as session:
        session.execute(sa.text("DELETE FROM event"))
        session.execute(sa.text("DELETE FROM upload"))
    assert used(ctx) == summed(ctx) == {}


def test_many_at_once_do_not_let_it_drift(make_context: Callable[..., Context]) -> None:
    ctx = make_context(owner_quota="10000")
    together = threading.Barrier(6)

    def comes_and_goes(number: int) -> int:
        owner, other = ("anna", "ben") if number % 2 else ("ben", "anna")
        refused = 0
        together.wait()
        for turn in range(6):
            key = f"{number}-{turn}"
            files = [(create.NewFile("a.bin", 1000 + number), f"{key}-{n}") for n in range(3)]
            made = create.create_uploads(ctx, owner, files)
            refused += sum(isinstance(one, OwnerQuotaExceeded) for one in made)
            ids = [one.id for one in made if not isinstance(one, Problem)]
            if ids:
                puts(ctx, ids[0], owner=other)
            for upload_id in ids[1:]:
                cancel.cancel_upload(ctx, owner, upload_id)
        return refused

    with ThreadPoolExecutor(6) as pool:
        refused = sum(pool.map(comes_and_goes, range(6)))
    assert used(ctx) == summed(ctx)
    assert refused, "the quota was reached"


def test_nothing_is_summed_up_for_a_new_file(make_context: Callable[..., Context]) -> None:
    ctx = make_context(owner_quota="1GiB")
    asked: list[str] = []
    event.listen(ctx.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    Person(ctx).creates()
    assert any("usage" in statement for statement in asked)
    assert not any("sum(" in statement for statement in asked)


def test_what_was_there_before_is_counted(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path}/old.sqlite")
    rows = [
        ("1", "anna", 10, "ready"),
        ("2", "anna", 5, "uploading"),
        ("3", "anna", 100, "failed"),
        ("4", "ben", 1, "paused"),
    ]
    with db.write() as session:
        history.upgrade(session.connection(), "0008")
        for upload_id, owner, size, state in rows:
            session.execute(
                sa.text(
                    "INSERT INTO upload (id, owner, idempotency_key, request_hash, share_token, name, size, type, state, part_size, part_count,"
                    " epoch, mismatches, key, multipart_id, confirmed_bytes, counted_at, looked_at, created_at, moved_at, updated_at, expires_at)"
                    " VALUES (:id, :owner, :id, '', :id, 'a', :size, '', :state, 1, 1, 1, 0, '', '', 0, :now, :now, :now, :now, :now, :now)"
                ),
                {"id": upload_id, "owner": owner, "size": size, "state": state, "now": "2026-01-01 00:00:00"},
            )
    db.upgrade()
    with db.read() as session:
        assert {usage.owner: usage.bytes for usage in session.exec(select(Usage))} == {"anna": 15, "ben": 1}
    db.close()
