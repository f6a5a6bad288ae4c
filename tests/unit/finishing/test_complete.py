"""Finishing: nothing becomes ready that is not byte for byte what was sent."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from smartupload.errors import (
    ChecksumMismatch,
    MultipartGone,
    PartsMissing,
    StoreRefused,
    StoreUnavailable,
    UploadNotFound,
    UploadNotOpen,
)
from smartupload.models import Part
from smartupload.ports import FinishedPart, StoredObject
from smartupload.service.context import Context, UploadLocks
from smartupload.service.finishing import complete
from smartupload.service.parts import confirm
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import cancel, library, pause
from tests.fixtures_store import MIB, composite, noise
from tests.unit.person import Person

SIZE = 20 * MIB


@pytest.fixture
def sent(person: Person) -> UploadView:
    """An upload whose three parts have all arrived."""
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload))
    return upload


def test_ready(ctx: Context, store: Any, person: Person, sent: UploadView) -> None:
    store.calls.clear()
    done = person.completes(sent)
    assert (done.state, done.confirmed_bytes, done.error) == ("ready", SIZE, None)
    assert done.completed_at == ctx.clock.now()
    finishing = ["head", "read"]
    assert store.calls == ["list_parts", "complete_multipart", *finishing], "and not one call more"
    assert store.objects[f"uploads/{sent.id}/1"] == (noise(SIZE), composite(person.cut(sent)))
    with ctx.db.read() as session:
        assert session.query(Part).count() == 0


def test_again_changes_nothing(store: Any, person: Person, sent: UploadView) -> None:
    done = person.completes(sent)
    store.calls.clear()
    assert person.completes(sent) == done
    assert store.calls == []


def test_missing_parts_are_named(ctx: Context, person: Person) -> None:
    upload = person.creates(size=SIZE)
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra == {"missing": [1, 2, 3], "epoch": 1}
    person.sends(upload, person.cut(upload), only={2})
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra == {"missing": [1, 3], "epoch": 1}
    assert library.get_upload(ctx, "anna", upload.id).state == "uploading"


def test_a_part_of_the_wrong_size_is_missing(store: Any, person: Person, sent: UploadView) -> None:
    (multipart,) = store.multiparts.values()
    multipart.parts[2] = multipart.parts[2][:-1]
    with pytest.raises(PartsMissing) as missing:
        person.completes(sent)
    assert missing.value.extra["missing"] == [2]


def test_a_part_that_nobody_signed_does_not_count(store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload), only={1, 2})
    (multipart,) = store.multiparts.values()
    multipart.parts[3] = noise(4 * MIB)
    multipart.parts[4] = b"more"
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra["missing"] == [3]


def test_a_paused_upload_with_everything_there_can_finish(ctx: Context, person: Person, sent: UploadView) -> None:
    pause.pause_upload(ctx, "anna", sent.id)
    assert person.completes(sent).state == "ready"


def test_another_owners_and_a_cancelled_one(ctx: Context, person: Person, sent: UploadView) -> None:
    with pytest.raises(UploadNotFound):
        complete.complete_upload(ctx, "ben", sent.id)
    cancel.cancel_upload(ctx, "anna", sent.id)
    with pytest.raises(UploadNotOpen, match="cancelled"):
        person.completes(sent)


def test_a_store_that_is_away_changes_nothing(store: Any, person: Person, sent: UploadView) -> None:
    store.away = True
    with pytest.raises(StoreUnavailable):
        person.completes(sent)
    store.away = False
    assert person.completes(sent).state == "ready"


def test_a_store_that_goes_away_while_it_completes(ctx: Context, store: Any, person: Person, sent: UploadView) -> None:
    completed = store.complete_multipart

    def lost_answer(*given: Any) -> Any:
        completed(*given)
        raise StoreUnavailable

    store.complete_multipart = lost_answer
    with pytest.raises(StoreUnavailable):
        person.completes(sent)
    assert library.get_upload(ctx, "anna", sent.id).state == "verifying"
    store.complete_multipart = completed
    done = person.completes(sent)
    assert (done.state, done.epoch) == ("ready", 1)


def test_no_such_upload_after_success(store: Any, person: Person, sent: UploadView) -> None:
    """A repeated request within the client library: the first did it, the second is told that it is gone."""
    completed = store.complete_multipart

    def done_before(key: str, multipart_id: str, parts: Sequence[FinishedPart]) -> str | None:
        completed(key, multipart_id, parts)
        raise MultipartGone(multipart_id)

    store.complete_multipart = done_before
    done = person.completes(sent)
    assert (done.state, done.epoch) == ("ready", 1)


def test_no_such_upload_and_another_object_in_its_place(store: Any, person: Person, sent: UploadView) -> None:
    completed = store.complete_multipart

    def spoiled(key: str, multipart_id: str, parts: Sequence[FinishedPart]) -> str | None:
        completed(key, multipart_id, parts)
        store.objects[key] = (bytes(SIZE), composite([bytes(SIZE)]))
        raise MultipartGone(multipart_id)

    store.complete_multipart = spoiled
    with pytest.raises(PartsMissing) as missing:
        person.completes(sent)
    assert missing.value.extra == {"missing": [1, 2, 3], "epoch": 2}
    assert store.objects == {}, "the wrong object is deleted"


def test_a_multipart_upload_that_vanished(store: Any, person: Person, sent: UploadView) -> None:
    store.multiparts.clear()
    with pytest.raises(PartsMissing) as missing:
        person.completes(sent)
    assert missing.value.extra == {"missing": [1, 2, 3], "epoch": 2}
    person.sends(sent, person.cut(sent))
    assert person.completes(sent).state == "ready"


def test_a_wrong_checksum_is_never_ready_and_fails_after_three(
    ctx: Context, store: Any, person: Person, sent: UploadView
) -> None:
    completed = store.complete_multipart

    def lie(*given: Any) -> str:
        completed(*given)
        return composite([b"something else"])

    store.complete_multipart = lie
    for epoch in (2, 3):
        with pytest.raises(PartsMissing) as missing:
            person.completes(sent)
        assert missing.value.extra == {"missing": [1, 2, 3], "epoch": epoch}
        assert store.objects == {}
        person.sends(sent, person.cut(sent))
    with pytest.raises(ChecksumMismatch):
        person.completes(sent)
    failed = library.get_upload(ctx, "anna", sent.id)
    assert failed.state == "failed"
    assert failed.error is not None
    assert failed.error["code"] == "checksum_mismatch"
    assert store.objects == {}
    assert store.multiparts == {}
    with pytest.raises(UploadNotOpen):
        person.completes(sent)


def test_a_store_that_refuses_the_parts(store: Any, person: Person, sent: UploadView) -> None:
    completed = store.complete_multipart

    def refuse(*given: Any) -> str:
        raise StoreRefused("InvalidPart")

    store.complete_multipart = refuse
    with pytest.raises(PartsMissing) as missing:
        person.completes(sent)
    assert missing.value.extra["epoch"] == 2
    store.complete_multipart = completed
    person.sends(sent, person.cut(sent))
    assert person.completes(sent).state == "ready"


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (None, "uploading"),
        (StoredObject(SIZE - 1, None), "uploading"),
        (StoredObject(SIZE, None), "ready"),
        (StoredObject(SIZE, "right"), "ready"),
        (StoredObject(SIZE, "wrong"), "uploading"),
    ],
)
def test_a_store_whose_answer_has_no_checksum(
    ctx: Context, store: Any, person: Person, sent: UploadView, found: StoredObject | None, state: str
) -> None:
    completed = store.complete_multipart

    def silent(*given: Any) -> None:
        completed(*given)

    if found and found.checksum:
        found = replace(found, checksum=composite(person.cut(sent)) if found.checksum == "right" else composite([b"x"]))
    store.complete_multipart = silent
    store.head = lambda key: found
    if state == "ready":
        assert person.completes(sent).state == "ready"
    else:
        with pytest.raises(PartsMissing):
            person.completes(sent)
        assert confirm.confirmed_parts(ctx, "anna", sent.id)[0].state == "uploading"


@pytest.mark.parametrize("same_process", [True, False])
def test_two_at_once(ctx: Context, store: Any, sent: UploadView, same_process: bool) -> None:
    """Two tabs, or two processes: both are told that it is ready, and it is the right file."""
    both = threading.Barrier(1 if same_process else 2)
    completed = store.complete_multipart

    def complete_together(*given: Any) -> Any:
        both.wait(5)
        return completed(*given)

    store.complete_multipart = complete_together
    states: list[str] = []

    def finish(context: Context) -> None:
        states.append(complete.complete_upload(context, "anna", sent.id).state)

    contexts = [ctx, ctx if same_process else replace(ctx, locks=UploadLocks())]
    threads = [threading.Thread(target=finish, args=(context,)) for context in contexts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == ["ready", "ready"]
    assert store.objects[f"uploads/{sent.id}/1"][0] == noise(SIZE)
    assert store.calls.count("complete_multipart") == (1 if same_process else 2)


def test_two_processes_that_find_it_vanished_open_one_epoch(ctx: Context, store: Any, sent: UploadView) -> None:
    store.multiparts.clear()
    both = threading.Barrier(2)
    opened = store.open_multipart

    def open_together(key: str, content_type: str, parts: int) -> str:
        both.wait(5)
        return opened(key, content_type, parts)

    store.open_multipart = open_together
    epochs: list[int] = []

    def finish(context: Context) -> None:
        with pytest.raises(PartsMissing) as missing:
            complete.complete_upload(context, "anna", sent.id)
        epochs.append(missing.value.extra["epoch"])

    threads = [threading.Thread(target=finish, args=(replace(ctx, locks=UploadLocks()),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert epochs == [2, 2]
    assert len(store.multiparts) == 1, "the slower one gives its own back"


def test_cancelled_while_it_completes(ctx: Context, store: Any, person: Person, sent: UploadView) -> None:
    completed = store.complete_multipart

    def cancelled_meanwhile(*given: Any) -> Any:
        cancel.cancel_upload(ctx, "anna", sent.id)
        store.multiparts.setdefault(given[1], held)
        return completed(*given)

    (held,) = store.multiparts.values()
    store.complete_multipart = cancelled_meanwhile
    with pytest.raises(UploadNotOpen):
        person.completes(sent)
    assert library.list_uploads(ctx, "anna").uploads == []
    assert store.objects == {}, "a file that was given up must not stay"


def test_thousands_of_parts(ctx: Context, store: Any, person: Person) -> None:
    count = 2500
    upload = person.creates(size=(count - 1) * 8 * MIB + 1)
    assert upload.part_count == count
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra["missing"] == list(range(1, count + 1))
