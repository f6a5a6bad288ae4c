"""Completing many uploads in one call: what is plain goes together, everything else as one alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.errors import Problem, StoreRefused, StoreUnavailable
from smartupload.models import SCANNING, UPLOADING, Event, Part
from smartupload.ports import StoredStart
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, complete, complete_many, finish
from smartupload.service.housekeeping import late_parts
from smartupload.service.parts.part_claims import PartClaim
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import moving, rows, states
from smartupload.service.uploads import cancel, pause
from tests.fixtures_store import MIB, sha256
from tests.unit.person import Person


def sent(person: Person, count: int = 1, size: int = 1000) -> list[UploadView]:
    """Uploads whose bytes are all there."""
    uploads = [person.creates(size=size) for _ in range(count)]
    for upload in uploads:
        person.sends(upload, person.cut(upload))
    return uploads


def completes(ctx: Context, *uploads: UploadView, owner: str = "anna") -> list[str]:
    """For each its state, or the code of what it was refused with."""
    answers = complete_many.complete_uploads(ctx, owner, [upload.id for upload in uploads])
    return [answer.code if isinstance(answer, Problem) else answer.state for answer in answers]


def kinds(ctx: Context, upload: UploadView) -> list[str]:
    with ctx.db.read() as session:
        found = session.exec(select(Event.kind).where(Event.upload_id == upload.id).order_by(col(Event.id)))
        return [kind.removeprefix("upload.") for kind in found]


@pytest.mark.parametrize("lists", [True, False])
def test_all_are_made(make_context: Callable[..., Context], lists: bool) -> None:
    ctx = replace(make_context(MemoryStore(lists_digests=lists)), finisher=None)
    assert isinstance(ctx.store, MemoryStore)
    person = Person(ctx)
    uploads = sent(person, 30)
    ctx.store.calls.clear()
    assert isinstance(ctx.live, MemoryLive)
    ctx.live.owners.clear()
    assert completes(ctx, *uploads) == [SCANNING] * 30
    assert ctx.store.calls == ["peek"] * 30, "once for each"
    assert ctx.live.owners == ["anna"]
    for upload in uploads:
        row = rows.load(ctx, "anna", upload.id)
        assert (row.due_at, row.completed_at, row.confirmed_bytes) == (ctx.clock.now(), ctx.clock.now(), 1000)
        assert kinds(ctx, upload) == ["created", "completed"]
    with ctx.db.read() as session:
        assert session.exec(select(Part)).all() == []


def test_it_is_written_down_as_for_one_alone(ctx: Context) -> None:
    ctx = replace(ctx, finisher=None)
    person = Person(ctx)
    one, other = sent(person, 2)
    completes(ctx, one)
    person.completes(other)
    first, second = (rows.load(ctx, "anna", upload.id).model_dump() for upload in (one, other))
    own = {"id", "idempotency_key", "share_token", "key"}
    assert {name: first[name] for name in first.keys() - own} == {name: second[name] for name in first.keys() - own}


def test_they_are_ready_in_the_answer_where_finishing_has_ended(ctx: Context, person: Person) -> None:
    uploads = sent(person, 3)
    assert completes(ctx, *uploads, uploads[0]) == ["ready"] * 4
    before = [rows.load(ctx, "anna", upload.id) for upload in uploads]
    assert completes(ctx, *uploads) == ["ready"] * 3
    assert [rows.load(ctx, "anna", upload.id) for upload in uploads] == before


class Counting:
    """A finisher that only notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def start(self, upload_id: str, epoch: int) -> None:
        self.asked.append(upload_id)

    def wait(self, upload_id: str, epoch: int, seconds: float) -> None:
        raise AssertionError("nobody waits here")

    def trouble(self) -> str:
        return ""


PDF = b"%PDF-1.7\n" + bytes(991)


def named(person: Person, name: str, body: bytes) -> UploadView:
    upload = person.creates(name, len(body), type="application/octet-stream")
    person.sends(upload, [body])
    return upload


def test_what_is_plain_is_ready_in_the_same_transaction_where_nobody_scans(
    make_context: Callable[..., Context],
) -> None:
    store, finisher = MemoryStore(lists_digests=True), Counting()
    ctx = replace(make_context(store), finisher=finisher)
    person = Person(ctx)
    plain, short, recognised = (
        named(person, "a.bin", bytes(9000)),
        named(person, "b.bin", b"1"),
        named(person, "c.pdf", PDF),
    )
    wrong = named(person, "picture.png", PDF)
    store.calls.clear()
    assert completes(ctx, plain, short, recognised, wrong) == ["ready"] * 3 + [SCANNING]
    assert (store.calls, finisher.asked) == (["peek"] * 4, [wrong.id]), "the finishing says what is wrong with it"
    for upload, sniffed in ((plain, ""), (short, ""), (recognised, "application/pdf")):
        row = rows.load(ctx, "anna", upload.id)
        assert (row.sniffed, row.scan, row.due_at, row.completed_at) == (sniffed, "off", None, ctx.clock.now())
        assert kinds(ctx, upload) == ["created", "completed", "ready"]
    finish.run(ctx, wrong.id)
    row = rows.load(ctx, "anna", wrong.id)
    assert (row.state, row.error_code) == ("blocked", "type_mismatch")


