"""Handing over: which forms a browser gets, for how long, and what it need not send."""

from __future__ import annotations

from typing import Any

import pytest

from smartupload.adapters.memory import MemoryStore
from smartupload.errors import (
    HandoverUnavailable,
    InvalidRequest,
    PartOutOfRange,
    PartSizeMismatch,
    StoreUnavailable,
    UploadNotFound,
    UploadNotOpen,
    UploadPaused,
)
from smartupload.service.context import Context
from smartupload.service.parts import confirm, handover
from smartupload.service.parts.sign import PartClaim
from smartupload.service.uploads import cancel, library, pause
from tests.fixtures_store import MIB, sha256
from tests.unit.person import Person

SIZE = 20 * MIB


def test_forms_for_what_has_not_arrived(store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.sends(upload, bodies, only={1})
    forms = person.hands_over(upload, bodies)
    assert forms.epoch == 1
    assert [(part.number, part.confirmed) for part in forms.parts] == [(1, True), (2, False), (3, False)]
    second = forms.parts[1]
    assert second.fields == {"key": f"handover/{upload.id}/1/2", "x-amz-checksum-sha256": sha256(bodies[1])}
    assert second.expires_in == 7 * 86400
    person.posts(forms, bodies, only={3})
    again = person.hands_over(upload, bodies)
    assert [part.confirmed for part in again.parts] == [True, False, True], "part objects count"
    assert [part.confirmed for part in person.signs(upload, person.claims(bodies)).parts] == [True, False, True]
    assert "copy_part" not in store.calls, "a browser that asks never waits for copies"


@pytest.mark.parametrize(("days", "seconds"), [("2", 2 * 86400), ("30", 7 * 86400)])
def test_forms_live_as_long_as_the_upload_or_a_signature(make_context: Any, days: str, seconds: int) -> None:
    person = Person(make_context(abandon_after_days=days))
    upload = person.creates()
    assert person.hands_over(upload, person.cut(upload)).parts[0].expires_in == seconds


def test_what_was_handed_over_is_seen_everywhere(ctx: Context, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.sends(upload, bodies, only={1})
    person.posts(person.hands_over(upload, bodies), bodies, only={3})
    view, parts = confirm.confirmed_parts(ctx, "anna", upload.id)
    assert [(part.number, part.sha256) for part in parts] == [(1, sha256(bodies[0])), (3, sha256(bodies[2]))]
    assert view.confirmed_bytes == 12 * MIB
    person.posts(person.hands_over(upload, bodies), bodies)
    ctx.clock.move(3)  # pyright: ignore[reportAttributeAccessIssue]
    assert library.list_uploads(ctx, "anna").uploads[0].confirmed_bytes == SIZE
    assert person.completes(upload).state == "ready"


def test_other_bytes_for_a_part_object_are_not_confirmed(person: Person, store: Any) -> None:
    """The file changed on the disk after it was handed over."""
    upload = person.creates(size=SIZE)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    person.posts(person.hands_over(upload, old), old)
    forms = person.hands_over(upload, new)
    assert not any(part.confirmed for part in forms.parts)
    person.posts(forms, new)
    assert person.completes(upload).state == "ready"
    assert store.objects[f"uploads/{upload.id}/2"][0] == b"".join(new)


def test_a_part_object_of_bytes_signed_before_never_gets_into_the_file(person: Person, store: Any) -> None:
    upload = person.creates(size=SIZE)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    late = person.hands_over(upload, old)
    person.sends(upload, new)
    person.posts(late, old)
    assert person.completes(upload).state == "ready"
    assert store.objects.keys() == {f"uploads/{upload.id}/2"}
    assert store.objects[f"uploads/{upload.id}/2"][0] == b"".join(new)


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ([], InvalidRequest),
        ([PartClaim(4, 8 * MIB, sha256(b"a"))], PartOutOfRange),
        ([PartClaim(3, 8 * MIB, sha256(b"a"))], PartSizeMismatch),
        ([PartClaim(1, 8 * MIB, "abc")], InvalidRequest),
        ([PartClaim(number, 8 * MIB, sha256(b"a")) for number in range(1, 102)], InvalidRequest),
    ],
)
def test_claims_that_cannot_be(ctx: Context, person: Person, claims: list[PartClaim], error: type[Exception]) -> None:
    upload = person.creates(size=SIZE)
    with pytest.raises(error):
        handover.hand_over(ctx, "anna", upload.id, claims)


def test_not_for_others_not_while_paused_not_after_the_end(ctx: Context, person: Person) -> None:
    upload = person.creates()
    bodies = person.cut(upload)
    with pytest.raises(UploadNotFound):
        Person(ctx, "ben").hands_over(upload, bodies)
    pause.pause_upload(ctx, "anna", upload.id)
    with pytest.raises(UploadPaused):
        person.hands_over(upload, bodies)
    cancel.cancel_upload(ctx, "anna", upload.id)
    with pytest.raises(UploadNotOpen):
        person.hands_over(upload, bodies)


def test_a_store_without_forms_says_so(make_context: Any) -> None:
    store = MemoryStore()
    store.takes_forms = False
    person = Person(make_context(store))
    upload = person.creates()
    with pytest.raises(UploadNotFound):
        Person(person.ctx, "ben").hands_over(upload, person.cut(upload))
    with pytest.raises(HandoverUnavailable):
        person.hands_over(upload, person.cut(upload))
    assert person.signs(upload, person.claims(person.cut(upload))).parts[0].url


def test_a_store_that_is_away_is_said(store: Any, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.hands_over(upload, bodies)
    store.away = True
    with pytest.raises(StoreUnavailable):
        person.hands_over(upload, bodies)
