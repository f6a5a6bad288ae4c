"""Beginning many uploads in one call: one transaction, and to each file what it would have been told alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import func, select

from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.errors import Problem, StoreUnavailable
from smartupload.models import Event, Upload
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import create, library
from smartupload.service.uploads.create import NewFile
from tests.fixtures_store import MIB
from tests.unit.person import Person


def creates(ctx: Context, *files: tuple[NewFile, str], owner: str = "anna") -> list[Any]:
    """For each file its upload, or the code of what it was refused with."""
    answers = create.create_uploads(ctx, owner, files)
    return [answer.code if isinstance(answer, Problem) else answer for answer in answers]


def many(count: int, size: int = 1000, first: int = 0) -> list[tuple[NewFile, str]]:
    return [(NewFile(f"{number}.bin", size), f"key {number}") for number in range(first, first + count)]


def counted(ctx: Context, table: type[Any]) -> int:
    with ctx.db.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def writes(ctx: Context) -> list[str]:
    """The statements that write, from now on."""
    found: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.split(" ", 1)[0] in ("INSERT", "UPDATE", "COMMIT"):
            found.append(" ".join(statement.split(" ")[:3]))

    event.listen(ctx.db.engine, "before_cursor_execute", note)
    return found


def test_all_are_there_in_their_order_and_the_owner_hears_of_it_once(ctx: Context) -> None:
    statements = writes(ctx)
    made = creates(ctx, *many(100))
    assert [upload.name for upload in made] == [f"{number}.bin" for number in range(100)]
    assert isinstance(ctx.live, MemoryLive)
    assert ctx.live.owners == ["anna"]
    assert statements.count("INSERT INTO upload") == 1
    listed = [upload.id for upload in library.list_uploads(ctx, "anna", limit=200).uploads]
    assert listed == [upload.id for upload in reversed(made)]
    with ctx.db.read() as session:
        found = session.exec(select(Event).order_by(Event.id)).all()  # pyright: ignore[reportArgumentType]
    assert [(one.upload_id, one.kind) for one in found] == [(upload.id, "upload.created") for upload in made]
    assert all(f'"id": "{one.id}"' in one.body for one in found)


def test_one_of_them_is_as_one_alone(ctx: Context) -> None:
    [first] = creates(ctx, (NewFile("a.bin", 1000), "one"))
    assert create.create_upload(ctx, "anna", NewFile("a.bin", 1000), "one") == first


def test_each_is_refused_for_itself(make_context: Callable[..., Context]) -> None:
    ctx = make_context(max_file_size="1kB", allowed_types=".bin")
    files = [
        (NewFile("a.bin", 1), "one"),
        (NewFile("b.bin", 0), "two"),
        (NewFile("..", 1), "three"),
        (NewFile("c.bin", 1001), "four"),
        (NewFile("d.exe", 1), "five"),
        (NewFile("e.bin", 1), " "),
        (NewFile("f.bin", 1), "x" * 201),
        (NewFile("g.bin", 1), "seven"),
    ]
    first, *refused, last = creates(ctx, *files)
    assert refused == [
        "empty_file", "bad_name", "file_too_large", "type_not_allowed", "idempotency_key_missing", "invalid_request",
    ]  # fmt: skip
    assert [upload.id for upload in library.list_uploads(ctx, "anna").uploads] == [last.id, first.id]


def test_the_first_that_fit_are_taken(make_context: Callable[..., Context]) -> None:
    ctx = make_context(owner_quota="2500")
    sizes = [1000, 2000, 1000, 400, 200, 100]
    files = [(NewFile(f"{size}", size), f"{place}") for place, size in enumerate(sizes)]
    answers = create.create_uploads(ctx, "anna", files)
    taken = [answer.size if isinstance(answer, UploadView) else answer.extra["used"] for answer in answers]
    assert taken == [1000, 1000, 1000, 400, 2400, 100]
    assert [isinstance(answer, UploadView) for answer in answers] == [True, False, True, True, False, True]
    assert creates(ctx, (NewFile("more", 1), "more")) == ["owner_quota_exceeded"]
    assert len(creates(ctx, (NewFile("more", 1), "more"), owner="ben")) == 1


def test_a_key_that_comes_again(ctx: Context) -> None:
    a, again, other, b = creates(
        ctx,
        (NewFile("a.bin", 1), "one"),
        (NewFile("a.bin", 1), "one"),
        (NewFile("b.bin", 1), "one"),
        (NewFile("b.bin", 1), "two"),
    )
    assert (again, other) == (a, "idempotency_key_reused")
    assert creates(ctx, (NewFile("b.bin", 1), "two"), (NewFile("c.bin", 1), "three"))[0] == b
    assert counted(ctx, Upload) == 3
    assert counted(ctx, Event) == 3


def test_a_key_whose_first_file_is_refused_is_free_for_the_next(ctx: Context) -> None:
    refused, made = creates(ctx, (NewFile("a.bin", 0), "one"), (NewFile("a.bin", 1), "one"))
    assert (refused, made.size) == ("empty_file", 1)


def test_keys_belong_to_their_owner(ctx: Context) -> None:
    [mine] = creates(ctx, (NewFile("a.bin", 1), "one"))
    [theirs] = creates(ctx, (NewFile("b.bin", 1), "one"), owner="ben")
    assert (mine.name, theirs.name) == ("a.bin", "b.bin")
    assert theirs.id != mine.id


def test_two_calls_with_the_same_keys_at_once(ctx: Context, store: MemoryStore) -> None:
    """Both have looked for the keys, and neither has found any; the one has them in the order against the other's."""
    both = threading.Barrier(2)
    opened = store.open_multipart

    def open_together(key: str, content_type: str, parts: int) -> str:
        if parts == 3:
            both.wait(30)
        return opened(key, content_type, parts)

    store.open_multipart = open_together
    shared = many(20)
    large = NewFile("large.bin", 20 * MIB)
    calls = [
        [(large, "one's own"), *shared, (NewFile("x", 1), "x")],
        [(large, "the other's"), *reversed(shared), (NewFile("x", 2), "x")],
    ]
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda files: creates(ctx, *files), calls)
    assert {upload.id for upload in one[1:-1]} == {upload.id for upload in other[1:-1]}
    assert len({upload.id for upload in one[1:-1]}) == 20
    assert [one[-1], other[-1]].count("idempotency_key_reused") == 1
    assert one[0].id != other[0].id
    assert counted(ctx, Upload) == 23
    assert counted(ctx, Event) == 23
    assert len(store.multiparts) == 2


