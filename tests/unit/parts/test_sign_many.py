"""Signing parts of many uploads in one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import event

from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.errors import Problem
from smartupload.models import Part
from smartupload.ports import SignedRequest
from smartupload.service.context import Context
from smartupload.service.parts import sign
from smartupload.service.parts.part_claims import PartClaim, Terms
from smartupload.service.parts.sign import SignedParts, Wanted
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import moving, rows
from smartupload.service.uploads import cancel, pause
from tests.fixtures_store import MIB, noise, sha256
from tests.unit.person import Person


def wanted(upload: UploadView, seed: int = 0, only: Sequence[int] | None = None, **terms: Any) -> Wanted:
    body = noise(upload.size, seed)
    bodies = [body[at : at + upload.part_size] for at in range(0, upload.size, upload.part_size)]
    claims = [PartClaim(number, len(one), sha256(one)) for number, one in enumerate(bodies, 1)]
    return Wanted(upload.id, [claim for claim in claims if only is None or claim.number in only], Terms(**terms))


def signs(ctx: Context, *asked: Wanted, owner: str = "anna") -> list[Any]:
    """For each what is signed, or the code of what it was refused with."""
    return [one.code if isinstance(one, Problem) else one for one in sign.sign_uploads(ctx, owner, asked)]


def put(store: MemoryStore, upload: UploadView, signed: SignedParts, seed: int = 0) -> None:
    body = noise(upload.size, seed)
    for part in signed.parts:
        at = (part.number - 1) * upload.part_size
        assert store.put(SignedRequest(part.url, part.headers or {}), body[at : at + upload.part_size]) == 200


def test_all_are_signed_and_the_store_is_not_asked(ctx: Context, store: MemoryStore, person: Person) -> None:
    uploads = [person.creates() for _ in range(20)]
    large = person.creates(size=20 * MIB)
    store.calls.clear()
    signed = signs(ctx, *(wanted(upload) for upload in uploads), wanted(large, only=[1, 3]))
    assert store.calls == []
    assert [[part.number for part in one.parts] for one in signed] == [[1]] * 20 + [[1, 3]]
    for upload, one in zip(uploads, signed, strict=False):
        put(store, upload, one)
        assert person.completes(upload).state == "ready"


def test_it_is_written_down_as_for_one_alone(ctx: Context, person: Person) -> None:
    one, other = person.creates(), person.creates()
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(60)
    signs(ctx, wanted(one, version="v"))
    person.signs(other, list(wanted(other).claims), version="v")
    first, second = (rows.load(ctx, "anna", upload.id) for upload in (one, other))
    names = ("state", "signed_at", "handed_over_at", "moved_at", "updated_at", "expires_at", "checksum", "versions")
    assert [getattr(first, name) for name in names] == [getattr(second, name) for name in names]
    assert first.signed_at == ctx.clock.now()
    parts = [rows.digests(ctx, row)[1].model_dump(exclude={"upload_id"}) for row in (first, second)]
    assert parts[0] == parts[1]


def test_each_is_refused_for_itself(ctx: Context, person: Person) -> None:
    good, paused, gone, other_size = (person.creates() for _ in range(4))
    pause.pause_upload(ctx, "anna", paused.id)
    cancel.cancel_upload(ctx, "anna", gone.id)
    theirs = Person(ctx, "ben").creates()
    found = signs(
        ctx,
        wanted(paused),
        wanted(gone),
        wanted(theirs),
        Wanted("nobody", wanted(good).claims),
        Wanted("\0", wanted(good).claims),
        Wanted(other_size.id, [PartClaim(1, 999, sha256(b""))]),
        Wanted(other_size.id, [PartClaim(2, 999, sha256(b""))]),
        Wanted(other_size.id, [PartClaim(1, 1000, "abc")]),
        Wanted(other_size.id, []),
        wanted(good),
    )
    assert found[:-1] == [
        "upload_paused", "upload_not_open", "upload_not_found", "upload_not_found", "upload_not_found",
        "part_size_mismatch", "part_out_of_range", "invalid_request", "invalid_request",
    ]  # fmt: skip
    assert [part.number for part in found[-1].parts] == [1]
    assert rows.load(ctx, "ben", theirs.id).signed_at is None


def test_what_is_there_is_said_and_what_is_not_is_signed_again(
    ctx: Context, store: MemoryStore, person: Person
) -> None:
    there, lost, new = (person.creates() for _ in range(3))
    for upload, signed in zip((there, lost), signs(ctx, wanted(there), wanted(lost)), strict=True):
        if upload is there:
            put(store, upload, signed)
    found = signs(ctx, wanted(there), wanted(lost), wanted(new))
    assert [one.parts[0].confirmed for one in found] == [True, False, False]


def test_another_version(ctx: Context, person: Person) -> None:
    kept, replaced, own = (person.creates() for _ in range(3))
    signs(ctx, *(wanted(upload, version="one") for upload in (kept, replaced, own)))
    refused, opened, again = signs(
        ctx,
        wanted(kept, 1, version="two"),
        wanted(replaced, 1, version="two", epoch=1, replace=True),
        wanted(own, version="one", epoch=1),
    )
    assert refused == "other_version"
    assert (opened.epoch, len(opened.parts)) == (2, 1)
    assert (again.epoch, again.parts[0].confirmed) == (1, False)


def test_another_epoch_than_the_browser_knows(ctx: Context, person: Person) -> None:
    upload = person.creates()
    [signed] = signs(ctx, wanted(upload, epoch=7))
    assert signed == SignedParts(1, [])
    assert rows.load(ctx, "anna", upload.id).signed_at is None


def test_one_upload_twice_is_asked_one_after_the_other(ctx: Context, person: Person) -> None:
    upload = person.creates(size=20 * MIB)
    first, second, third = signs(
        ctx, wanted(upload, only=[1], version="v"), wanted(upload, only=[2], version="v"), wanted(upload, only=[1])
    )
    assert [[part.number for part in one.parts] for one in (first, second, third)] == [[1], [2], [1]]
    signed = rows.digests(ctx, rows.load(ctx, "anna", upload.id))
    assert {number: part.versions for number, part in signed.items()} == {1: "v ", 2: "v"}


def test_signed_by_somebody_else_in_the_meantime(ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and writing: what it has become decides, for that one alone."""
    fast, slow = person.creates(), person.creates()
    locked = moving.locked

    def first_another(session: Any, *given: Any) -> Any:
        found = locked(session, *given)
        monkeypatch.setattr(moving, "locked", locked)
        session.add(Part(upload_id=fast.id, number=1, epoch=1, size=1000, sha256=sha256(b"other"), versions="x"))
        session.flush()
        return found

    monkeypatch.setattr(moving, "locked", first_another)
    refused, signed = signs(ctx, wanted(fast, version="v"), wanted(slow, version="v"))
    assert refused == "other_version"
    assert [part.number for part in signed.parts] == [1]


def test_a_database_that_fails_has_signed_nothing(ctx: Context, person: Person) -> None:
    uploads = [person.creates() for _ in range(3)]

    def full(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if statement.startswith("INSERT INTO part"):
            raise OSError("disk full")

    event.listen(ctx.db.engine, "before_cursor_execute", full)
    with pytest.raises(Exception, match="disk full"):
        signs(ctx, *(wanted(upload) for upload in uploads))
    event.remove(ctx.db.engine, "before_cursor_execute", full)
    for upload in uploads:
        row = rows.load(ctx, "anna", upload.id)
        assert (row.signed_at, rows.digests(ctx, row)) == (None, {})
    assert [one.epoch for one in signs(ctx, *(wanted(upload) for upload in uploads))] == [1, 1, 1]
