"""What a store refuses costs what it is about and no more; what another process has finished meanwhile stays."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from smartupload.adapters.memory import MemoryStore
from smartupload.errors import ChecksumMismatch, PartsMissing, StoreRefused, StoreUnavailable, UploadNotOpen
from smartupload.ports import FinishedPart, SignedRequest, StoredPart
from smartupload.service.context import Context, Counts, UploadLocks
from smartupload.service.finishing import complete, finish
from smartupload.service.housekeeping import reconcile
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows
from smartupload.service.uploads import cancel
from tests.fixtures_store import MIB, noise
from tests.inline import with_inline
from tests.unit.person import Person

SIZE = 8 * MIB + 1000


class Later:
    """Finisher that begins nothing: what was completed waits in quarantine."""

    def start(self, upload_id: str, epoch: int) -> None:
        """See ports.Finisher."""

    def wait(self, upload_id: str, epoch: int, seconds: float) -> None:
        """See ports.Finisher."""

    def trouble(self) -> str:
        """See ports.Finisher."""
        return ""


def other_process(ctx: Context, **more: Any) -> Context:
    return replace(ctx, locks=UploadLocks(), counts=Counts(), **more)


def whole(ctx: Context, store: Any, upload: UploadView, seed: int = 0) -> None:
    """It is ready, these are its bytes, and nothing else is left in the store."""
    row = rows.load(ctx, "anna", upload.id)
    finish.run(ctx, row.id)
    row = rows.load(ctx, "anna", upload.id)
    assert row.state == "ready"
    assert {key: body for key, (body, _) in store.objects.items()} == {row.key: noise(SIZE, seed)}
    assert store.multiparts == {}


@pytest.fixture
def sent(person: Person) -> UploadView:
    """An upload whose two parts have all arrived."""
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload))
    return upload


def completes_somehow(person: Person, upload: UploadView, bodies: list[bytes]) -> None:
    """What an engine does: complete, send again what is missing, wait when the store is away."""
    for _ in range(10):
        try:
            person.completes(upload)
            return
        except PartsMissing as missing:
            person.sends(upload, bodies, only=set(missing.extra["missing"]))
        except StoreUnavailable:
            person.ctx.clock.move(30)  # pyright: ignore[reportAttributeAccessIssue]
    raise AssertionError("it never ends")


STORE_CALLS = (
    "list_objects",
    "list_parts",
    "complete_multipart",
    "head",
    "open_multipart",
    "abort_multipart",
    "delete",
)


class Interleaved(MemoryStore):
    """At its n-th call, before or after it is done, something else happens first. Refuses to complete when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self.before = True
        self.meanwhile: Callable[[], None] | None = None
        self.refusals: list[Exception] = []

    def _called(self, name: str) -> None:
        super()._called(name)
        if name == "complete_multipart" and self.meanwhile is None and self.refusals:
            raise self.refusals.pop()


def _interleave(name: str) -> Callable[..., Any]:
    done = getattr(MemoryStore, name)

    def call(self: Interleaved, *given: Any) -> Any:
        meanwhile, here = self.meanwhile, self.at == 0
        self.at -= 1
        if meanwhile is not None and here and self.before:
            self.meanwhile = None
            meanwhile()
        answer = done(self, *given)
        if meanwhile is not None and here and not self.before:
            self.meanwhile = None
            meanwhile()
        return answer

    return call


for _name in STORE_CALLS:
    setattr(Interleaved, _name, _interleave(_name))


@pytest.mark.parametrize("mismatches", [0, 2])
@pytest.mark.parametrize("refusal", [None, StoreRefused("InvalidPart"), StoreRefused("InvalidPart", part=1)], ids=str)
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("at", range(6))
def test_at_any_moment_another_process_does_all_of_it(
    make_context: Any, at: int, before: bool, refusal: StoreRefused | None, mismatches: int
) -> None:
    store = Interleaved()
    ctx = replace(make_context(store), finisher=Later())
    person = Person(ctx)
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.sends(upload, bodies)
    row = rows.load(ctx, "anna", upload.id)
    rows.change(ctx, row, ("uploading",), mismatches=mismatches)
    finished: list[UploadView] = []

    def meanwhile() -> None:
        finished.append(complete.complete_upload(other_process(ctx), "anna", upload.id))
        if refusal is not None:
            store.refusals.append(refusal)

    store.at, store.before, store.meanwhile = at, before, meanwhile
    done = person.completes(upload)
    store.meanwhile = None
    assert done.state == "scanning"
    assert done.epoch == 1
    if finished:
        assert finished[0].epoch == 1
    whole(with_inline(ctx), store, upload)


