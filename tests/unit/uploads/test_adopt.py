from __future__ import annotations

from typing import Any

import pytest

from smartupload.adapters.memory import ManualClock, MemoryLive
from smartupload.errors import UploadNotFound
from smartupload.service.context import Context
from smartupload.service.parts import confirm, reopen
from smartupload.service.records import rows
from smartupload.service.uploads import adopt, cancel, library
from tests.unit.person import Person

MIB = 1024 * 1024


def test_who_has_the_key_goes_on_from_the_last_confirmed_part(ctx: Context, person: Person) -> None:
    upload = person.creates(size=20 * MIB, key="secret")
    bodies = person.cut(upload)
    person.sends(upload, bodies, only={1})

    again = Person(ctx, "the same, with a new cookie")
    adopted = adopt.adopt_upload(ctx, again.owner, upload.id, "secret")
    assert (adopted.id, adopted.share_token, adopted.epoch) == (upload.id, upload.share_token, upload.epoch)
    _, parts = confirm.confirmed_parts(ctx, again.owner, upload.id)
    assert [part.number for part in parts] == [1]
    again.sends(upload, bodies, only={2, 3})
    assert again.completes(upload).state == "ready"


def test_its_bytes_are_asked_for_anew_this_very_moment(
    ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in another epoch then, and the same upload."""
    upload = person.creates(key="secret")
    change = rows.change

    def meanwhile(*given: Any, **values: Any) -> Any:
        monkeypatch.setattr(rows, "change", change)
        row = rows.find(ctx, upload.id)
        assert row is not None
        reopen.open_anew(ctx, row, mismatches=0)
        return change(*given, **values)

    monkeypatch.setattr(rows, "change", meanwhile)
    adopted = adopt.adopt_upload(ctx, "berta", upload.id, "secret")
    assert (adopted.id, adopted.epoch) == (upload.id, upload.epoch + 1)
    assert library.get_upload(ctx, "berta", upload.id).id == upload.id


def test_the_old_owner_has_it_no_more_and_both_hear_of_it(ctx: Context, person: Person) -> None:
    upload = person.creates(key="secret")
    assert isinstance(ctx.live, MemoryLive)
    ctx.live.owners.clear()
    adopt.adopt_upload(ctx, "berta", upload.id, "secret")
    assert set(ctx.live.owners) == {person.owner, "berta"}
    assert library.list_uploads(ctx, person.owner).uploads == []
    assert [one.id for one in library.list_uploads(ctx, "berta").uploads] == [upload.id]


def test_a_finished_file_can_be_taken_along(ctx: Context, person: Person) -> None:
    upload = person.creates(key="secret")
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    assert adopt.adopt_upload(ctx, "berta", upload.id, "secret").state == "ready"


def test_claiming_ones_own_changes_nothing(ctx: Context, person: Person) -> None:
    upload = person.creates(key="secret")
    assert adopt.adopt_upload(ctx, person.owner, upload.id, "secret").id == upload.id
    assert [one.id for one in library.list_uploads(ctx, person.owner).uploads] == [upload.id]


@pytest.mark.parametrize("key", ["", " ", "secre", "secret2", "sécret"])
def test_any_other_key_finds_nothing(ctx: Context, person: Person, key: str) -> None:
    upload = person.creates(key="secret")
    with pytest.raises(UploadNotFound):
        adopt.adopt_upload(ctx, "berta", upload.id, key)
    assert library.get_upload(ctx, person.owner, upload.id).id == upload.id


def test_nothing_to_adopt(ctx: Context, person: Person) -> None:
    upload = person.creates(key="secret")
    cancel.cancel_upload(ctx, person.owner, upload.id)
    for owner, upload_id in (("berta", upload.id), ("berta", "no such upload"), ("", upload.id)):
        with pytest.raises(UploadNotFound):
            adopt.adopt_upload(ctx, owner, upload_id, "secret")


def test_a_key_that_the_new_owner_has_used_for_something_else(ctx: Context, person: Person) -> None:
    upload = person.creates(key="1")
    Person(ctx, "berta").creates(name="another.bin", key="1")
    with pytest.raises(UploadNotFound):
        adopt.adopt_upload(ctx, "berta", upload.id, "1")
    assert library.get_upload(ctx, person.owner, upload.id).id == upload.id


def test_who_was_here_before_the_upload_is_somebody_else(ctx: Context, person: Person) -> None:
    """Two people share a computer: its journal has the key, but the second one is no browser that lost its cookie."""
    other = Person(ctx, "berta")
    theirs = other.creates(name="older.bin")
    clock = ctx.clock
    assert isinstance(clock, ManualClock)
    for gone in (False, True):
        clock.move(1)
        upload = person.creates(key=f"secret {gone}")
        if gone:
            cancel.cancel_upload(ctx, other.owner, theirs.id)
        with pytest.raises(UploadNotFound):
            adopt.adopt_upload(ctx, other.owner, upload.id, f"secret {gone}")
        assert library.get_upload(ctx, person.owner, upload.id).id == upload.id


def test_a_new_owner_who_has_begun_something_since_is_still_new(ctx: Context, person: Person) -> None:
    upload = person.creates(key="secret")
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(1)
    other = Person(ctx, "berta")
    other.creates(name="newer.bin")
    assert adopt.adopt_upload(ctx, other.owner, upload.id, "secret").id == upload.id


@pytest.mark.parametrize("order", [1, -1], ids=["oldest first", "newest first"])
def test_all_that_was_left_behind_can_be_taken_along(ctx: Context, person: Person, order: int) -> None:
    """What was adopted does not make its new owner one who was here before; that owner may lose the cookie as well."""
    assert isinstance(ctx.clock, ManualClock)
    uploads = []
    for number in range(3):
        uploads.append(person.creates(key=f"secret {number}"))
        ctx.clock.move(1)
    for owner in ("berta", "carla"):
        for number in range(3)[::order]:
            adopt.adopt_upload(ctx, owner, uploads[number].id, f"secret {number}")
        assert len(library.list_uploads(ctx, owner).uploads) == 3
