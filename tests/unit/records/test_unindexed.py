"""What is asked about many uploads by id is answered by id: no statement goes through all that an owner has, or all that there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from smartupload.db import Database
from smartupload.errors import Problem
from smartupload.ports import SignedRequest
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, complete_many, finish
from smartupload.service.parts import sign
from smartupload.service.parts.part_claims import PartClaim, Wanted
from smartupload.service.records import rows
from smartupload.service.uploads import change_poller, create
from tests.fixtures_store import sha256

MANY = 110
BODY = b"a file of one part"

Ask = Callable[[Context, list[str]], Any]


def created(ctx: Context, many: int = MANY) -> list[str]:
    made = create.create_uploads(ctx, "anna", [(create.NewFile("a.bin", len(BODY)), f"k{n}") for n in range(many)])
    return [one.id for one in made if not isinstance(one, Problem)]


def signed(ctx: Context, ids: list[str]) -> None:
    for one in sign.sign_uploads(
        ctx, "anna", [Wanted(upload_id, [PartClaim(1, len(BODY), sha256(BODY))]) for upload_id in ids]
    ):
        assert not isinstance(one, Problem)
        (part,) = one.parts
        ctx.store.put(SignedRequest(part.url, part.headers or {}), BODY)  # pyright: ignore[reportAttributeAccessIssue]


def finished(ctx: Context, ids: list[str]) -> None:
    signed(ctx, ids)
    complete_many.complete_uploads(ctx, "anna", ids)
    taken = backlog.claim(ctx, "me", MANY)
    assert len(taken) == MANY
    backlog.extend(ctx, taken, "me")
    for name in ("verify", "sniff", "scan"):
        taken = [finish.STEPS[name](ctx, row) for row in taken]
    backlog.done(ctx, [row for row in finish.publish_all(ctx, taken) if not isinstance(row, finish.LeaseLost)])
    assert backlog.claim(ctx, "me", MANY) == []


def asked_by_id(db: Database, ask: Callable[[], Any]) -> list[tuple[str, Any]]:
    """The statements about many uploads by id that are asked meanwhile."""
    found: list[tuple[str, Any]] = []

    def noted(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        if re.search(r"\bupload\.id IN|\(upload\.id, upload\.attempts", statement):
            found.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", noted)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", noted)
    return found


def plan(db: Database, statement: str, values: Any) -> str:
    with db.engine.connect() as connection:
        if db.is_sqlite:
            return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall())
        # Of a table as small as this one every part would be read; what matters is which index it takes.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        return str(connection.exec_driver_sql(f"EXPLAIN {statement}", values).fetchall())


ASKED: dict[str, Ask] = {
    "load": lambda ctx, ids: rows.load_all(ctx, "anna", ids),
    "sign": signed,
    "changes": lambda ctx, _: change_poller.ChangeFeed(ctx, "anna").read(),
    "waiting": lambda ctx, ids: backlog.waiting(ctx, ids),
    "finish": finished,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_many_uploads_are_found_by_id(make_context: Callable[..., Context], ask: Ask) -> None:
    ctx = make_context()
    ctx = replace(ctx, finisher=None)
    ids = created(ctx)
    statements = asked_by_id(ctx.db, lambda: ask(ctx, ids))
    assert statements
    # Those that are due are few, however many there are.
    wanted = r"sqlite_autoindex_upload_1 \(id=\?\)" if ctx.db.is_sqlite else "upload_pkey|ix_upload_due"
    wrong = r"SCAN upload|Seq Scan on upload|ix_upload_(news|state|library)"
    for statement, values in statements:
        told = plan(ctx.db, statement, values)
        assert re.search(wanted, told), told
        assert not re.search(wrong, told), told


def test_what_is_others_is_not_found_by_its_id(ctx: Context) -> None:
    ids = created(ctx, 30)
    assert set(rows.load_all(ctx, "anna", ids)) == set(ids)
    assert rows.load_all(ctx, "ben", ids) == {}


def test_what_others_have_is_not_gone_through_for_what_has_arrived(ctx: Context) -> None:
    if not ctx.db.is_sqlite:
        pytest.skip("PostgreSQL plans by the size of the table")
    asked: list[tuple[str, Any]] = []
    event.listen(ctx.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    change_poller.recount(ctx, ["anna", "ben"], ["anna"])
    statement, values = next(one for one in asked if one[0].startswith("SELECT"))
    assert "ix_upload_news (owner=? AND updated_at>?)" in plan(ctx.db, statement, values)