def test_a_store_that_is_away_is_the_problem_of_those_that_need_it(ctx: Context, store: MemoryStore) -> None:
    store.away = True
    small, large = creates(ctx, (NewFile("a.bin", 1), "one"), (NewFile("b.bin", 20 * MIB), "two"))
    assert (small.state, large) == ("uploading", StoreUnavailable.code)
    assert counted(ctx, Upload) == 1


@pytest.mark.parametrize("at", ["INSERT INTO upload", "INSERT INTO event", "UPDATE event"])
def test_a_database_that_fails_leaves_nothing(ctx: Context, store: MemoryStore, at: str) -> None:
    def full(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.startswith(at):
            raise OSError("disk full")

    event.listen(ctx.db.engine, "before_cursor_execute", full)
    with pytest.raises(Exception, match="disk full"):
        creates(ctx, *many(5), (NewFile("large.bin", 20 * MIB), "large"))
    event.remove(ctx.db.engine, "before_cursor_execute", full)
    assert store.multiparts == {}
    assert (counted(ctx, Upload), counted(ctx, Event)) == (0, 0)
    assert isinstance(ctx.live, MemoryLive)
    assert ctx.live.owners == []
    assert len(creates(ctx, *many(5))) == 5


def test_one_that_fails_after_another_was_found_to_be_first(
    ctx: Context, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is tried alone then; what is not reached any more is given back."""
    person = Person(ctx)
    made_before = create._made_before  # pyright: ignore[reportPrivateUsage]
    first = True

    def not_yet(*given: Any) -> Any:
        nonlocal first
        found = {} if first else made_before(*given)
        first = False
        return found

    taken = person.creates("1.bin", 20 * MIB, key="key 1")
    monkeypatch.setattr(create, "_made_before", not_yet)

    def full(connection: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        # PostgreSQL gets a row by names, SQLite by places; many at once are a list of rows.
        row = list(parameters.values()) if isinstance(parameters, dict) else parameters
        if statement.startswith("INSERT INTO upload") and "2.bin" in row:
            raise OSError("disk full")

    event.listen(ctx.db.engine, "before_cursor_execute", full)
    with pytest.raises(Exception, match="disk full"):
        creates(ctx, *many(4, 20 * MIB))
    event.remove(ctx.db.engine, "before_cursor_execute", full)
    names = [upload.name for upload in library.list_uploads(ctx, "anna").uploads]
    assert sorted(names) == ["0.bin", "1.bin"]
    assert len(store.multiparts) == 2
    assert [answer.name for answer in creates(ctx, *many(4, 20 * MIB))] == [f"{number}.bin" for number in range(4)]
    assert library.get_upload(ctx, "anna", taken.id).name == "1.bin"
