"""What is shown on a page, and what never is."""

from __future__ import annotations

import codecs
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from smartupload.adapters.memory import MemoryStore
from smartupload.errors import NoPreview, NotReady
from smartupload.models import Upload
from smartupload.service import context
from smartupload.service.context import Context, Looks
from smartupload.service.files import pictures
from smartupload.service.links import share
from smartupload.service.presentation import previews
from smartupload.service.records import rows
from tests.unit.files.test_pictures import FAR, SIZES, png
from tests.unit.person import Person


def file(kind: str, sniffed: str = "", size: int = 1000) -> Upload:
    given: dict[str, Any] = {"type": kind, "sniffed": sniffed, "size": size}
    return Upload(**given)


@pytest.mark.parametrize(
    ("kind", "shows"),
    [
        ("image/png", "picture"),
        ("image/jpeg", "picture"),
        ("application/pdf", "pdf"),
        ("audio/mpeg", "audio"),
        ("video/mp4", "video"),
        ("text/plain", "text"),
        ("text/plain; charset=utf-8", "text"),
        ("text/csv", "text"),
        ("application/json", "text"),
        ("image/svg+xml", ""),
        ("image/heic", ""),
        ("text/html", ""),
        ("application/xhtml+xml", ""),
        ("text/javascript", ""),
        ("video/x+xml", ""),
        ("application/zip", ""),
        ("application/octet-stream", ""),
    ],
)
def test_kinds(kind: str, shows: str) -> None:
    assert previews.kind_of(file(kind)) == shows


def test_the_bytes_count_more_than_the_name() -> None:
    assert previews.kind_of(file("image/png", sniffed="text/html")) == ""
    assert previews.kind_of(file("application/octet-stream", sniffed="image/png")) == "picture"


def test_a_huge_picture_is_not_shown() -> None:
    assert previews.kind_of(file("image/png", size=previews.MAX_PICTURE + 1)) == ""


def test_the_address_shows_it_inline_with_its_own_type(ctx: Context, person: Person) -> None:
    row = rows.load(ctx, "anna", person.uploads("über.png").id)
    query = parse_qs(urlsplit(previews.preview_url(ctx, row)).query)
    assert query["disposition"][0].startswith("inline; filename=")
    assert query["type"] == ["image/png"]


def test_films_live_longer_than_pictures(ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(MemoryStore, "sign_download", lambda _self, *given: asked.append(given[-1]) or "memory://")
    for name in ("a.png", "a.mp4"):
        previews.preview_url(ctx, rows.load(ctx, "anna", person.uploads(name).id))
    assert asked == [previews.PREVIEW_SECONDS, previews.PLAYER_SECONDS]


def test_nothing_is_shown_before_it_is_ready_and_no_other_kind(ctx: Context, person: Person) -> None:
    row = rows.load(ctx, "anna", person.creates("a.png").id)
    for look in (previews.preview_url, previews.text_of):
        with pytest.raises(NotReady):
            look(ctx, row)
    for name in ("a.html", "a.svg", "a.zip", "a.txt"):
        with pytest.raises(NoPreview):
            previews.preview_url(ctx, rows.load(ctx, "anna", person.uploads(name).id))


def test_of_a_text_only_the_beginning_is_read(ctx: Context, person: Person, store: MemoryStore) -> None:
    upload = person.uploads("a.txt", size=previews.MAX_TEXT * 2)
    row = rows.load(ctx, "anna", upload.id)
    store.objects[row.key] = ("ü".encode() * previews.MAX_TEXT, "")
    assert previews.text_of(ctx, row) == "ü" * (previews.MAX_TEXT // 2)
    del store.objects[row.key]
    with pytest.raises(NoPreview):
        previews.text_of(ctx, row)


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (b"<b>&", "<b>&"),
        (codecs.BOM_UTF8 + "é".encode(), "é"),
        ("é😀".encode("utf-16"), "é😀"),
        (b"caf\xe9\r\n\x1b[31m", "café\r\n[31m"),
    ],
)
def test_encodings(head: bytes, text: str) -> None:
    assert previews.decoded(head) == text


def test_a_cut_character_is_left_out() -> None:
    assert previews.decoded("aü".encode()[:-1], whole=False) == "a"


def test_what_is_no_text_is_not_shown_as_one() -> None:
    with pytest.raises(NoPreview):
        previews.decoded(b"MZ\0\0")


