"""When an upload that stands still is given up, and when it is not."""

from __future__ import annotations

from typing import Any

import pytest

from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.errors import StoreRefused, UploadNotOpen
from smartupload.models import Upload
from smartupload.ports import FinishedPart
from smartupload.service.context import Context
from smartupload.service.housekeeping import expire, reconcile, remove
from smartupload.service.parts import confirm, sign
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import pause
from tests.unit.person import Person

DAY = 86400


@pytest.fixture
def clock(ctx: Context) -> ManualClock:
    """The one of the context."""
    assert isinstance(ctx.clock, ManualClock)
    return ctx.clock


def state(ctx: Context, upload: UploadView) -> str:
    with ctx.db.read() as session:
        row = session.get(Upload, upload.id)
    assert row is not None
    return row.state


def test_after_so_many_days_without_a_sign_of_life(
    ctx: Context, store: MemoryStore, clock: ManualClock, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies, only={1})
    clock.move(7 * DAY)
    assert expire.expire(ctx) == 0, "not before the day is over"
    clock.move(1)
    assert expire.expire(ctx) == 1
    assert state(ctx, upload) == "expired"
    assert store.multiparts == {}
    assert expire.expire(ctx) == 0
    with pytest.raises(UploadNotOpen, match="stood still for too long"):
        person.sends(upload, bodies)


def test_part_objects_go_too(
    ctx: Context, store: MemoryStore, clock: ManualClock, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    forms = person.hands_over(upload, bodies)
    person.posts(forms, bodies, only={1, 3})
    clock.move(8 * DAY)
    assert expire.expire(ctx) == 1
    assert (store.multiparts, store.objects) == ({}, {})
    person.posts(forms, bodies, only={2})
    clock.move(1)
    remove.sweep(ctx)
    assert store.objects == {}, "what comes late is swept up"


def test_one_whose_store_never_makes_a_file_of_it_ends_as_well(
    ctx: Context, store: Any, clock: ManualClock, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies)

    def refuse(*given: Any) -> Any:
        raise StoreRefused("NotImplemented")

    store.complete_multipart = refuse
    days = 0
    while not expire.expire(ctx):
        days += 1
        assert days < 30
        clock.move(DAY)
        reconcile.reconcile(ctx)
    assert 14 <= days <= 16, "it may yet be completed, but not for ever"
    assert state(ctx, upload) == "expired"
    assert store.multiparts == {}


@pytest.mark.parametrize("sign_of_life", ["signs", "arrives", "pauses"])
def test_a_sign_of_life(
    ctx: Context, clock: ManualClock, person: Person, upload: UploadView, bodies: list[bytes], sign_of_life: str
) -> None:
    forms = person.hands_over(upload, bodies)
    clock.move(6 * DAY)
    if sign_of_life == "signs":
        sign.sign_parts(ctx, "anna", upload.id, person.claims(bodies)[:1])
    elif sign_of_life == "arrives":
        person.posts(forms, bodies, only={2})
        confirm.confirmed_parts(ctx, "anna", upload.id)
    else:
        pause.pause_upload(ctx, "anna", upload.id)
    clock.move(6 * DAY)
    assert expire.expire(ctx) == 0
    clock.move(2 * DAY)
    assert expire.expire(ctx) == 1


def test_what_is_there_as_a_whole_is_completed_instead(
    ctx: Context, clock: ManualClock, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies)
    clock.move(8 * DAY)  # the server was away all the time
    assert expire.expire(ctx) == 0
    assert reconcile.reconcile(ctx) == 1
    assert state(ctx, upload) == "ready"


def test_a_lost_answer_to_completing_loses_no_file(
    ctx: Context, store: Any, clock: ManualClock, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies)
    ((multipart_id, multipart),) = store.multiparts.items()
    stored = store.list_parts(multipart.key, multipart_id)
    claims = person.claims(bodies)
    parts = [FinishedPart(part.number, part.etag, claims[part.number - 1].sha256) for part in stored]
    store.complete_multipart(multipart.key, multipart_id, parts)
    clock.move(8 * DAY)
    assert expire.expire(ctx) == 0
    assert len(store.objects) == 1


def test_a_browser_that_comes_back_this_very_moment(
    ctx: Context, store: Any, clock: ManualClock, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies, only={1})
    clock.move(8 * DAY)
    look = store.list_parts

    def meanwhile(*given: Any) -> Any:
        store.list_parts = look
        found = look(*given)
        clock.move(1)
        person.sends(upload, bodies, only={2})
        return found

    store.list_parts = meanwhile
    assert expire.expire(ctx) == 0
    person.sends(upload, bodies)
    assert person.completes(upload).state == "ready"


@pytest.mark.parametrize("version", ["", "another"])
def test_a_browser_that_comes_back_and_has_nothing_left_to_send(
    ctx: Context,
    store: Any,
    clock: ManualClock,
    person: Person,
    upload: UploadView,
    bodies: list[bytes],
    version: str,
) -> None:
    """What it says is known already, as a whole or but for its version: it is a sign of life all the same."""
    person.sends(upload, bodies, only={1, 2})
    confirm.confirmed_parts(ctx, "anna", upload.id)
    clock.move(8 * DAY)
    look = store.list_parts

    def meanwhile(*given: Any) -> Any:
        store.list_parts = look
        signed = person.signs(upload, person.claims(bodies)[:2], version=version)
        assert [part.confirmed for part in signed.parts] == [True, True]
        return look(*given)

    store.list_parts = meanwhile
    assert expire.expire(ctx) == 0
    assert state(ctx, upload) == "uploading"
    clock.move(6 * DAY)
    assert expire.expire(ctx) == 0


def test_nothing_while_the_store_is_away(
    ctx: Context, store: MemoryStore, clock: ManualClock, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies, only={1})
    clock.move(8 * DAY)
    store.away = True
    assert expire.expire(ctx) == 0
    store.away = False
    assert expire.expire(ctx) == 1


def test_a_store_that_dies_in_between_is_swept_later(
    ctx: Context, store: Any, clock: ManualClock, person: Person, upload: UploadView
) -> None:
    clock.move(8 * DAY)
    store.away = True
    assert expire.expire(ctx) == 1, "nothing was ever signed, so nothing can be there"
    store.away = False
    assert remove.sweep(ctx) == 1
    assert store.multiparts == {}


def test_files_that_are_ready_never_expire(ctx: Context, clock: ManualClock, person: Person) -> None:
    upload = person.uploads()
    clock.move(1000 * DAY)
    assert expire.expire(ctx) == 0
    assert state(ctx, upload) == "ready"