@pytest.mark.parametrize("lists", [True, False])
def test_of_a_larger_one_the_beginning_is_read_and_the_checksum_asked_for(
    make_context: Callable[..., Context], lists: bool
) -> None:
    store = MemoryStore(lists_digests=lists)
    ctx = make_context(store)
    [upload] = sent(Person(ctx), size=complete_many.READ + 1)
    store.calls.clear()
    assert completes(ctx, upload) == ["ready"]
    assert store.calls == ["peek"] + ([] if lists else ["head"])


@pytest.mark.parametrize("size", [1000, complete_many.READ + 1])
@pytest.mark.parametrize("left", [None, b"", b"shorter", "other"])
def test_what_is_not_there_as_it_was_signed_is_asked_for_again(
    ctx: Context, store: MemoryStore, person: Person, size: int, left: bytes | str | None
) -> None:
    [upload] = sent(person, size=size)
    key = rows.load(ctx, "anna", upload.id).key
    body = bytes(size) if left == "other" else left
    store.objects.pop(key)
    if isinstance(body, bytes):
        store.objects[key] = (body, sha256(body))
    assert completes(ctx, upload) == ["parts_missing"]


def test_it_is_as_the_finishing_would_leave_it(ctx: Context, person: Person) -> None:
    one, other = named(person, "a.pdf", PDF), named(person, "a.pdf", PDF)
    completes(ctx, one)
    person.completes(other)
    first, second = (rows.load(ctx, "anna", upload.id).model_dump() for upload in (one, other))
    own = {"id", "idempotency_key", "share_token", "key", "attempts", "holder"}  # the last two say who was at it
    assert {name: first[name] for name in first.keys() - own} == {name: second[name] for name in first.keys() - own}
    assert kinds(ctx, one) == kinds(ctx, other)


@pytest.mark.parametrize("settings", [{"scan": "required", "clamd_url": "tcp://127.0.0.1:1"}, {"epoch": "2"}])
def test_what_is_scanned_or_has_left_something_is_finished_as_before(
    make_context: Callable[..., Context], settings: dict[str, str]
) -> None:
    epoch = int(settings.pop("epoch", "1"))
    finisher = Counting()
    ctx = replace(make_context(**settings), finisher=finisher)
    person = Person(ctx)
    upload = person.creates()
    if epoch == 2:
        person.sends(upload, person.cut(upload, 1), version="first")
        person.sends(upload, person.cut(upload, 2), version="second", replace=True)
    else:
        person.sends(upload, person.cut(upload))
    assert rows.load(ctx, "anna", upload.id).epoch == epoch
    assert (completes(ctx, upload), finisher.asked) == ([SCANNING], [upload.id])
    assert rows.load(ctx, "anna", upload.id).due_at == ctx.clock.now()


def test_each_is_refused_for_itself(ctx: Context, store: MemoryStore, person: Person) -> None:
    good, paused, gone, large = *sent(person, 3), *sent(person, 1, 20 * MIB)
    missing, unsigned = person.creates(), person.creates()
    person.signs(missing, person.claims(person.cut(missing)))
    pause.pause_upload(ctx, "anna", paused.id)
    cancel.cancel_upload(ctx, "anna", gone.id)
    [theirs] = sent(Person(ctx, "ben"))
    nobody = replace(good, id="nobody")
    found = completes(ctx, missing, unsigned, theirs, nobody, gone, paused, large, good)
    assert found == [
        "parts_missing", "parts_missing", "upload_not_found", "upload_not_found", "upload_not_open", "ready", "ready",
        "ready",
    ]  # fmt: skip
    [told] = complete_many.complete_uploads(ctx, "anna", [missing.id])
    assert isinstance(told, Problem)
    assert told.extra == {"missing": [1], "epoch": 1}
    assert rows.load(ctx, "ben", theirs.id).state == UPLOADING


