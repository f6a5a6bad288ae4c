"""Another name for a file that is there."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.errors import (
    BadName,
    HookUnavailable,
    NotReady,
    Problem,
    TypeMismatch,
    TypeNotAllowed,
    UploadNotFound,
    UploadRefused,
)
from smartupload.models import Audit
from smartupload.service.context import Context
from smartupload.service.links import share
from smartupload.service.records import rows
from smartupload.service.uploads import cancel, library, naming
from tests.fixtures_store import noise, sha256
from tests.hooks import Says, with_hooks
from tests.unit.person import Person, put_into


def done(ctx: Context, action: str) -> list[tuple[str, str]]:
    with ctx.db.read() as session:
        return [(one.upload_id, one.detail) for one in session.exec(select(Audit).where(Audit.action == action))]


def test_page_list_and_download_say_it_and_the_log_does_not(ctx: Context, person: Person) -> None:
    upload = person.uploads("a.bin")
    assert isinstance(ctx.live, MemoryLive)
    ctx.live.owners.clear()
    renamed = naming.rename_upload(ctx, "anna", upload.id, "x/ Übersicht\u202e .bin ")
    assert renamed.name == "Übersicht .bin", "cleaned as that of a new file is"
    assert library.list_uploads(ctx, "anna").uploads[0].name == renamed.name
    assert share.shared_file(ctx, upload.share_token).name == renamed.name
    address = parse_qs(urlsplit(library.download_url(ctx, "anna", upload.id)).query)
    assert address["disposition"][0].endswith("filename*=UTF-8''%C3%9Cbersicht%20.bin")
    assert done(ctx, "renamed") == [(upload.id, "{}")]
    assert ctx.live.owners == ["anna"]
    assert renamed.updated_at >= upload.updated_at


def test_the_same_name_changes_nothing(ctx: Context, person: Person) -> None:
    upload = person.uploads("a.bin")
    assert naming.rename_upload(ctx, "anna", upload.id, " a.bin") == library.get_upload(ctx, "anna", upload.id)
    assert done(ctx, "renamed") == []


@pytest.mark.parametrize("state", ["uploading", "paused", "verifying", "scanning", "blocked", "failed", "expired"])
def test_only_a_file_that_is_there(ctx: Context, person: Person, state: str) -> None:
    upload = person.creates("a.bin")
    put_into(ctx, upload.id, state)
    with pytest.raises(NotReady) as refused:
        naming.rename_upload(ctx, "anna", upload.id, "b.bin")
    assert refused.value.extra["state"] == state
    assert library.list_uploads(ctx, "anna").uploads[0].name == "a.bin"


def test_the_owners_alone(ctx: Context, person: Person) -> None:
    upload = person.uploads("a.bin")
    for owner in ("ben", ""):
        with pytest.raises(UploadNotFound):
            naming.rename_upload(ctx, owner, upload.id, "b.bin")
    put_into(ctx, upload.id, "ready", sender="ben", drop_id="d")
    with pytest.raises(UploadNotFound):
        naming.rename_upload(ctx, "ben", upload.id, "b.bin")
    assert naming.rename_upload(ctx, "anna", upload.id, "b.bin").name == "b.bin"
    cancel.cancel_upload(ctx, "anna", upload.id)
    with pytest.raises(UploadNotFound):
        naming.rename_upload(ctx, "anna", upload.id, "c.bin")


@pytest.mark.parametrize("name", ["", " . ", "\u200b", "///"])
def test_no_name_is_left(ctx: Context, person: Person, name: str) -> None:
    upload = person.uploads("a.bin")
    with pytest.raises(BadName):
        naming.rename_upload(ctx, "anna", upload.id, name)


def with_bytes(ctx: Context, upload_id: str, body: bytes) -> None:
    """Its file begins with that."""
    row = rows.find(ctx, upload_id)
    assert row is not None
    assert isinstance(ctx.store, MemoryStore)
    whole = body + noise(row.size - len(body), 1)
    ctx.store.objects[row.key] = (whole, sha256(whole))


@pytest.mark.parametrize(
    ("name", "allowed", "error"),
    [("a.jpg", "", TypeMismatch), ("a.pdf", ".bin", TypeNotAllowed), ("a.pdf", ".bin,.pdf", None)],
)
def test_its_bytes_have_a_say(make_context: Any, name: str, allowed: str, error: type[Problem] | None) -> None:
    ctx = make_context(**({"allowed_types": allowed} if allowed else {}))
    upload = Person(ctx).uploads("a.bin")
    with_bytes(ctx, upload.id, b"%PDF-1.7\n")
    if error:
        with pytest.raises(error):
            naming.rename_upload(ctx, "anna", upload.id, name)
        return
    assert naming.rename_upload(ctx, "anna", upload.id, name).type == "application/pdf"


@pytest.mark.parametrize(
    ("before", "said", "after", "kind"),
    [
        ("a.txt", "text/plain", "b.txt", "text/plain"),
        ("a.txt", "text/plain", "b.csv", "text/csv"),
        ("a.txt", "text/plain", "b", "text/plain"),
        ("a", "", "b.txt", "text/plain"),
    ],
)
def test_the_type_follows_the_extension(
    ctx: Context, person: Person, before: str, said: str, after: str, kind: str
) -> None:
    upload = person.uploads(before, type=said)
    assert naming.rename_upload(ctx, "anna", upload.id, after).type == kind


def test_the_app_has_a_say(ctx: Context, person: Person) -> None:
    upload = person.uploads("a.bin", metadata={"ticket": "42"})
    hook = Says(file_name=lambda file: f"{file.metadata['ticket']} {file.name}", may_upload=None, folder="elsewhere")
    assert naming.rename_upload(with_hooks(ctx, hook), "anna", upload.id, "b.bin").name == "42 b.bin"
    with pytest.raises(UploadRefused, match="Not so"):
        naming.rename_upload(with_hooks(ctx, Says(may_upload="Not so.")), "anna", upload.id, "c.bin")
    with pytest.raises(HookUnavailable):
        naming.rename_upload(with_hooks(ctx, Says(file_name="..")), "anna", upload.id, "c.bin")
    row = rows.find(ctx, upload.id)
    assert row is not None
    assert row.key.startswith(f"uploads/{upload.id}/"), "where it lies stays"


def test_a_file_that_the_store_has_lost(ctx: Context, person: Person, store: MemoryStore) -> None:
    upload = person.uploads("a.bin")
    store.objects.clear()
    with pytest.raises(UploadNotFound):
        naming.rename_upload(ctx, "anna", upload.id, "b.bin")
