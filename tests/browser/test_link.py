"""The page behind a link: the placeholder becomes the file while it is open, shows it, and obeys its owner."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import Person
from tests.browser.server import Server

SHARED = "[data-testid=shared-file]"
# The page's own slow look is taken away: what changes, changes because it was pushed.
NO_LOOKS = "const every = setInterval; window.setInterval = (f, ms, ...a) => ms === 45000 ? 0 : every(f, ms, ...a)"
LONG = 60_000


def picture(path: Path) -> Path:
    """A PNG of 40 by 30 red points."""
    rows = b"".join(b"\0" + b"\xff\0\0" * 40 for _ in range(30))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)
    return path


def upload_of(person: Person, page: Page, name: str, state: str = "ready") -> dict[str, Any]:
    def found() -> dict[str, Any] | None:
        return next((one for one in person.uploads(page) if one["name"] == name and one["state"] == state), None)

    return wait_for(found, 90, f"{name} to be {state}", every=0.2)


def visit(visitor: Person, token: str) -> Page:
    page = visitor.open(f"/f/{token}")
    expect(page.locator(SHARED)).not_to_have_attribute("data-state", "loading", timeout=LONG)
    page.evaluate("window.mark = 'the same document'")
    return page


def becomes(page: Page, state: str) -> None:
    expect(page.locator(SHARED)).to_have_attribute("data-state", state, timeout=LONG)
    assert page.evaluate("window.mark") == "the same document", "the page was loaded anew"


def test_the_placeholder_becomes_the_file_while_it_is_open(
    people: Callable[..., Person], server: Server, original: Callable[..., Original]
) -> None:
    owner, visitor = people(), people()
    visitor.page_script = NO_LOOKS
    file = original(48 * MIB, "film.mov")
    server.line.shape(6 * MIB, until=file.size // 2)
    sending = owner.open()
    owner.pick(sending, file)
    upload = upload_of(owner, sending, file.name, "uploading")

    page = visit(visitor, upload["share_token"])
    bar = page.locator(SHARED).get_by_role("progressbar")
    expect(page.get_by_role("heading", name="film.mov")).to_be_visible()
    wait_for(lambda: int(bar.get_attribute("aria-valuenow") or 0) > 20, 60, "the visitor to see it arrive")
    assert page.get_by_test_id("link-panel").count() == 0
    expect(page.get_by_test_id("tell")).to_contain_text("Tell me when it is there", timeout=LONG)
    server.line.reset()
    becomes(page, "ready")
    expect(page.get_by_test_id("scan")).to_contain_text("Not scanned")
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    expect(page.get_by_test_id("tell")).to_have_count(0)
    assert server.downloaded(upload["share_token"]) == (file.size, file.sha256)


def test_pictures_and_texts_are_shown(people: Callable[..., Person], server: Server, tmp_path: Path) -> None:
    owner, visitor = people(), people()
    red, notes = picture(tmp_path / "red.png"), tmp_path / "notes.txt"
    notes.write_text("<script>window.ran = true</script><b>Grüße & Küsse</b>\n")
    sending = owner.open()
    owner.pick(sending, red, notes)

    page = visit(visitor, upload_of(owner, sending, red.name)["share_token"])
    shown = page.get_by_test_id("preview").locator("img")
    wait_for(lambda: shown.evaluate("img => img.naturalWidth") == 40, 30, "the picture to be drawn")

    page = visit(visitor, upload_of(owner, sending, notes.name)["share_token"])
    expect(page.get_by_test_id("text")).to_have_text(notes.read_text())
    assert page.get_by_test_id("text").locator("*").count() == 0
    assert page.evaluate("window.ran") is None


def test_the_owner_decides_who_opens_it(people: Callable[..., Person], server: Server, original: Any) -> None:
    owner, visitor = people(), people()
    visitor.page_script = NO_LOOKS
    file = original(MIB, "plan.zip")
    sending = owner.open()
    owner.pick(sending, file)
    upload = upload_of(owner, sending, file.name)
    shared = f"/api/shared/{upload['share_token']}"
    page, mine = visit(visitor, upload["share_token"]), visit(owner, upload["share_token"])
    panel = mine.get_by_test_id("link-panel")

    def answer() -> tuple[int, str]:
        got = server.get(shared)
        return got.status_code, got.json().get("code", "")

    panel.get_by_role("button", name="Stop sharing").click()
    assert answer() == (200, ""), "it asks first"
    panel.get_by_role("button", name="Yes, stop sharing").click()
    becomes(page, "closed")
    expect(page.locator(SHARED)).to_contain_text("not shared any more")
    assert answer() == (410, "link_revoked")
    assert mine.evaluate(f"fetch('/api/uploads/{upload['id']}/download').then(a => a.status)") == 200
    panel.get_by_role("button", name="Share again").click()
    becomes(page, "ready")

    panel.get_by_label("Last day").fill("2099-12-31")
    panel.get_by_label("Downloads left").fill("1")
    panel.get_by_role("button", name="Save limits").click()
    expect(panel).to_contain_text("visitors see no preview", timeout=LONG)
    expect(panel.get_by_label("Last day")).to_have_value("2099-12-31")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "plan.zip"
    expect(panel.get_by_label("Downloads left")).to_have_value("0", timeout=LONG)
    assert answer() == (410, "link_used_up"), "for everybody else"
    becomes(page, "ready")  # who took the last one may go on with it

    panel.get_by_role("button", name="Make a new link").click()
    panel.get_by_role("button", name="Yes, make a new link").click()
    becomes(page, "missing")
    assert answer() == (404, "file_not_found")
    mine.wait_for_url(lambda url: url.rpartition("/")[2] not in ("", upload["share_token"]), timeout=LONG)
    becomes(mine, "ready")
    expect(panel.get_by_label("Link to this file")).to_have_value(mine.url, timeout=LONG)
    assert server.downloaded(mine.url.rpartition("/")[2]) == (file.size, file.sha256)
