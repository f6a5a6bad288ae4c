"""Lists in an order, with some of the files: page by page the same as all at once."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from smartupload.errors import InvalidRequest
from smartupload.models import Upload
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import cancel, finding, library, naming
from smartupload.service.uploads.finding import Wanted
from tests.unit.person import Person, put_into

NAMES = ["b.bin", "Ähre.bin", "a.bin", "Zoo.bin", "A.bin", "ähre.bin", "100%_1.bin", "b.bin"]
STATES = ["ready", "uploading", "failed", "ready", "paused", "ready", "expired", "scanning"]


@pytest.fixture
def files(ctx: Context, person: Person) -> list[str]:
    """Some of them equal in what they are sorted by."""
    made: list[str] = []
    for number, (name, state) in enumerate(zip(NAMES, STATES, strict=True)):
        made.append(person.creates(name, 1000 * (1 + number % 3)).id)
        put_into(ctx, made[-1], state)
        if number % 2:
            ctx.clock.move(1)  # pyright: ignore[reportAttributeAccessIssue]
    gone = person.creates("gone.bin").id
    cancel.cancel_upload(ctx, "anna", gone)
    Person(ctx, "ben").creates("ben's.bin")
    return made


def read(ctx: Context, wanted: Wanted, limit: int = 3) -> list[UploadView]:
    found: list[UploadView] = []
    cursor = None
    for _ in range(20):
        page = library.list_uploads(ctx, "anna", cursor, limit, wanted)
        found += page.uploads
        cursor = page.next_cursor
        if cursor is None:
            return found
    raise AssertionError("it has no end")


@pytest.mark.parametrize("limit", [1, 3, 200])
@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("sort", finding.COLUMNS)
def test_every_order_page_by_page(ctx: Context, files: list[str], sort: str, falling: bool, limit: int) -> None:
    found = read(ctx, Wanted(sort=sort, falling=falling), limit)
    keys: dict[str, Any] = {
        "date": lambda one: (one.created_at, one.id),
        "name": lambda one: (one.name.casefold(), one.id),
        "size": lambda one: (one.size, one.id),
        "state": lambda one: (one.state, one.created_at, one.id),
    }
    assert found == sorted(found, key=keys[sort], reverse=falling)
    assert sorted(one.id for one in found) == sorted(files), "each of them once"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", sorted(NAMES)),
        ("äHRE", ["Ähre.bin", "ähre.bin"]),
        ("A\u0308hre", ["Ähre.bin", "ähre.bin"]),
        ("%_", ["100%_1.bin"]),
        ("%a", []),
        ("_", ["100%_1.bin"]),
        ("/", []),
        ("BIN", sorted(NAMES)),
    ],
)
def test_letters_are_letters(ctx: Context, files: list[str], text: str, names: list[str]) -> None:
    assert sorted(one.name for one in read(ctx, Wanted(text))) == names
    assert library.tally(ctx, "anna", Wanted(text)).count == len(names)


@pytest.mark.parametrize("group", ["", "nonsense", *finding.GROUPS])
def test_a_group_of_states_is_counted_and_listed(ctx: Context, files: list[str], group: str) -> None:
    found = read(ctx, Wanted(group=group, sort="state"))
    states = finding.GROUPS.get(group, STATES)
    assert sorted(one.state for one in found) == sorted(state for state in STATES if state in states)
    assert library.tally(ctx, "anna", Wanted(group=group)) == library.Tally(
        len(found), sum(one.size for one in found), len(NAMES)
    )


def test_what_is_sent_by_a_drop_link_stands_among_the_others(ctx: Context, person: Person) -> None:
    for name in "ace":
        person.creates(name)
    for name in "bd":
        put_into(ctx, Person(ctx, "ben").creates(name).id, "uploading", sender="anna", drop_id="d")
    ctx = replace(ctx, drop_key=b"a key")
    assert [one.name for one in read(ctx, Wanted(sort="name", falling=False), 2)] == list("abcde")
    assert library.tally(ctx, "anna") == library.Tally(5, 5000, 5)
    assert library.tally(ctx, "") == library.Tally(0, 0, 0)


@pytest.mark.parametrize(
    "cursor", ["x", "%%%", "bm9wZQ", "é", "LTEgYQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5IGE", "cmVhZHkgeCBh"]
)
def test_a_cursor_that_is_not_ours(ctx: Context, cursor: str) -> None:
    for sort in ("date", "size", "state"):
        with pytest.raises(InvalidRequest):
            library.list_uploads(ctx, "anna", cursor, 3, Wanted(sort=sort))


def test_another_name_has_another_place(ctx: Context, person: Person) -> None:
    upload = person.uploads("z.bin")
    person.creates("m.bin")
    naming.rename_upload(ctx, "anna", upload.id, "A.bin")
    by_name = Wanted(sort="name", falling=False)
    assert [one.name for one in read(ctx, by_name)] == ["A.bin", "m.bin"]
    assert [one.name for one in read(ctx, Wanted("a."))] == ["A.bin"]
    cancel.cancel_upload(ctx, "anna", upload.id)
    with ctx.db.read() as session:
        assert "" in session.exec(select(Upload.name_key)).all(), "a deletion takes that, too"


@pytest.mark.parametrize(("sort", "falling"), itertools.product(finding.COLUMNS, [False, True]))
def test_the_next_page_is_read_from_an_index_and_nothing_is_sorted(
    ctx: Context, files: list[str], sort: str, falling: bool
) -> None:
    wanted = Wanted(sort=sort, falling=falling)
    cursor = library.list_uploads(ctx, "anna", None, 2, wanted).next_cursor
    asked: list[tuple[str, Any]] = []
    event.listen(ctx.db.engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    library.list_uploads(ctx, "anna", cursor, 2, wanted)
    statement, given = next(one for one in asked if "ORDER BY" in one[0])
    if ctx.db.is_sqlite:
        with ctx.db.engine.connect() as connection:
            plan = "\n".join(
                str(row[-1]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            )
        assert "USING INDEX" in plan
        assert "TEMP B-TREE" not in plan, plan