@pytest.mark.parametrize("mismatches", [0, 2])
def test_what_is_refused_because_another_process_is_at_it_is_not_thrown_away(
    ctx: Context, store: Any, person: Person, sent: UploadView, mismatches: int
) -> None:
    """The other one has begun and has not ended yet: the store may well refuse the second."""
    rows.change(ctx, rows.load(ctx, "anna", sent.id), ("uploading",), mismatches=mismatches)
    completed = store.complete_multipart
    refused: list[str] = []

    def slow(*given: Any) -> Any:
        def refuse(*_: Any) -> Any:
            raise StoreRefused("InvalidPart")

        store.complete_multipart = refuse
        with pytest.raises(StoreUnavailable):
            complete.complete_upload(other_process(ctx), "anna", sent.id)
        refused.append("once")
        return completed(*given)

    store.complete_multipart = slow
    assert person.completes(sent).state == "ready"
    assert refused == ["once"]
    whole(ctx, store, sent)


def test_one_that_died_at_it_holds_up_the_others_for_a_while_only(
    ctx: Context, store: Any, person: Person, sent: UploadView
) -> None:
    def die(*given: Any) -> Any:
        raise SystemExit

    def refuse(*_: Any) -> Any:
        raise StoreRefused("InvalidPart")

    completed, store.complete_multipart = store.complete_multipart, die
    with pytest.raises(SystemExit):
        person.completes(sent)
    store.complete_multipart = refuse
    for _ in range(5):
        with pytest.raises(StoreUnavailable):
            person.completes(sent)
        ctx.clock.move(11)  # pyright: ignore[reportAttributeAccessIssue]
    ctx.clock.move(5)  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(PartsMissing) as missing:
        person.completes(sent)
    assert missing.value.extra == {"missing": [1, 2], "epoch": 2}
    store.complete_multipart = completed
    completes_somehow(person, sent, person.cut(sent))
    whole(ctx, store, sent)


def test_a_part_that_was_sent_again_and_has_another_name_now(
    ctx: Context, store: Any, person: Person, sent: UploadView
) -> None:
    """Under a key of its own (aws:kms) the same bytes get another ETag each time."""
    again: set[int] = set()
    listed, completed = store.list_parts, store.complete_multipart

    def list_parts(*given: Any) -> list[StoredPart]:
        return [replace(part, etag='"new"') if part.number in again else part for part in listed(*given)]

    def complete_multipart(key: str, multipart_id: str, parts: Sequence[FinishedPart]) -> str | None:
        if not again:
            again.add(2)  # sent again this very moment
        if [part.etag for part in parts if part.number in again] != ['"new"']:
            raise StoreRefused("InvalidPart")
        real = {part.number: part.etag for part in listed(key, multipart_id)}
        return completed(key, multipart_id, [replace(part, etag=real[part.number]) for part in parts])

    store.list_parts, store.complete_multipart = list_parts, complete_multipart
    done = person.completes(sent)
    assert (done.state, done.epoch) == ("ready", 1)
    assert rows.load(ctx, "anna", sent.id).mismatches == 0
    whole(ctx, store, sent)


def test_bytes_of_a_version_that_was_replaced_have_nowhere_to_go(ctx: Context, store: Any, person: Person) -> None:
    """The file was changed on the disk; of the second part the old bytes arrive after the new ones were signed."""
    upload = person.creates(size=SIZE)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    late = person.signs(upload, person.claims(old)).parts[1]
    assert person.sends(upload, new).epoch == 2
    assert store.put(SignedRequest(late.url, late.headers or {}), old[1]) == 404
    assert person.completes(upload).state == "ready"
    assert rows.load(ctx, "anna", upload.id).mismatches == 0
    whole(ctx, store, upload, seed=2)


def _names_the_part(store: Any) -> None:
    completed = store.complete_multipart

    def complete_multipart(*given: Any) -> Any:
        try:
            return completed(*given)
        except StoreRefused as refused:
            raise StoreRefused(refused.code, part=2) from refused

    store.complete_multipart = complete_multipart


def test_a_part_that_the_store_names_is_sent_again_alone(
    ctx: Context, store: Any, person: Person, sent: UploadView
) -> None:
    bodies = person.cut(sent)
    (multipart,) = store.multiparts.values()
    multipart.parts[2] = bytes(len(bodies[1]))  # as long, and something else
    _names_the_part(store)
    with pytest.raises(PartsMissing) as missing:
        person.completes(sent)
    assert missing.value.extra == {"missing": [2], "epoch": 1}
    signed = person.signs(sent, person.claims(bodies))
    assert [part.confirmed for part in signed.parts] == [True, False]
    completes_somehow(person, sent, bodies)
    whole(ctx, store, sent)


def test_a_part_that_stays_wrong_ends_the_upload(ctx: Context, store: Any, person: Person, sent: UploadView) -> None:
    def refuse(*given: Any) -> Any:
        raise StoreRefused("InvalidPart", part=2)

    store.complete_multipart = refuse
    epochs: list[int] = []
    for _ in range(2):
        with pytest.raises(PartsMissing) as missing:
            person.completes(sent)
        epochs.append(missing.value.extra["epoch"])
        person.sends(sent, person.cut(sent), only=set(missing.value.extra["missing"]))
    with pytest.raises(ChecksumMismatch):
        person.completes(sent)
    assert epochs == [1, 2]
    assert (store.objects, store.multiparts) == ({}, {})