def test_what_was_handed_over_goes_alone(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload, plain = person.creates(), sent(person)[0]
    bodies = person.cut(upload)
    person.posts(person.hands_over(upload, bodies), bodies)
    assert completes(ctx, upload, plain) == ["ready", "ready"]
    assert not any(key.startswith("handover/") for key in store.objects)


def test_a_store_that_is_away_for_some(
    ctx: Context, store: MemoryStore, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, refused = sent(person, 3)
    peek = store.peek

    def partly(key: str, length: int) -> StoredStart | None:
        if bad.id in key:
            raise StoreUnavailable
        if refused.id in key:
            raise StoreRefused("Strange")
        return peek(key, length)

    monkeypatch.setattr(store, "peek", partly)
    assert completes(ctx, bad, good, refused) == ["store_unavailable", "ready", "store_unavailable"]
    assert rows.load(ctx, "anna", bad.id).state == UPLOADING
    monkeypatch.setattr(store, "peek", peek)
    assert completes(ctx, bad, refused) == ["ready", "ready"]


def test_an_object_that_is_not_what_was_sent(ctx: Context, store: MemoryStore, person: Person) -> None:
    good, bad = sent(person, 2)
    key = rows.load(ctx, "anna", bad.id).key
    store.objects[key] = (bytes(1000), sha256(bytes(1000)))
    assert completes(ctx, bad, good) == ["parts_missing", "ready"]
    row = rows.load(ctx, "anna", bad.id)
    assert (row.state, row.epoch, row.mismatches) == (UPLOADING, 2, 1)
    assert key not in store.objects


def test_one_that_somebody_else_completes_just_now(ctx: Context, person: Person) -> None:
    """It is verifying already, so it goes alone; the others do not wait for it."""
    ctx = replace(ctx, finisher=None)
    theirs, mine = sent(Person(ctx), 2)
    row = rows.load(ctx, "anna", theirs.id)
    signed = rows.digests(ctx, row)
    [claimed] = rows.move_all(ctx, states.CLAIM, [complete.claim(row, signed)], complete.AS_SEEN)
    assert claimed is not None
    assert completes(ctx, theirs, mine) == [SCANNING, SCANNING]
    assert rows.move_all(ctx, states.MAKE, [complete.make(ctx, claimed)], complete.AS_CLAIMED) == [None]
    assert kinds(ctx, theirs) == kinds(ctx, mine) == ["created", "completed"]


def before_the_first_claim(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Have this done when the store has been asked and nothing is written down yet."""
    claim = complete.claim

    def first(*given: Any) -> Any:
        monkeypatch.setattr(complete, "claim", claim)
        act()
        return claim(*given)

    monkeypatch.setattr(complete, "claim", first)


def test_cancelled_before_it_is_claimed(ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    cancelled, other = sent(person, 2)
    before_the_first_claim(monkeypatch, lambda: cancel.cancel_upload(ctx, "anna", cancelled.id))
    assert completes(ctx, cancelled, other) == ["upload_not_open", "ready"]
    assert rows.load(ctx, "anna", cancelled.id).state == "cancelled"


def test_signed_again_with_other_bytes_before_it_is_claimed(
    ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made of what was replaced."""
    changed, other = sent(person, 2)
    before_the_first_claim(monkeypatch, lambda: person.signs(changed, [PartClaim(1, 1000, sha256(b"other"))]))
    assert completes(ctx, changed, other) == ["parts_missing", "ready"]
    assert rows.load(ctx, "anna", changed.id).epoch == 2


def test_handed_over_before_it_is_claimed(
    ctx: Context, store: MemoryStore, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the browser is given then is cleared up by the sweep, like what it sends later."""
    upload, other = sent(person, 2)
    key = f"handover/{upload.id}/1/1"

    def hand_over() -> None:
        with ctx.db.write() as session:
            rows.set_if(session, rows.load(ctx, "anna", upload.id), [UPLOADING], handed_over_at=ctx.clock.now())
        store.objects[key] = (b"late", sha256(b"late"))

    before_the_first_claim(monkeypatch, hand_over)
    assert completes(ctx, upload, other) == ["ready", "ready"]
    assert key in store.objects
    late_parts.sweep(ctx)
    assert key not in store.objects


def test_ten_calls_at_once_make_each_once(ctx: Context) -> None:
    ctx = replace(ctx, finisher=None)
    uploads = sent(Person(ctx), 10)
    together = threading.Barrier(10)

    def call(number: int) -> list[str]:
        together.wait(30)
        return completes(ctx, *(uploads[number:] + uploads[:number]))

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(call, range(10)))
    assert {state for states_of in answers for state in states_of} <= {SCANNING, StoreUnavailable.code}
    for upload in uploads:
        assert kinds(ctx, upload) == ["created", "completed"]
    assert len(backlog.claim(ctx, "one", 100)) == 10


def test_a_database_that_fails_has_made_nothing(ctx: Context, person: Person) -> None:
    uploads = sent(person, 3)

    def full(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.startswith("INSERT INTO event"):
            raise OSError("disk full")

    event.listen(ctx.db.engine, "before_cursor_execute", full)
    with pytest.raises(Exception, match="disk full"):
        completes(ctx, *uploads)
    event.remove(ctx.db.engine, "before_cursor_execute", full)
    assert {rows.load(ctx, "anna", upload.id).state for upload in uploads} == {UPLOADING}
    assert [kinds(ctx, upload) for upload in uploads] == [["created"]] * 3
    assert completes(ctx, *uploads) == ["ready"] * 3


def test_locked_in_one_order_whoever_locks_them(ctx: Context, person: Person) -> None:
    """Two batches with the same uploads in another order wait for each other, and never both."""
    uploads = [rows.load(ctx, "anna", upload.id) for upload in sent(person, 20)]
    together = threading.Barrier(2)

    def move(order: int) -> int:
        together.wait(30)
        moved = 0
        for _ in range(10):
            with ctx.db.write() as session:
                found = moving.locked(session, [row.id for row in uploads[::order]])
                wishes = [moving.Wish(row) for row in uploads[::order]]
                moved += len(list(filter(None, moving.moved(ctx, session, states.SIGN, wishes, found))))
        return moved

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(move, (1, -1))) == [200, 200]
