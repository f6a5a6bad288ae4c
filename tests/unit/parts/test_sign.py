"""Signing: what may be sent, and what need not be sent again."""

from __future__ import annotations

from typing import Any

import pytest

from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryStore
from smartupload.errors import (
    InvalidRequest,
    PartOutOfRange,
    PartSizeMismatch,
    StoreUnavailable,
    UploadNotFound,
    UploadNotOpen,
    UploadPaused,
)
from smartupload.service.context import Context
from smartupload.service.parts import confirm, sign
from smartupload.service.parts.sign import PartClaim
from smartupload.service.uploads import cancel, pause
from tests.fixtures_store import MIB, noise, sha256
from tests.unit.person import Person

SIZE = 20 * MIB
"""Three parts of 8, 8 and 4 MiB."""


def test_what_was_never_signed_asks_the_store_nothing(store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    store.calls.clear()
    signed = person.signs(upload, person.claims(person.cut(upload)))
    assert store.calls == []
    assert [(part.number, part.confirmed) for part in signed.parts] == [(1, False), (2, False), (3, False)]
    assert signed.parts[0].expires_in == 3600


def test_what_has_arrived_is_confirmed(store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.sends(upload, bodies, only={1, 3})
    store.calls.clear()
    signed = person.signs(upload, person.claims(bodies))
    assert [part.confirmed for part in signed.parts] == [True, False, True]
    assert store.calls == ["list_parts"]


def test_other_bytes_for_a_part_that_has_arrived_are_signed(person: Person) -> None:
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload, seed=1), only={1})
    changed = person.cut(upload, seed=2)
    (part,) = person.signs(upload, person.claims(changed)[:1]).parts
    assert not part.confirmed
    # The store may hold either now, so even the first is not taken for granted.
    (again,) = person.signs(upload, person.claims(changed)[:1]).parts
    assert not again.confirmed
    person.sends(upload, changed)
    assert person.completes(upload).state == "ready"


def test_a_store_that_lists_digests_settles_which_bytes_arrived(make_context: Any) -> None:
    person = Person(make_context(MemoryStore(lists_digests=True)))
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload, seed=1), only={1})
    changed = person.cut(upload, seed=2)
    person.sends(upload, changed, only={1})
    assert person.signs(upload, person.claims(changed)[:1]).parts[0].confirmed
    assert not person.signs(upload, person.claims(person.cut(upload, seed=1))[:1]).parts[0].confirmed


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ([], InvalidRequest),
        ([PartClaim(1, 8 * MIB, sha256(b"a"))] * 2, InvalidRequest),
        ([PartClaim(0, 8 * MIB, sha256(b"a"))], PartOutOfRange),
        ([PartClaim(4, 8 * MIB, sha256(b"a"))], PartOutOfRange),
        ([PartClaim(1, 8 * MIB - 1, sha256(b"a"))], PartSizeMismatch),
        ([PartClaim(3, 8 * MIB, sha256(b"a"))], PartSizeMismatch),
        ([PartClaim(1, 8 * MIB, "abc")], InvalidRequest),
        ([PartClaim(1, 8 * MIB, "a" * 64)], InvalidRequest),
        ([PartClaim(1, 8 * MIB, sha256(b"a")[:-2] + "9=")], InvalidRequest),
        ([PartClaim(number, 8 * MIB, sha256(b"a")) for number in range(1, 102)], InvalidRequest),
    ],
)
def test_claims_that_cannot_be(person: Person, claims: list[PartClaim], error: type[Exception]) -> None:
    upload = person.creates(size=SIZE)
    with pytest.raises(error):
        person.signs(upload, claims)


def test_another_owners_upload_does_not_exist(ctx: Context, person: Person) -> None:
    upload = person.creates()
    for owner in ("ben", ""):
        with pytest.raises(UploadNotFound):
            sign.sign_parts(ctx, owner, upload.id, person.claims(person.cut(upload)))


def test_not_while_paused_and_not_after_the_end(ctx: Context, person: Person) -> None:
    upload = person.creates()
    claims = person.claims(person.cut(upload))
    pause.pause_upload(ctx, "anna", upload.id)
    with pytest.raises(UploadPaused):
        person.signs(upload, claims)
    pause.resume_upload(ctx, "anna", upload.id)
    person.signs(upload, claims)
    cancel.cancel_upload(ctx, "anna", upload.id)
    with pytest.raises(UploadNotOpen):
        person.signs(upload, claims)


def test_a_pause_in_the_middle_of_signing_holds(ctx: Context, store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    claims = person.claims(person.cut(upload))
    person.signs(upload, claims)
    listed = store.list_parts

    def pause_then_list(*given: Any) -> Any:
        pause.pause_upload(ctx, "anna", upload.id)
        return listed(*given)

    store.list_parts = pause_then_list
    with pytest.raises(UploadPaused):
        person.signs(upload, claims)


def test_a_multipart_upload_that_vanished_is_opened_anew(store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    assert person.sends(upload, bodies, only={1, 2}).epoch == 1
    store.multiparts.clear()
    signed = person.signs(upload, person.claims(bodies))
    assert signed.epoch == 2
    assert not any(part.confirmed for part in signed.parts)
    assert len(store.multiparts) == 1
    person.sends(upload, bodies)
    done = person.completes(upload)
    assert (done.state, done.epoch) == ("ready", 2)
    assert store.objects[f"uploads/{upload.id}/2"][0] == noise(SIZE)


def test_an_object_that_is_there_already_confirms_everything(store: Any, person: Person, ctx: Context) -> None:
    """The store completed it, but the server died before it could write that down."""
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.sends(upload, bodies)
    completed = store.complete_multipart

    def complete_and_die(*given: Any) -> Any:
        completed(*given)
        raise SystemExit

    store.complete_multipart = complete_and_die
    with pytest.raises(SystemExit):
        person.completes(upload)
    store.complete_multipart = completed
    signed = person.signs(upload, person.claims(bodies))
    assert signed.epoch == 1
    assert all(part.confirmed for part in signed.parts)
    assert [part.sha256 for part in confirm.confirmed_parts(ctx, "anna", upload.id)[1]] == [
        sha256(body) for body in bodies
    ]
    assert person.completes(upload).state == "ready"


def test_a_store_that_is_away_is_said_and_changes_nothing(store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.sends(upload, bodies, only={1})
    store.away = True
    with pytest.raises(StoreUnavailable):
        person.signs(upload, person.claims(bodies))
    store.away = False
    signed = person.signs(upload, person.claims(bodies))
    assert signed.epoch == 1
    assert [part.confirmed for part in signed.parts] == [True, False, False]


def test_other_devices_see_it_move(ctx: Context, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    live, clock = ctx.live, ctx.clock
    assert isinstance(live, MemoryLive)
    assert isinstance(clock, ManualClock)
    person.sends(upload, bodies, only={1})
    live.owners.clear()
    clock.move(3)
    person.signs(upload, person.claims(bodies)[1:2])
    assert live.owners == [], "the last count is too young"
    clock.move(6)
    person.signs(upload, person.claims(bodies)[2:])
    assert live.owners == ["anna"]
    from smartupload.service.uploads import library

    assert library.list_uploads(ctx, "anna").uploads[0].confirmed_bytes == 8 * MIB


def test_an_upload_that_goes_on_does_not_expire(ctx: Context, person: Person) -> None:
    upload = person.creates(size=SIZE)
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(5 * 86400)
    person.signs(upload, person.claims(person.cut(upload)))
    now = confirm.confirmed_parts(ctx, "anna", upload.id)[0]
    assert (now.expires_at - upload.expires_at).days == 5