@pytest.mark.parametrize("code", ["InvalidRequest", "KMS.DisabledException", "OperationAborted", "NotImplemented"])
def test_a_refusal_that_says_nothing_of_the_parts_costs_nothing(
    ctx: Context, store: Any, person: Person, sent: UploadView, code: str
) -> None:
    completed = store.complete_multipart

    def refuse(*given: Any) -> Any:
        raise StoreRefused(code)

    store.complete_multipart = refuse
    for _ in range(5):
        with pytest.raises(StoreUnavailable):
            person.completes(sent)
        ctx.clock.move(120)  # pyright: ignore[reportAttributeAccessIssue]
    store.complete_multipart = completed
    done = person.completes(sent)
    assert (done.state, done.epoch) == ("ready", 1)
    whole(ctx, store, sent)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("at", range(4))
def test_other_bytes_are_signed_while_it_is_completed(make_context: Any, at: int, before: bool) -> None:
    """A second tab gives the changed file: what is ready then is all of the old version or all of the new one."""
    store = Interleaved()
    ctx = make_context(store)
    person = Person(ctx)
    upload = person.creates(size=SIZE)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    person.sends(upload, old)
    sent: list[bool] = []

    def meanwhile() -> None:
        with contextlib.suppress(UploadNotOpen):
            Person(other_process(ctx)).sends(upload, new)
            sent.append(True)

    store.at, store.before, store.meanwhile = at, before, meanwhile
    with contextlib.suppress(PartsMissing, StoreUnavailable):
        person.completes(upload)
    store.meanwhile = None
    completes_somehow(person, upload, new)
    whole(ctx, store, upload, seed=2 if sent else 1)


def test_old_bytes_in_a_store_that_lists_digests_are_missing(make_context: Any) -> None:
    """New bytes were signed and never came: the server must not make a file of both versions on its own."""
    store = MemoryStore(lists_digests=True)
    ctx = make_context(store)
    person = Person(ctx)
    upload = person.creates(size=SIZE)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    person.sends(upload, old)
    person.sends(upload, new, only={1})
    person.signs(upload, person.claims(new))
    ctx.clock.move(60)
    reconcile.reconcile(ctx)
    assert rows.load(ctx, "anna", upload.id).state == "uploading"
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra == {"missing": [2], "epoch": 2}
    person.sends(upload, new)
    ctx.clock.move(60)
    reconcile.reconcile(ctx)
    whole(ctx, store, upload, seed=2)


def test_an_object_that_comes_after_its_epoch_is_over_is_not_left(
    ctx: Context, store: Any, person: Person, sent: UploadView
) -> None:
    """The slow one made its object when the upload had long been opened anew."""
    bodies = person.cut(sent)
    completed = store.complete_multipart

    def late(*given: Any) -> Any:
        held = store.multiparts.pop(given[1])
        store.complete_multipart = completed
        with pytest.raises(PartsMissing) as missing:
            complete.complete_upload(other_process(ctx), "anna", sent.id)
        assert missing.value.extra["epoch"] == 2
        person.sends(sent, bodies)
        store.multiparts[given[1]] = held
        return completed(*given)

    store.complete_multipart = late
    with pytest.raises(PartsMissing) as missing:
        person.completes(sent)
    assert missing.value.extra["epoch"] == 2
    assert store.objects == {}
    assert person.completes(sent).state == "ready"
    whole(ctx, store, sent)


def test_what_was_left_of_an_earlier_epoch_goes_with_the_end(
    ctx: Context, store: Any, person: Person, sent: UploadView
) -> None:
    for ends in (person.completes, lambda upload: cancel.cancel_upload(ctx, "anna", upload.id)):
        upload = person.creates(size=SIZE)
        person.sends(upload, person.cut(upload))
        store.multiparts.clear()
        with pytest.raises(PartsMissing):
            person.completes(upload)
        store.objects[f"uploads/{upload.id}/1"] = (b"left behind", "")
        person.sends(upload, person.cut(upload))
        ends(upload)
        assert f"uploads/{upload.id}/1" not in store.objects


def test_clearing_leaves_an_upload_alone_that_still_takes_parts(ctx: Context, store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.posts(person.hands_over(upload, bodies), bodies)
    finish.clear(ctx, rows.load(ctx, "anna", upload.id))
    assert len(store.objects) == 2
    assert person.completes(upload).state == "ready"


def test_what_the_store_does_not_copy_waits_as_long_as_nobody_completes(
    ctx: Context, store: Any, person: Person
) -> None:
    """The browser no longer has what it handed over."""
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.posts(person.hands_over(upload, bodies), bodies)
    copy = store.copy_part

    def refuse(*given: Any) -> Any:
        raise StoreRefused("KMS.DisabledException")

    store.copy_part = refuse
    for _ in range(3):
        ctx.clock.move(60)  # pyright: ignore[reportAttributeAccessIssue]
        reconcile.reconcile(ctx)
    assert len(store.objects) == 2
    store.copy_part = copy
    ctx.clock.move(60)  # pyright: ignore[reportAttributeAccessIssue]
    reconcile.reconcile(ctx)
    whole(ctx, store, upload)
