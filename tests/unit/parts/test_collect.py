"""Part objects: they become parts, and none is ever left behind."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.errors import ChecksumMismatch, PartsMissing, StoreRefused, StoreUnavailable
from smartupload.models import Upload
from smartupload.service.context import Context, UploadLocks
from smartupload.service.housekeeping import late_parts, remove
from smartupload.service.parts import collect, confirm
from smartupload.service.parts.handover import SignedForms
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows
from smartupload.service.uploads import cancel
from tests.fixtures_store import MIB, composite, noise
from tests.unit.person import Person

SIZE = 20 * MIB
WEEK = 7 * 86400


def row_of(ctx: Context, upload: UploadView) -> Upload:
    return rows.load(ctx, "anna", upload.id)


def part_objects(store: MemoryStore) -> list[str]:
    return [key for key in store.objects if key.startswith("handover/")]


@pytest.fixture
def forms(person: Person, upload: UploadView, bodies: list[bytes]) -> SignedForms:
    """Part 1 sent, the rest handed over and nothing of it sent yet."""
    person.sends(upload, bodies, only={1})
    return person.hands_over(upload, bodies)


def test_they_are_moved(ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any) -> None:
    row = row_of(ctx, upload)
    assert collect.collect(ctx, row).gone == 0
    person.posts(forms, bodies, only={3})
    assert collect.collect(ctx, row).gone == 1
    assert part_objects(store) == []
    assert [part.number for part in store.list_parts(row.key, row.multipart_id)] == [1, 3]
    assert collect.collect(ctx, row).gone == 0
    person.posts(forms, bodies)
    assert collect.collect(ctx, row).gone == 2, "one that was sent again, too"
    assert part_objects(store) == []
    assert store.calls.count("copy_part") == 3
    assert person.completes(upload).state == "ready"
    assert store.objects[f"uploads/{upload.id}/1"] == (noise(SIZE), composite(bodies))


def test_no_more_than_wanted_at_once(ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any) -> None:
    person.posts(person.hands_over(upload, bodies), bodies)
    row = row_of(ctx, upload)
    assert [collect.collect(ctx, row, limit=2).gone for _ in range(3)] == [2, 1, 0]


def test_nothing_is_asked_for_uploads_that_were_not_handed_over(ctx: Context, store: Any, upload: UploadView) -> None:
    store.calls.clear()
    assert collect.collect(ctx, row_of(ctx, upload)).gone == 0
    assert store.calls == []


def test_completing_moves_and_clears(store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any) -> None:
    person.posts(forms, bodies)
    assert person.completes(upload).state == "ready"
    assert list(store.objects) == [f"uploads/{upload.id}/1"]
    assert store.objects[f"uploads/{upload.id}/1"][0] == noise(SIZE)


def test_what_does_not_belong_there_is_deleted_and_not_moved(
    ctx: Context, store: Any, upload: UploadView, forms: Any
) -> None:
    for name in ("2", "4", "0"):
        store.objects[f"handover/{upload.id}/1/{name}"] = (b"short", "")
    store.objects[f"handover/{upload.id}/0/2"] = (noise(8 * MIB), "")
    store.objects[f"handover/{upload.id}/2/2"] = (noise(8 * MIB), "")
    collect.collect(ctx, row_of(ctx, upload))
    assert part_objects(store) == [f"handover/{upload.id}/2/2"], "a later epoch belongs to somebody who knows more"
    assert "copy_part" not in store.calls


def test_a_part_that_cannot_be_copied_is_asked_for_again(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any
) -> None:
    def refuse(*given: Any) -> Any:
        raise StoreRefused("NotImplemented")

    store.copy_part = refuse
    person.posts(forms, bodies)
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra == {"missing": [2, 3], "epoch": 1}
    assert part_objects(store) == []
    assert [part.number for part in confirm.confirmed_parts(ctx, "anna", upload.id)[1]] == [1]
    person.sends(upload, bodies)
    assert person.completes(upload).state == "ready"


def test_a_store_that_goes_away_in_between_loses_nothing(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any
) -> None:
    person.posts(forms, bodies)
    copy = store.copy_part

    def away(key: str, multipart_id: str, number: int, source: Any) -> Any:
        if number == 3:
            raise StoreUnavailable
        return copy(key, multipart_id, number, source)

    store.copy_part = away
    with pytest.raises(StoreUnavailable):
        person.completes(upload)
    assert f"handover/{upload.id}/1/3" in part_objects(store)
    store.copy_part = copy
    assert person.completes(upload).state == "ready"
    assert part_objects(store) == []


@pytest.mark.parametrize("turn", range(5))
def test_several_at_once(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any, turn: int
) -> None:
    """Processes that collect and complete at the same time: it is ready, and right, and nothing is left."""
    person.posts(forms, bodies)
    row, together, failed = row_of(ctx, upload), threading.Barrier(4), []

    def work(number: int) -> None:
        other = replace(ctx, locks=UploadLocks())
        together.wait(5)
        try:
            if number % 2:
                collect.collect(other, row)
            else:
                Person(other).completes(upload)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [error for error in failed if type(error).__name__ != "MultipartGone"] == []
    assert store.objects.keys() == {f"uploads/{upload.id}/1"}
    assert store.objects[f"uploads/{upload.id}/1"][0] == noise(SIZE)


def test_cancelling_takes_them_along(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any
) -> None:
    person.posts(forms, bodies)
    store.away = True
    cancel.cancel_upload(ctx, "anna", upload.id)
    store.away = False
    assert len(part_objects(store)) == 2
    assert remove.sweep(ctx) == 1
    assert store.objects == {}
    assert store.multiparts == {}


def test_a_new_epoch_leaves_nothing_of_the_old_one(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any
) -> None:
    person.posts(forms, bodies, only={2})
    store.multiparts.clear()
    signed = person.signs(upload, person.claims(bodies))
    assert signed.epoch == 2
    assert not any(part.confirmed for part in signed.parts)
    assert part_objects(store) == []
    person.posts(forms, bodies, only={3})  # a browser that does not know yet
    assert not person.signs(upload, person.claims(bodies)).parts[2].confirmed
    person.posts(person.hands_over(upload, bodies), bodies)
    done = person.completes(upload)
    assert (done.state, done.epoch) == ("ready", 2)
    assert list(store.objects) == [f"uploads/{upload.id}/2"]


def test_a_file_that_failed_leaves_nothing(store: Any, person: Person, upload: UploadView, bodies: Any) -> None:
    completed = store.complete_multipart

    def lie(*given: Any) -> str:
        completed(*given)
        return composite([b"something else"])

    store.complete_multipart = lie
    for expected in (PartsMissing, PartsMissing, ChecksumMismatch):
        person.posts(person.hands_over(upload, bodies), bodies)
        with pytest.raises(expected):
            person.completes(upload)
    assert store.objects == {}


@pytest.mark.parametrize("right", [True, False])
def test_a_form_that_arrives_while_it_completes(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any, right: bool
) -> None:
    completed = store.complete_multipart

    def complete_and_post(*given: Any) -> Any:
        checksum = completed(*given)
        person.posts(forms, bodies)
        return checksum if right else composite([b"something else"])

    person.posts(forms, bodies)
    with ctx.db.write() as session:
        rows.set_if(session, row_of(ctx, upload), ("uploading",), mismatches=2)
    store.complete_multipart = complete_and_post
    if right:
        assert person.completes(upload).state == "ready"
    else:
        with pytest.raises(ChecksumMismatch):
            person.completes(upload)
    assert part_objects(store) == []


def test_cancelling_deletes_them_at_once(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any
) -> None:
    person.posts(forms, bodies)
    cancel.cancel_upload(ctx, "anna", upload.id)
    assert store.objects == {}


@pytest.mark.parametrize("end", ["ready", "cancelled"])
def test_what_comes_after_the_end_is_swept_for_as_long_as_forms_live(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any, end: str
) -> None:
    assert isinstance(ctx.clock, ManualClock)
    if end == "ready":
        person.posts(forms, bodies)
        person.completes(upload)
    else:
        cancel.cancel_upload(ctx, "anna", upload.id)
    left = len(store.objects)
    for _ in range(40):
        person.posts(forms, bodies)
        ctx.clock.move(WEEK / 40)
        remove.sweep(ctx)
    assert len(store.objects) > left, "so many looks are not worth it: it waits ever longer"
    ctx.clock.move(7 * 3600)
    remove.sweep(ctx)
    assert len(store.objects) == left
    person.posts(forms, bodies)
    ctx.clock.move(2 * 86400)
    remove.sweep(ctx)
    assert len(store.objects) == left
    assert row_of(ctx, upload).handed_over_at is None
    store.calls.clear()
    assert late_parts.sweep(ctx) == 0
    assert store.calls == []


def test_a_store_that_is_away_is_swept_later(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: Any, forms: Any
) -> None:
    cancel.cancel_upload(ctx, "anna", upload.id)
    person.posts(forms, bodies)
    ctx.clock.move(9 * 86400)  # pyright: ignore[reportAttributeAccessIssue]
    store.away = True
    late_parts.sweep(ctx)
    store.away = False
    assert len(part_objects(store)) == 2
    late_parts.sweep(ctx)
    assert store.objects == {}
