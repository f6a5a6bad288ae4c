"""Lists, links, pausing and giving up."""

from __future__ import annotations

import pytest

from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryStore
from smartupload.errors import FileNotFound, InvalidRequest, NotReady, UploadNotFound, UploadNotOpen
from smartupload.service.context import Context
from smartupload.service.housekeeping import remove
from smartupload.service.links import share
from smartupload.service.parts import confirm
from smartupload.service.presentation import downloads, previews
from smartupload.service.presentation.views import ConfirmedPart
from smartupload.service.records import rows
from smartupload.service.uploads import cancel, library, pause
from tests.fixtures_store import MIB, sha256
from tests.unit.person import Person

SIZE = 20 * MIB


def test_newest_first_in_pages_without_the_cancelled(ctx: Context, person: Person) -> None:
    made = []
    for number in range(7):
        made.append(person.creates(f"{number}.bin").id)
        if number % 3:  # some share a moment
            ctx.clock.move(1)  # pyright: ignore[reportAttributeAccessIssue]
    cancel.cancel_upload(ctx, "anna", made.pop(3))
    Person(ctx, "ben").creates()
    seen: list[str] = []
    cursor = None
    for _ in range(10):
        page = library.list_uploads(ctx, "anna", cursor, 2)
        assert len(page.uploads) <= 2
        seen += [upload.id for upload in page.uploads]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == sorted(made)
    moments = [library.get_upload(ctx, "anna", upload_id).created_at for upload_id in seen]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("cursor", ["x", "%%%", "bm9wZQ", "é"])
def test_a_cursor_that_is_not_ours(ctx: Context, cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        library.list_uploads(ctx, "anna", cursor)


def test_nobody_has_no_files(ctx: Context, person: Person) -> None:
    person.creates()
    assert library.list_uploads(ctx, "").uploads == []


def test_confirmed_parts_come_from_the_store(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates(size=SIZE)
    store.calls.clear()
    assert confirm.confirmed_parts(ctx, "anna", upload.id)[1] == []
    assert store.calls == [], "nothing was signed, so nothing can be there"
    bodies = person.cut(upload)
    person.sends(upload, bodies, only={1, 3})
    view, parts = confirm.confirmed_parts(ctx, "anna", upload.id)
    assert [(part.number, part.size, part.sha256) for part in parts] == [
        (1, 8 * MIB, sha256(bodies[0])),
        (3, 4 * MIB, sha256(bodies[2])),
    ]
    assert view.confirmed_bytes == 12 * MIB
    with pytest.raises(UploadNotFound):
        confirm.confirmed_parts(ctx, "ben", upload.id)


def test_what_is_there_is_told_with_its_digest_and_who_vouches_for_it(ctx: Context, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.sends(upload, bodies, only={1})
    person.sends(upload, bodies, only={1, 2}, version="a")
    assert confirm.confirmed_parts(ctx, "anna", upload.id)[1] == [
        ConfirmedPart(1, 8 * MIB, sha256(bodies[0]), ["", "a"]),
        ConfirmedPart(2, 8 * MIB, sha256(bodies[1]), ["a"]),
    ]


def test_what_is_forgotten_is_not_told(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    person.sends(upload, bodies, only={1, 3})
    rows.forget(ctx, rows.load(ctx, "anna", upload.id), {1})
    view, parts = confirm.confirmed_parts(ctx, "anna", upload.id)
    assert [part.number for part in parts] == [3]
    assert view.confirmed_bytes == len(bodies[2])
    assert [part.confirmed for part in person.signs(upload, person.claims(bodies)).parts] == [False, False, True]


def test_looking_finds_a_vanished_multipart_upload(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload), only={1})
    store.multiparts.clear()
    view, parts = confirm.confirmed_parts(ctx, "anna", upload.id)
    assert (view.epoch, view.confirmed_bytes, parts) == (2, 0, [])


def test_a_paused_upload_that_vanished_stays_paused(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload), only={1})
    pause.pause_upload(ctx, "anna", upload.id)
    store.multiparts.clear()
    assert confirm.confirmed_parts(ctx, "anna", upload.id)[0].state == "paused"


def test_lists_survive_a_store_that_is_away(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload), only={1})
    ctx.clock.move(60)  # pyright: ignore[reportAttributeAccessIssue]
    store.away = True
    assert library.list_uploads(ctx, "anna").uploads[0].confirmed_bytes == 0
    assert share.shared_file(ctx, upload.share_token).percent == 0
    store.away = False
    assert library.list_uploads(ctx, "anna").uploads[0].confirmed_bytes == 8 * MIB
    assert share.shared_file(ctx, upload.share_token).percent == 40


def test_a_list_asks_the_store_about_few(ctx: Context, store: MemoryStore, person: Person) -> None:
    for _ in range(12):
        upload = person.creates()
        person.sends(upload, person.cut(upload))
    ctx.clock.move(60)  # pyright: ignore[reportAttributeAccessIssue]
    store.calls.clear()
    library.list_uploads(ctx, "anna")
    assert 1 <= store.calls.count("list_parts") <= 5


def test_the_link_is_a_placeholder_and_then_the_file(ctx: Context, person: Person) -> None:
    upload = person.creates("né.html", SIZE, type="text/html")
    person.sends(upload, person.cut(upload))
    ctx.clock.move(60)  # pyright: ignore[reportAttributeAccessIssue]
    waiting = share.shared_file(ctx, upload.share_token)
    assert (waiting.state, waiting.percent, waiting.download_url) == ("uploading", 99, None)
    with pytest.raises(NotReady):
        share.download_url(ctx, upload.share_token)
    with pytest.raises(NotReady):
        library.download_url(ctx, "anna", upload.id)
    person.completes(upload)
    ready = share.shared_file(ctx, upload.share_token)
    assert (ready.state, ready.percent) == ("ready", 100)
    assert ready.download_url == f"http://localhost:3000/api/shared/{upload.share_token}/download"
    for url in (share.download_url(ctx, upload.share_token), library.download_url(ctx, "anna", upload.id)):
        assert "attachment" in url
        assert "octet-stream" in url
    with pytest.raises(UploadNotFound):
        library.download_url(ctx, "ben", upload.id)


def test_an_unknown_link(ctx: Context, person: Person) -> None:
    person.creates()
    for token in ("", "nothing"):
        with pytest.raises(FileNotFound):
            share.shared_file(ctx, token)


def test_pause_and_resume(ctx: Context, person: Person) -> None:
    upload = person.creates()
    live = ctx.live
    assert isinstance(live, MemoryLive)
    live.owners.clear()
    assert pause.pause_upload(ctx, "anna", upload.id).state == "paused"
    assert pause.pause_upload(ctx, "anna", upload.id).state == "paused"
    assert pause.resume_upload(ctx, "anna", upload.id).state == "uploading"
    assert pause.resume_upload(ctx, "anna", upload.id).state == "uploading"
    assert live.owners == ["anna", "anna"], "only what changed something is told"
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    assert pause.pause_upload(ctx, "anna", upload.id).state == "ready"
    cancel.cancel_upload(ctx, "anna", upload.id)
    with pytest.raises(UploadNotOpen):
        pause.resume_upload(ctx, "anna", upload.id)


def test_cancelling_frees_the_store(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload), only={1})
    with pytest.raises(UploadNotFound):
        cancel.cancel_upload(ctx, "ben", upload.id)
    cancel.cancel_upload(ctx, "anna", upload.id)
    assert store.multiparts == {}
    store.calls.clear()
    cancel.cancel_upload(ctx, "anna", upload.id)
    assert store.calls == [], "the second time there is nothing to do"
    assert library.get_upload(ctx, "anna", upload.id).state == "cancelled"
    with pytest.raises(FileNotFound):
        share.shared_file(ctx, upload.share_token)


