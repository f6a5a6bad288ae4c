"""The server finishes alone: whatever a browser died after, and without hurting what it cannot finish."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryStore
from smartupload.errors import StoreUnavailable
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, complete
from smartupload.service.housekeeping import expire, late_parts
from smartupload.service.housekeeping.reconcile import reconcile
from smartupload.service.links import link, share
from smartupload.service.parts import confirm
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows
from smartupload.service.uploads import cancel, change_poller, library, pause
from tests.fixtures_store import MIB, noise
from tests.unit.person import Person

SIZE = 20 * MIB
HOUR = 3600


@pytest.fixture
def clock(ctx: Context) -> ManualClock:
    assert isinstance(ctx.clock, ManualClock)
    return ctx.clock


@pytest.fixture
def live(ctx: Context) -> MemoryLive:
    assert isinstance(ctx.live, MemoryLive)
    return ctx.live


def state(ctx: Context, upload: UploadView) -> str:
    return rows.load(ctx, "anna", upload.id).state


def test_a_browser_that_died_after_its_last_put(
    ctx: Context, store: Any, person: Person, clock: ManualClock, live: MemoryLive, upload: UploadView, bodies: Any
) -> None:
    person.sends(upload, bodies)
    store.calls.clear()
    clock.move(7)
    assert reconcile(ctx) == 0
    assert store.calls == [], "it may still be there"
    live.owners.clear()
    clock.move(2)
    assert reconcile(ctx) == 1
    assert state(ctx, upload) == "ready"
    assert "anna" in live.owners
    assert store.objects == {f"uploads/{upload.id}/1": (noise(SIZE), store.objects[f"uploads/{upload.id}/1"][1])}
    assert reconcile(ctx) == 0


def test_a_browser_that_died_after_its_last_form(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.sends(upload, bodies, only={1})
    forms = person.hands_over(upload, bodies)
    clock.move(60)
    reconcile(ctx)
    assert state(ctx, upload) == "uploading"
    person.posts(forms, bodies)
    clock.move(60)
    reconcile(ctx)
    assert state(ctx, upload) == "ready"
    assert store.objects.keys() == {f"uploads/{upload.id}/1"}, "and no part object is left"
    assert store.multiparts == {}


def test_half_there_is_counted_and_goes_on(
    ctx: Context, store: Any, person: Person, clock: ManualClock, live: MemoryLive, upload: UploadView, bodies: Any
) -> None:
    forms = person.hands_over(upload, bodies)
    person.posts(forms, bodies, only={2})
    clock.move(30)
    live.owners.clear()
    reconcile(ctx)
    assert live.owners == ["anna"]
    assert rows.load(ctx, "anna", upload.id).confirmed_bytes == 8 * MIB
    assert state(ctx, upload) == "uploading"
    clock.move(30)
    live.owners.clear()
    assert reconcile(ctx) == 1
    assert live.owners == [], "nothing moved"
    person.sends(upload, bodies)
    assert person.completes(upload).state == "ready"
    assert store.objects.keys() == {f"uploads/{upload.id}/1"}


def test_part_objects_are_moved_while_its_browser_works(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any
) -> None:
    person.posts(person.hands_over(upload, bodies), bodies)
    reconcile(ctx)
    assert store.objects == {}
    assert state(ctx, upload) == "uploading", "its browser is there to complete it"
    store.calls.clear()
    assert person.completes(upload).state == "ready"
    assert "copy_part" not in store.calls


def test_more_part_objects_than_one_look_moves(
    ctx: Context, person: Person, clock: ManualClock, upload: UploadView, bodies: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartupload.service.housekeeping.reconcile.COPIES_PER_LOOK", 2)
    person.posts(person.hands_over(upload, bodies), bodies)
    clock.move(30)
    assert library.get_upload(ctx, "anna", upload.id).confirmed_bytes == SIZE, "counted before anything is moved"
    clock.move(12 * HOUR)
    reconcile(ctx)
    assert state(ctx, upload) == "uploading"
    clock.move(5)
    reconcile(ctx)
    assert state(ctx, upload) == "ready"


def test_a_store_that_is_away_is_asked_again(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.posts(person.hands_over(upload, bodies), bodies)
    clock.move(30)
    store.away = True
    store.calls.clear()
    assert reconcile(ctx) == 0
    assert store.calls == ["ping"]
    clock.move(5)
    store.away = False
    assert reconcile(ctx) == 1
    assert state(ctx, upload) == "ready"
    assert store.objects.keys() == {f"uploads/{upload.id}/1"}


def test_a_store_that_goes_away_while_it_completes(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.sends(upload, bodies)
    completed = store.complete_multipart

    def lost_answer(*given: Any) -> Any:
        completed(*given)
        raise StoreUnavailable

    store.complete_multipart = lost_answer
    clock.move(30)
    reconcile(ctx)
    assert state(ctx, upload) == "verifying"
    store.complete_multipart = completed
    clock.move(5)
    reconcile(ctx)
    assert state(ctx, upload) == "ready"


def test_a_server_that_was_killed_while_it_completed(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.sends(upload, bodies)
    completed = store.complete_multipart

    def die(*given: Any) -> Any:
        raise SystemExit

    store.complete_multipart = die
    with pytest.raises(SystemExit):
        person.completes(upload)
    assert state(ctx, upload) == "verifying"
    store.complete_multipart = completed
    clock.move(30)
    reconcile(ctx)
    assert state(ctx, upload) == "ready"


def test_paused_and_cancelled_ones_are_left_alone(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    forms = person.hands_over(upload, bodies)
    pause.pause_upload(ctx, "anna", upload.id)
    person.posts(forms, bodies)
    store.calls.clear()
    clock.move(HOUR)
    assert reconcile(ctx) == 0
    assert store.calls == []
    pause.resume_upload(ctx, "anna", upload.id)
    reconcile(ctx)
    assert state(ctx, upload) == "ready"
    cancel.cancel_upload(ctx, "anna", upload.id)
    clock.move(HOUR)
    assert reconcile(ctx) == 0
    assert store.objects == {}


def test_a_multipart_upload_that_vanished_with_part_objects(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.posts(person.hands_over(upload, bodies), bodies, only={1, 2})
    store.multiparts.clear()
    clock.move(30)
    reconcile(ctx)
    row = rows.load(ctx, "anna", upload.id)
    assert (row.state, row.epoch, row.confirmed_bytes) == ("uploading", 2, 0)
    assert store.objects == {}
    assert [multipart.key for multipart in store.multiparts.values()] == [f"uploads/{upload.id}/2"]
    clock.move(HOUR)
    assert reconcile(ctx) == 0, "nothing was signed since"


@pytest.mark.parametrize("handed_over", [True, False])
def test_parts_of_two_versions_wait_for_a_browser_that_has_all_of_one(
    ctx: Context, person: Person, clock: ManualClock, upload: UploadView, bodies: Any, handed_over: bool
) -> None:
    person.sends(upload, bodies, only={1, 2}, version="a")
    if handed_over:
        person.posts(person.hands_over(upload, bodies, only={3}, version="b"), bodies)
    else:
        person.sends(upload, bodies, only={3}, version="b")
    for _ in range(10):
        clock.move(HOUR / 2)
        reconcile(ctx)
    row = rows.load(ctx, "anna", upload.id)
    assert (row.state, row.epoch, row.mismatches, row.confirmed_bytes) == ("uploading", 1, 0, SIZE)
    assert all(part.confirmed for part in person.signs(upload, person.claims(bodies), version="b").parts)
    clock.move(15)
    reconcile(ctx)
    assert state(ctx, upload) == "ready", "what is vouched for now is a sign of life"


def test_one_that_fails_does_not_stop_the_others(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    others = [person.creates(size=1000) for _ in range(2)]
    person.sends(upload, bodies)
    listed = store.list_parts

    def faulty(key: str, *given: Any) -> Any:
        if key == f"uploads/{upload.id}/1":
            raise broken[-1]
        return listed(key, *given)

    store.list_parts = faulty
    broken: list[Exception] = []
    for error, other in zip((StoreUnavailable(), RuntimeError("a bug")), others, strict=True):
        broken.append(error)
        person.sends(other, person.cut(other))
        clock.move(30)
        assert reconcile(ctx) == 2
        assert state(ctx, other) == "ready"
        assert state(ctx, upload) == "uploading"
    store.list_parts = listed
    clock.move(60)
    reconcile(ctx)
    assert state(ctx, upload) == "ready"


def test_abandoned_uploads_are_looked_at_ever_more_seldom(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.sends(upload, bodies, only={1})
    looks = 0
    for _ in range(24 * 60):
        clock.move(60)
        looks += reconcile(ctx)
    assert 10 < looks < 40
    store.calls.clear()
    clock.move(6 * 86400)
    assert reconcile(ctx) == 0, "no signed request is good any more"
    assert store.calls == []


def test_what_comes_days_later_is_seen(
    ctx: Context, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    forms = person.hands_over(upload, bodies)
    for _ in range(5 * 24):
        clock.move(HOUR)
        reconcile(ctx)
    person.posts(forms, bodies)
    clock.move(600)
    reconcile(ctx)
    assert state(ctx, upload) == "ready"


def test_a_list_that_somebody_looks_at_all_the_time_does_not_keep_it_from_finishing(
    ctx: Context, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    forms = person.hands_over(upload, bodies)
    for _ in range(200):
        clock.move(3)
        library.get_upload(ctx, "anna", upload.id)
        reconcile(ctx)
    person.posts(forms, bodies)
    for _ in range(4):
        clock.move(3)
        library.get_upload(ctx, "anna", upload.id)
        reconcile(ctx)
    assert state(ctx, upload) == "ready"


def test_it_looks_at_so_many_and_stops_when_told(ctx: Context, person: Person, clock: ManualClock) -> None:
    uploads = [person.creates(size=1000) for _ in range(5)]
    for upload in uploads:
        person.sends(upload, person.cut(upload))
    clock.move(30)
    assert reconcile(ctx, limit=2) == 2
    assert [state(ctx, upload) for upload in uploads].count("ready") == 2
    stop = threading.Event()
    stop.set()
    assert reconcile(ctx, stop=stop) == 0
    assert reconcile(ctx) == 3


def test_a_store_that_lists_digests(make_context: Any) -> None:
    ctx = make_context(MemoryStore(lists_digests=True))
    person = Person(ctx)
    upload = person.creates(size=SIZE)
    person.posts(person.hands_over(upload, person.cut(upload)), person.cut(upload))
    ctx.clock.move(30)
    reconcile(ctx)
    assert state(ctx, upload) == "ready"


def looks(ctx: Context, upload: UploadView) -> None:
    """Everything that reads an upload for somebody."""
    confirm.confirmed_parts(ctx, "anna", upload.id)
    library.get_upload(ctx, "anna", upload.id)
    library.list_uploads(ctx, "anna")
    share.shared_file(ctx, upload.share_token)
    change_poller.recount(ctx, ["anna"], ["anna"])


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize("handed_over", [True, False])
@pytest.mark.parametrize("between", [1, 12, 40, 75])
def test_ready_within_15_seconds_of_the_last_byte_however_many_look(
    ctx: Context, person: Person, clock: ManualClock, watched: bool, handed_over: bool, between: int
) -> None:
    """Parts come as often as a line brings them, their browser says no more; a round of the server comes every 5 s."""
    upload = person.creates(size=4 * 8 * MIB)
    bodies = person.cut(upload)
    forms = person.hands_over(upload, bodies) if handed_over else None
    signed = None if handed_over else person.signs(upload, person.claims(bodies))
    at, begun, last = 0, 60, 0
    while state(ctx, upload) != "ready":
        if at >= begun and (at - begun) % between == 0 and (number := (at - begun) // between + 1) <= len(bodies):
            last = at
            if forms is not None:
                person.posts(forms, bodies, only={number})
            elif signed is not None:
                person.puts(signed, bodies, only={number})
        if watched:
            looks(ctx, upload)
        if at % 5 == 4:
            reconcile(ctx)
        assert at <= begun + between * len(bodies) + 15, "it is not finished"
        clock.move(1)
        at += 1
    assert at - last <= 15


def test_whoever_looks_writes_nothing_when_nothing_has_changed(
    ctx: Context, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.sends(upload, bodies, only={2})
    clock.move(3)
    looks(ctx, upload)
    before = rows.load(ctx, "anna", upload.id).model_dump()
    assert before["confirmed_bytes"] == 8 * MIB
    written: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("SELECT", "BEGIN")):
            written.append(statement)

    event.listen(ctx.db.engine, "before_cursor_execute", heard)
    for _ in range(20):
        clock.move(3)
        looks(ctx, upload)
    event.remove(ctx.db.engine, "before_cursor_execute", heard)
    assert written == []
    assert rows.load(ctx, "anna", upload.id).model_dump() == before


def test_a_store_is_not_asked_more_often_because_nothing_is_written(
    ctx: Context, store: Any, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.sends(upload, bodies, only={2})
    store.calls.clear()
    for _ in range(100):
        clock.move(0.1)
        library.get_upload(ctx, "anna", upload.id)
    assert 4 <= store.calls.count("list_parts") <= 5


def test_what_an_owner_does_with_the_link_is_no_sign_of_life(
    ctx: Context, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    person.sends(upload, bodies, only={2})
    for _ in range(9):
        clock.move(24 * HOUR)
        link.renew_link(ctx, "anna", upload.id)
    assert expire.expire(ctx) == 1


def test_one_sweep_does_not_look_for_the_other(
    ctx: Context, person: Person, clock: ManualClock, upload: UploadView, bodies: Any
) -> None:
    """Looking for what comes late of an upload does not put off its finishing, which nobody has begun."""
    nobody = replace(ctx, finisher=None)
    person.posts(person.hands_over(upload, bodies), bodies)
    complete.complete_upload(nobody, "anna", upload.id)
    for _ in range(100):
        clock.move(10)
        late_parts.sweep(nobody)
    assert [row.id for row in backlog.claim(nobody, "one", 10)] == [upload.id]