def test_a_picture_of_too_many_pixels_is_not_given_to_a_browser(ctx: Context, person: Person) -> None:
    for name, side, is_shown in (("huge.png", 30_000, False), ("large.png", 10_000, True)):
        body = png(side, side) + b"\0" * 1000
        upload = person.creates(name, len(body), type="image/png")
        person.sends(upload, [body])
        assert person.completes(upload).state == "ready"
        row = rows.load(ctx, person.owner, upload.id)
        page = share.shared_page(ctx, row.share_token, person.owner).file
        assert share.shared_file(ctx, row.share_token).preview == page.preview == ("picture" if is_shown else "")
        if is_shown:
            assert previews.preview_url(ctx, row)
            assert page.no_preview == ""
            continue
        assert page.no_preview.startswith("This picture has 900 megapixels, more than the 100")
        with pytest.raises(NoPreview, match="900 megapixels"):
            previews.preview_url(ctx, row)


def ready(ctx: Context, person: Person, store: MemoryStore, name: str, body: bytes) -> Upload:
    """A file with these bytes, which is ready."""
    row = rows.load(ctx, person.owner, person.uploads(name, len(body)).id)
    store.objects[row.key] = (body, "")
    return row


def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int | None]]:
    """The reads of the store from now on."""
    asked: list[tuple[int, int | None]] = []
    read = MemoryStore.read

    def reads(store: MemoryStore, key: str, start: int = 0, length: int | None = None) -> Any:
        asked.append((start, length))
        return read(store, key, start, length)

    monkeypatch.setattr(MemoryStore, "read", reads)
    return asked


@pytest.mark.parametrize("which", FAR)
def test_a_picture_whose_size_is_too_far_in_is_not_shown_and_read_little(
    ctx: Context, person: Person, store: MemoryStore, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    row = ready(ctx, person, store, f"a.{which.split()[0]}", FAR[which])
    asked = counted(monkeypatch)
    for _ in range(32):
        page = share.shared_page(ctx, row.share_token, "").file
        assert page.preview == ""
        assert page.no_preview.startswith("How large this picture is was not found")
    with pytest.raises(NoPreview, match="not found at its beginning"):
        previews.preview_url(ctx, row)
    assert len(asked) <= pictures.READS


@pytest.mark.parametrize("which", [name for name, (_, area) in SIZES.items() if area > previews.MAX_PIXELS])
def test_a_large_picture_is_not_shown_whatever_stands_before_its_size(
    ctx: Context, person: Person, store: MemoryStore, which: str
) -> None:
    row = ready(ctx, person, store, f"a.{which.split()[0]}", SIZES[which][0])
    assert "megapixels" in str(previews.too_large(ctx, row))


def test_while_the_store_cannot_be_asked_nothing_is_said(
    ctx: Context, person: Person, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ready(ctx, person, store, "a.png", png(30_000, 30_000))
    body = store.objects.pop(row.key)
    assert previews.too_large(ctx, row) is None
    store.objects[row.key] = body
    asked = counted(monkeypatch)
    assert [str(previews.too_large(ctx, row))[:28] for _ in range(2)] == ["This picture has 900 megapix"] * 2
    assert len(asked) == 1


def test_what_was_found_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_LOOKS", 3)
    looks = Looks()
    known = {"a": 81, "b": pictures.GIVEN_UP, "c": None}
    assert {key: looks.of(key, lambda found=found: found, 0) for key, found in known.items()} == known
    assert {key: looks.of(key, lambda: 7, 0) for key in known} == known
    assert looks.of("a", lambda: 7, 0) == 81
    assert looks.of("d", lambda: 4, 0) == 4
    assert looks.of("a", lambda: 7, 0) == 81
    assert looks.of("b", lambda: 7, 0) == 7  # forgotten, as it was asked for longest ago


def test_one_looks_and_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, goes_on, began = Looks(), threading.Event(), threading.Event()
    seen: list[int] = []

    def slow() -> int:
        seen.append(1)
        began.set()
        assert goes_on.wait(20)
        return 81

    with ThreadPoolExecutor(9) as threads:
        given = [threads.submit(looks.of, "a", slow, -1)]
        assert began.wait(20)
        monkeypatch.setattr(context, "_PATIENCE", 0)
        assert looks.of("a", slow, -1) == -1
        monkeypatch.setattr(context, "_PATIENCE", 20)
        given += [threads.submit(looks.of, "a", slow, -1) for _ in range(8)]
        goes_on.set()
        assert [one.result(20) for one in given] == [81] * 9
    assert seen == [1]


def test_a_look_that_failed_is_not_remembered() -> None:
    looks = Looks()

    def fails() -> int:
        raise OSError

    for _ in range(2):
        with pytest.raises(OSError):
            looks.of("a", fails, -1)
    assert looks.of("a", lambda: 81, -1) == 81
