"""Beginning an upload."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.errors import (
    BadName,
    EmptyFile,
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    InvalidRequest,
    OwnerQuotaExceeded,
    Problem,
    SiteFull,
    StoreFull,
    StoreRefused,
    StoreUnavailable,
)
from smartupload.service.context import Context
from smartupload.service.links import share
from smartupload.service.uploads import cancel, create, library
from tests.fixtures_store import MIB
from tests.unit.person import Person


def test_row_placeholder_and_link_are_there_at_once(ctx: Context, store: MemoryStore, person: Person) -> None:
    modified = datetime(2025, 5, 1, tzinfo=UTC)
    upload = person.creates("../big.mov", 20 * 1024 * 1024, type="video/quicktime", last_modified=modified)
    assert (upload.name, upload.state, upload.part_count, upload.epoch) == ("big.mov", "uploading", 3, 1)
    assert upload.last_modified == modified
    assert upload.expires_at - upload.created_at == timedelta(days=7)
    assert "_" not in upload.id + upload.share_token
    assert upload.share_url == f"http://localhost:3000/f/{upload.share_token}"
    assert share.shared_file(ctx, upload.share_token).state == "uploading"
    assert len(store.multiparts) == 1
    assert isinstance(ctx.live, MemoryLive)
    assert ctx.live.owners == ["anna"]


def test_the_same_key_is_the_same_upload(store: MemoryStore, person: Person) -> None:
    size = 20 * MIB
    first = person.creates("a.bin", size, key="one", line_rate=1e6)
    assert person.creates("a.bin", size, key="one", line_rate=2e6) == first
    assert len(store.multiparts) == 1
    with pytest.raises(IdempotencyKeyReused):
        person.creates("a.bin", size + 1, key="one")
    assert person.creates("a.bin", size, key="two").id != first.id


def test_keys_belong_to_their_owner(ctx: Context, person: Person) -> None:
    upload = person.creates(key="one")
    assert Person(ctx, "ben").creates(key="one").id != upload.id


@pytest.mark.parametrize(
    ("key", "error"), [("", IdempotencyKeyMissing), ("  ", IdempotencyKeyMissing), ("x" * 201, InvalidRequest)]
)
def test_bad_keys(ctx: Context, key: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        create.create_upload(ctx, "anna", create.NewFile("a", 1), key)


def test_two_requests_with_one_key_at_once_make_one_upload(ctx: Context, store: MemoryStore) -> None:
    both = threading.Barrier(2)
    opened = store.open_multipart

    def open_together(key: str, content_type: str, parts: int) -> str:
        both.wait(5)  # both have looked for the key by now, and neither has found it
        return opened(key, content_type, parts)

    store.open_multipart = open_together
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(Person(ctx).creates(size=20 * MIB, key="one").id)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2
    assert made[0] == made[1]
    assert len(store.multiparts) == 1, "the loser's multipart upload is given back"


@pytest.mark.parametrize(("name", "size", "error"), [("a", 0, EmptyFile), ("..", 5, BadName)])
def test_what_is_refused_leaves_nothing(
    ctx: Context, store: MemoryStore, person: Person, name: str, size: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        person.creates(name, size)
    assert store.multiparts == {}
    assert library.list_uploads(ctx, "anna").uploads == []


def test_a_store_that_is_away_leaves_nothing(ctx: Context, store: MemoryStore, person: Person) -> None:
    store.away = True
    with pytest.raises(StoreUnavailable):
        person.creates(size=20 * MIB, key="one")
    assert library.list_uploads(ctx, "anna").uploads == []
    store.away = False
    assert person.creates(size=20 * MIB, key="one").state == "uploading"


def test_a_store_that_refuses_is_as_good_as_away(store: MemoryStore, person: Person) -> None:
    def refuse(key: str, content_type: str, parts: int) -> str:
        raise StoreRefused("InvalidRequest")

    store.open_multipart = refuse
    with pytest.raises(StoreUnavailable):
        person.creates(size=20 * MIB)


def test_a_database_that_fails_leaves_nothing_in_the_store(ctx: Context, store: MemoryStore, person: Person) -> None:
    def full(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.startswith("INSERT INTO upload"):
            raise OSError("disk full")

    event.listen(ctx.db.engine, "before_cursor_execute", full)
    with pytest.raises(Exception, match="disk full"):
        person.creates(size=20 * MIB)
    assert store.multiparts == {}


def test_quota(make_context: Callable[..., Context]) -> None:
    ctx = make_context(owner_quota="2500")
    person = Person(ctx)
    first = person.creates(size=1000)
    person.creates(size=1000)
    with pytest.raises(OwnerQuotaExceeded, match="500 bytes") as exceeded:
        person.creates(size=501)
    assert exceeded.value.extra == {"quota": 2500, "used": 2000}
    Person(ctx, "ben").creates(size=2500)
    cancel.cancel_upload(ctx, "anna", first.id)
    person.creates(size=1500)


@pytest.mark.parametrize(
    ("room", "size", "refused"), [(100, 100, None), (100, 101, SiteFull), (0, 1, StoreFull), (-5, 1, StoreFull)]
)
def test_the_disk_of_the_store(
    make_context: Callable[..., Context], room: int, size: int, refused: type[Problem] | None
) -> None:
    """A file that is larger than what is left waits alone, and for a full disk all do."""
    store = MemoryStore()
    person, store.room = Person(make_context(store)), room
    if refused is None:
        person.creates(size=size)
        return
    with pytest.raises(refused) as no_room:
        person.creates(size=size)
    assert f"This file needs {size} byte" in no_room.value.detail
    assert no_room.value.retry_after == 10


def test_two_files_at_once_do_not_pass_one_quota(make_context: Callable[..., Context]) -> None:
    store = MemoryStore()
    ctx = make_context(store, owner_quota=str(30 * MIB))
    both = threading.Barrier(2)
    opened = store.open_multipart

    def open_together(key: str, content_type: str, parts: int) -> str:
        both.wait(5)
        return opened(key, content_type, parts)

    store.open_multipart = open_together
    results: list[str] = []

    def begin() -> None:
        try:
            results.append(Person(ctx).creates(size=20 * MIB).state)
        except OwnerQuotaExceeded:
            results.append("refused")

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["refused", "uploading"]
    assert len(store.multiparts) == 1