def test_deleting_a_ready_file(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.uploads()
    cancel.cancel_upload(ctx, "anna", upload.id)
    assert store.objects == {}
    with pytest.raises(FileNotFound):
        share.download_url(ctx, upload.share_token)


def test_cancelling_holds_when_the_store_is_away_and_is_swept_up_later(
    ctx: Context, store: MemoryStore, person: Person
) -> None:
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload), only={1})
    store.away = True
    cancel.cancel_upload(ctx, "anna", upload.id)
    assert library.list_uploads(ctx, "anna").uploads == []
    assert remove.sweep(ctx) == 0
    store.away = False
    assert remove.sweep(ctx) == 1
    assert store.multiparts == {}
    assert remove.sweep(ctx) == 0


def test_counts_are_not_made_anew_at_every_look(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates(size=SIZE)
    person.sends(upload, person.cut(upload), only={1})
    clock = ctx.clock
    assert isinstance(clock, ManualClock)
    clock.move(60)
    store.calls.clear()
    for _ in range(5):
        library.get_upload(ctx, "anna", upload.id)
    assert store.calls == ["list_parts"]


def test_the_app_reads_from_any_byte_on(ctx: Context, person: Person) -> None:
    upload = person.uploads(size=1000)
    body = b"".join(library.read(ctx, upload.id))
    for start in (0, 1, 999, 1000, 1001, 10**9):
        assert b"".join(library.read(ctx, upload.id, start)) == body[start:]
    with pytest.raises(ValueError, match="start is -1: the first byte of a file is at 0"):
        library.read(ctx, upload.id, -1)


def test_what_cannot_be_read_says_what_is_so(ctx: Context, person: Person) -> None:
    deleted = person.uploads()
    reading = library.read(ctx, deleted.id)
    cancel.cancel_upload(ctx, "anna", deleted.id)
    remove.sweep(ctx)
    for over in (lambda: library.read(ctx, deleted.id), lambda: next(reading)):
        with pytest.raises(UploadNotFound):
            over()
    upload = person.creates()
    sentences = {
        "uploading": NotReady.sentence,
        "blocked": "This file was refused after it had arrived. Nobody can open it.",
        "failed": "The file could not be made of what was sent. It has to be sent anew.",
        "expired": "This upload stood still for too long and was given up. The file has to be sent anew.",
    }
    row = rows.load(ctx, "anna", upload.id)
    for row.state, sentence in sentences.items():
        for get in (downloads.contents, downloads.download_url, previews.preview_url, previews.text_of):
            with pytest.raises(NotReady) as over:
                get(ctx, row)
            assert (over.value.detail, over.value.extra) == (sentence, {"state": row.state})
    row.error_detail = "A virus was found in this file (Eicar)."
    with pytest.raises(NotReady, match="A virus was found"):
        downloads.contents(ctx, row)
