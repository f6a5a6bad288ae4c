"""All of somebody is deleted, and nothing of anybody else; the archive holds what is theirs."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from smartupload.adapters.memory import MemoryStore
from smartupload.models import CANCELLED, Upload, Usage
from smartupload.ports import SignedIn
from smartupload.service.access import sessions
from smartupload.service.audit import doer, read
from smartupload.service.audit.doer import Doer
from smartupload.service.context import Context
from smartupload.service.housekeeping import remove
from smartupload.service.owner import owner_of_person
from smartupload.service.personal import archive, erase, kept
from smartupload.service.records import rows
from smartupload.service.uploads import create
from tests.unit.person import Person


def rows_of(ctx: Context, owner: str) -> list[Upload]:
    with ctx.db.read() as session:
        return list(session.query(Upload).where(Upload.owner == owner))  # pyright: ignore[reportArgumentType]


def test_more_than_one_round(ctx: Context, store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erase, "AT_ONCE", 3)
    person, other = Person(ctx), Person(ctx, "ben")
    for number in range(7):
        person.uploads(f"{number}.bin")
    kept = other.uploads("kept.bin")
    with doer.acting(Doer("anna", "192.0.2.7")):
        assert erase.erase(ctx, "anna") == 7
    assert rows_of(ctx, "anna") == []
    assert [row.state for row in rows_of(ctx, "ben")] == ["ready"]
    remove.sweep(ctx)
    assert [item.key for item in store.list_objects("uploads/")] == [f"uploads/{kept.id}/1"]
    found = [entry for entry in read.all_of(ctx.db) if entry.action in ("deleted", "erased")]
    assert len(found) == 8
    assert {entry.address for entry in found} == {"192.0.2.7"}
    (instead,) = {entry.who for entry in found}
    assert instead.startswith("erased-")
    assert {row.state for row in rows_of(ctx, instead)} == {CANCELLED}
    with ctx.db.read() as session:
        assert session.get(Usage, "anna") is None


def test_whoever_comes_back_begins_anew(ctx: Context, person: Person) -> None:
    first = create.create_upload(ctx, "anna", create.NewFile("a.bin", 70), "one key")
    erase.erase(ctx, "anna")
    again = create.create_upload(ctx, "anna", create.NewFile("a.bin", 70), "one key")
    assert again.id != first.id
    assert erase.erase(ctx, "") == 0, "nobody has nothing, and is not everybody"
    assert [row.id for row in rows_of(ctx, "anna")] == [again.id]


def test_a_store_that_is_away_keeps_nobody_from_being_forgotten(
    ctx: Context, person: Person, store: MemoryStore
) -> None:
    person.uploads("a.bin")
    store.away = True
    assert erase.erase(ctx, person.owner) == 1
    assert rows_of(ctx, person.owner) == []
    store.away = False
    remove.sweep(ctx)
    assert store.list_objects("uploads/") == []


def test_a_file_that_the_store_does_not_give_now_has_an_address(
    ctx: Context, person: Person, store: MemoryStore
) -> None:
    upload = person.uploads("a.bin")
    store.away = True
    made = zipfile.ZipFile(io.BytesIO(b"".join(archive.archive(ctx, person.owner))))
    assert not [name for name in made.namelist() if name.startswith("files/")]
    assert upload.id in made.read("files.json").decode()
    assert '"url"' in made.read("files.json").decode()


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\a.bin", ".hidden", "..."])
def test_no_name_leads_out_of_the_archive(ctx: Context, person: Person, name: str) -> None:
    upload = person.uploads("a.bin")
    with ctx.db.write() as session:
        row = session.get(Upload, upload.id)
        assert row is not None
        row.name = name
    made = zipfile.ZipFile(io.BytesIO(b"".join(archive.archive(ctx, person.owner))))
    (file,) = [path for path in made.namelist() if path.startswith("files/")]
    assert file.count("/") == 2
    assert "\\" not in file
    assert ".." not in file.split("/")


def test_where_somebody_signed_in_is_taken_along_and_deleted(ctx: Context) -> None:
    issuer = "https://login.example.org"
    secrets = {
        subject: sessions.begin(ctx, SignedIn(issuer, subject, "s", subject.title(), f"{subject}@example.org"))
        for subject in ("anna", "ben")
    }
    owner = owner_of_person(issuer, "anna")
    (one,) = kept.sign_ins(ctx, owner)
    assert (one["subject"], one["email"]) == ("anna", "anna@example.org")
    assert not {"id", "owner"} & set(one)
    erase.erase(ctx, owner)
    assert sessions.find(ctx, secrets["anna"]) is None
    assert sessions.find(ctx, secrets["ben"]) is not None


def test_what_is_begun_meanwhile_is_theirs_no_longer_either(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a browser that still sends, after the last look and before its owner is nobody."""
    person = Person(ctx)
    person.uploads("a.bin")
    looks: list[str] = []

    def looked(*_: Any) -> list[Upload]:
        looks.append(person.creates("late.bin").id if len(looks) == 1 else "")
        return []

    monkeypatch.setattr(erase, "_on_their_way", looked)
    erase.erase(ctx, "anna")
    late = rows.find(ctx, looks[1])
    assert late is not None
    assert (late.state, late.name) == (CANCELLED, "")
