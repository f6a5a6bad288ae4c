"""Files, names and browsers that are not as they should be: each gets a clear sentence, and nothing sent is lost."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from smartupload_testing.browser.page import CARD
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import outage, wait_for

from tests.browser.person import NO_EXTENDED_LIFETIME, NO_SERVICE_WORKER, Person, give_made_up_file, halfway, under_way
from tests.browser.server import Server

SIZE = 64 * MIB
PACE = 12 * MIB
DAY = 24 * 3600 * 1000
Make = Callable[..., Original]


def expect_refusal(person: Person, page: Page, name: str, code: str) -> None:
    """A failed card with a sentence of its own, and nothing of the file on the server."""
    card = person.card(page, name)
    expect(card).to_have_attribute("data-error", code, timeout=15_000)
    expect(card).to_have_attribute("data-state", "failed")
    expect(card.locator(".problem")).to_have_text(re.compile(r"\w.{20,}\."))
    assert not [one for one in person.uploads(page) if one["name"] == name]


def test_empty_file(person: Person, server: Server, original: Make) -> None:
    file = original(0, "nothing.txt")
    page = person.open()
    person.pick(page, file)
    expect_refusal(person, page, file.name, "empty_file")
    assert not server.line.puts


def test_a_disguised_program(person: Person, server: Server) -> None:
    page = person.open()
    program = "MZ" + "\0" * 58 + "@\0\0\0" + "PE\0\0" + "\0" * 5000
    give_made_up_file(page, "report.pdf", program)
    expect_refusal(person, page, "report.pdf", "type_mismatch")
    card = person.card(page, "report.pdf")
    expect(card.locator(".problem")).to_contain_text("This is a Windows program, though its name ends in .pdf.")
    expect(card.get_by_role("button", name="Retry")).to_have_count(0)
    assert not server.line.puts, "none of its bytes travelled"


@pytest.mark.settings(MAX_FILE_SIZE="1MiB", ALLOWED_TYPES="image/*,.bin", OWNER_QUOTA="1500KiB")
class TestLimits:
    def test_too_large(self, person: Person, original: Make) -> None:
        file = original(MIB + 1, "large.bin")
        page = person.open()
        person.pick(page, file)
        expect_refusal(person, page, file.name, "file_too_large")

    def test_type_not_allowed(self, person: Person, original: Make) -> None:
        file = original(1000, "letter.txt")
        page = person.open()
        person.pick(page, file)
        expect_refusal(person, page, file.name, "type_not_allowed")

    def test_quota_of_the_owner(self, person: Person, original: Make) -> None:
        first, second = original(MIB, "first.bin"), original(MIB, "second.bin")
        page = person.open()
        person.pick(page, first)
        upload = person.finished(page, first)
        person.pick(page, second)
        expect_refusal(person, page, second.name, "owner_quota_exceeded")
        # Room is made, and the same card goes on.
        assert page.evaluate(f"fetch('/api/uploads/{upload['id']}', {{method: 'DELETE'}}).then(a => a.status)") == 204
        person.press(page, second.name, "Retry")
        person.wait_state(page, second.name, "staging", "uploading", "verifying", "ready")
        person.finished(page, second)


NAMES = {
    "dots": "../../etc/passwd",
    "backslashes": "C:\\temp\\letter.txt",
    "control": "line\nbreak\tand\x07bell.txt",
    "from right to left": "invoice\u202efdp.exe",
    "long": "a" * 300 + ".txt",
    "long in UTF-8": "ä" * 200 + ".txt",
    "markup": 'e\u0301clair & <b>bold</b> "quoted" 100%.txt',
    "scripts": "📦 файл 文件.txt",
}


def test_odd_names(person: Person, server: Server) -> None:
    page = person.open()
    for count, (sort, name) in enumerate(NAMES.items(), start=1):
        give_made_up_file(page, name, f"bytes of {name}")
        wait_for(lambda count=count: page.locator(CARD).count() == count, 10, f"a card ({sort})")
        expect(page.locator(f"{CARD}[data-state=ready]"), sort).to_have_count(count, timeout=20_000)
        upload, *before = person.uploads(page)
        assert len(before) == count - 1, sort
        kept = upload["name"]
        assert kept.strip(" ."), sort
        assert len(kept.encode()) <= 255, sort
        assert not any(unicodedata.category(sign) in ("Cc", "Cf") or sign in "/\\" for sign in kept), json.dumps(kept)
        body = f"bytes of {name}".encode()
        assert server.downloaded(upload["share_token"]) == (len(body), hashlib.sha256(body).hexdigest()), sort


def test_names_of_which_nothing_is_left(person: Person, server: Server) -> None:
    page = person.open()
    refused = page.locator(f"{CARD}[data-error=bad_name]").filter(has_text="Rename it")
    for count, (sort, name) in enumerate({"dots": "..", "blank": " . ", "control": "\x00\x07"}.items(), start=1):
        give_made_up_file(page, name, f"text of {sort}")
        expect(refused, sort).to_have_count(count, timeout=20_000)
    expect(page.locator(CARD)).to_have_count(count)
    assert not person.uploads(page)
    assert not server.line.puts


def ends_well_or_says_why(person: Person, page: Page, file: Original) -> None:
    """What was dropped arrives, or the card says that the file changed. Other bytes under this name never become ready."""

    def outcome() -> str:
        card = person.card(page, file.name)
        state, error = card.get_attribute("data-state"), card.get_attribute("data-error")
        return "ready" if state == "ready" else error if error else ""

    if wait_for(outcome, 60, "the card to end or to say why not") == "ready":
        person.finished(page, file)
        return
    card = person.card(page, file.name)
    expect(card).to_have_attribute("data-error", re.compile("^(file_changed|file_needed|unreadable)$"))
    expect(card.locator(".problem")).to_contain_text(file.name)
    # None, where the change was seen before the server heard of the file.
    assert all(upload["state"] != "ready" for upload in person.uploads(page))


@pytest.mark.parametrize("fate", ["truncated", "overwritten", "deleted"])
@pytest.mark.parametrize("when", ["at once", "later"])
def test_file_that_does_not_stay(person: Person, server: Server, original: Make, fate: str, when: str) -> None:
    file = original(SIZE)
    server.line.shape(PACE)
    if when == "at once":
        server.line.cut()
    page = person.open()
    person.pick(page, file)
    # The date and size that count are those of the moment in which the page takes the file.
    expect(person.card(page, file.name)).to_be_visible()
    if when == "later":
        wait_for(lambda: server.line.received > SIZE // 5, 30, "a fifth sent")
    if fate == "truncated":
        with file.path.open("r+b") as held:
            held.truncate(SIZE // 3)
    elif fate == "overwritten":
        with file.path.open("r+b") as held:
            held.seek(SIZE // 2)
            held.write(b"changed" * 1000)
    else:
        file.path.unlink()
    server.line.restore()
    ends_well_or_says_why(person, page, file)


@pytest.mark.parametrize("after", [0.0, 0.1, 0.3])
def test_file_edited_while_it_is_copied(person: Person, server: Server, original: Make, after: float) -> None:
    """Chromium copies what it finds and reports success; a mixture of both states must not become the file."""
    file = original(512 * MIB)
    server.line.cut()
    page = person.open()
    person.pick(page, file)
    expect(person.card(page, file.name)).to_be_visible()
    outage(after)
    with file.path.open("r+b") as held:
        held.seek(file.size - 7 * MIB)
        held.write(b"changed" * MIB)
    server.line.restore()
    ends_well_or_says_why(person, page, file)


def test_storage_wiped_by_the_browser(people: Callable[..., Person], server: Server, original: Make) -> None:
    person = people(flags=(NO_EXTENDED_LIFETIME,))
    person.page_script = NO_SERVICE_WORKER
    file = original(SIZE)
    page = under_way(person, server, file, 1 / 2)
    wait_for(lambda: any(put.status == 200 for put in server.line.puts), 30, "a confirmed part")
    [upload] = person.uploads(page)
    page.close()
    server.line.go_on()
    server.wait_counted(upload["share_token"])
    blank = person.wipe_storage()
    page = person.open()
    blank.close()
    card = person.card(page, file.name)
    expect(card).to_have_attribute("data-error", "file_needed", timeout=20_000)
    expect(card.locator(".problem")).to_contain_text(file.name)
    confirmed = sum(put.size for put in server.line.puts if put.status == 200)
    before = server.line.received
    person.pick(page, file)
    person.finished(page, file)
    assert len(person.uploads(page)) == 1, "the file given again became a second upload"
    assert server.line.received - before <= file.size - confirmed, "confirmed parts were sent again"


def test_storage_wiped_while_the_engine_lives(person: Person, server: Server, original: Make) -> None:
    """What is kept is gone, and reads of it never end; the person's file is at hand, or is asked for."""
    file, other = original(SIZE), original(20 * MIB, "other.bin")
    page = halfway(person, server, file)
    person.wipe_storage().close()
    person.finished(page, file)

    file = original(SIZE, "again.bin")
    page.close()
    page = halfway(person, server, file)
    person.quit()
    person.start()
    server.line.shape(12 * MIB, until=0)
    page = person.open()
    expect(person.card(page, file.name).get_by_test_id("leave")).to_have_attribute("data-leave", "return")
    person.wipe_storage().close()
    card = person.card(page, file.name)
    expect(card).to_have_attribute("data-error", "file_needed")
    expect(card.get_by_test_id("leave")).to_have_attribute("data-leave", "")
    person.pick(page, other)
    person.finished(page, other)
    person.pick_on_card(page, file.name, file)
    person.finished(page, file)


def test_file_given_on_the_card_must_be_the_same(people: Callable[..., Person], server: Server, original: Make) -> None:
    person = people(flags=(NO_EXTENDED_LIFETIME,))
    person.page_script = NO_SERVICE_WORKER
    file, other = original(SIZE, "film.bin"), original(SIZE - 1, "other.bin")
    page = under_way(person, server, file, 1 / 2)
    [upload] = person.uploads(page)
    page.close()
    server.line.go_on()
    server.wait_counted(upload["share_token"])
    blank = person.wipe_storage()
    page = person.open()
    blank.close()
    card = person.card(page, file.name)
    expect(card).to_have_attribute("data-error", "file_needed", timeout=20_000)
    asked = card.locator("input[type=file]")
    asked.set_input_files(_small(other))
    expect(card).to_have_attribute("data-error", "other_file")
    person.pick_on_card(page, file.name, file)
    person.finished(page, file)


def _small(file: Original) -> list:
    return [{"name": file.name, "mimeType": "", "buffer": b"something else"}]


def test_clock_off_by_a_day(people: Callable[..., Person], server: Server, original: Make) -> None:
    for days in (1, -1):
        shift = f"""{{
            const real = Date
            const shift = {days * DAY}
            globalThis.Date = new Proxy(real, {{
                construct: (target, given) => given.length ? new target(...given) : new target(real.now() + shift),
                apply: () => new real(real.now() + shift).toString(),
                get: (target, key) => key === 'now' ? () => real.now() + shift : Reflect.get(target, key),
            }})
        }}"""
        person = people(worker_script=shift)
        person.page_script = shift
        file = original(20 * MIB)
        page = person.open()
        person.pick(page, file)
        person.finished(page, file)
        assert server.line.statuses()[403] == 0


def test_without_shared_worker(people: Callable[..., Person], server: Server, original: Make) -> None:
    person = people(flags=("--disable-blink-features=SharedWorker",))
    file = original(SIZE)
    page = under_way(person, server, file, 1 / 2)
    assert page.evaluate("typeof SharedWorker") == "undefined"
    expect(person.card(page, file.name).get_by_test_id("leave")).to_have_attribute(
        "data-leave", re.compile("stay|return")
    )
    # The other page of the app shows it too, in this tab and in another one.
    page.get_by_role("link", name="Projects").first.click()
    other = person.open("/projects")
    expect(other.get_by_test_id("upload-tray")).to_be_visible()
    person.finished(page, file)
    assert server.line.received == file.size


def test_without_shared_worker_goes_on_in_the_other_tab(
    people: Callable[..., Person], server: Server, original: Make
) -> None:
    person = people(flags=("--disable-blink-features=SharedWorker",))
    file = original(SIZE)
    second = person.open()
    first = halfway(person, server, file)
    first.close()
    person.finished(second, file)


@pytest.mark.parametrize("how", ["no opfs", "private window"])
def test_without_opfs(people: Callable[..., Person], server: Server, original: Make, how: str) -> None:
    flag = "--incognito" if how == "private window" else "--disable-blink-features=FileSystemAccessOriginPrivate"
    person = people(flags=(flag,))
    server.line.shape(PACE)
    file = original(SIZE)
    page = person.open()
    if how == "no opfs":
        assert page.evaluate("typeof navigator.storage.getDirectory") == "undefined"
    person.pick(page, file)
    person.finished(page, file)
    assert server.line.received == file.size


def test_empty_folder(person: Person, original: Make) -> None:
    folder = original(10).path.parent / "empty folder"
    folder.mkdir()
    page = person.open()
    person.drop(page, folder)
    expect_refusal(person, page, folder.name, "folder_empty")


def png(width: int, height: int, rows: int) -> bytes:
    """A picture in one colour, of which so many rows are there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress((b"\0" + b"\x20\x90\x40" * width) * rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def test_an_image_shows_itself_and_all_others_their_kind(person: Person, server: Server, tmp_path: Path) -> None:
    """Also after a reload, from what the browser keeps; nothing decodes one that is enormous."""
    files = {"photo.png": png(300, 200, 200), "wall.png": png(60_000, 60_000, 1), "torn.png": b"\x89PNG", "memory.tmx": b"<tmx/>"}  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page = person.open()
    fetched = "performance.getEntriesByType('resource').some(one => one.name.includes('picture'))"
    assert not page.evaluate(fetched), "before there is a card nobody needs it"
    server.line.cut()
    person.pick(page, *(tmp_path / name for name in files))

    def picture(name: str) -> Locator:
        return person.card(page, name).locator("[data-kind]")

    expect(picture("photo.png")).to_have_attribute("data-drawn", "true")
    colour = "one => [...one.querySelector('canvas').getContext('2d').getImageData(40, 40, 1, 1).data]"
    assert picture("photo.png").evaluate(colour) == [0x20, 0x90, 0x40, 255]
    expect(picture("memory.tmx")).to_have_attribute("data-kind", "translation")
    for name in ("wall.png", "torn.png"):
        expect(picture(name)).to_have_attribute("data-kind", "image")
        expect(picture(name).locator("svg")).to_be_visible()
    assert page.locator("[data-drawn]").count() == 1
    leave = person.card(page, "photo.png").get_by_test_id("leave")
    expect(leave).to_have_attribute("data-leave", re.compile("return|continues"))
    page.reload()
    expect(picture("photo.png")).to_have_attribute("data-drawn", "true")
    assert picture("photo.png").evaluate(colour) == [0x20, 0x90, 0x40, 255]


DRAG = """({ on, type, names, kinds, leaves }) => {
    const given = new DataTransfer()
    names.forEach((name, at) => given.items.add(new File(['x'], name, { type: kinds[at] })))
    if (!names.length) given.setData('text/plain', 'words')
    const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: given, relatedTarget: leaves ? null : document.body })
    document.querySelector(on).dispatchEvent(event)
}"""


@pytest.mark.long
def test_what_is_dragged_over_the_page_is_shown_until_it_leaves(person: Person, tmp_path: Path) -> None:
    """How many there are and where they go, over every element; words are no files."""
    page = person.open()
    shown = page.get_by_test_id("dropping")

    def drags(type: str, *names: str, on: str = "h1", kind: str = "text/plain", leaves: bool = False) -> None:
        said = {"type": type, "names": names, "on": on, "kinds": [kind] * len(names), "leaves": leaves}
        page.evaluate(DRAG, said)

    drags("dragover", "a.txt", "b.txt", "c.txt")
    expect(shown).to_have_text("3 filesDrop anywhere on this page.")
    assert (
        page.evaluate("document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('.smartupload-dropping')")
        is None
    )
    for where in ("[data-testid=drop-zone] strong", "body"):
        drags("dragleave", "a.txt", "b.txt", "c.txt")
        drags("dragover", "a.txt", "b.txt", "c.txt", on=where)
        expect(shown).to_have_count(1)
    drags("dragover", "a", "b", kind="")
    expect(shown.locator("strong")).to_have_text("2 files or folders")
    drags("dragleave", "a", "b", kind="", leaves=True)
    expect(shown).to_have_count(0)
    drags("dragover")
    page.evaluate("new Promise(done => setTimeout(done))")
    expect(shown).to_have_count(0)
    # Given up with Escape, of which not every browser tells: then by whatever comes next.
    (tmp_path / "dragged.txt").write_text("dragged")
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(tmp_path / "dragged.txt")], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})
    expect(shown.locator("strong")).to_have_text("1 file")
    session.send("Input.dispatchDragEvent", {"type": "dragCancel", "x": 300, "y": 300, "data": data})
    page.mouse.move(500, 500)
    expect(shown).to_have_count(0)
    drags("dragover", "a.txt")
    expect(shown).to_have_count(1)
    page.keyboard.press("Shift")
    expect(shown).to_have_count(0)
    # A drop anywhere is taken, and takes it away.
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 40, "y": 400, "data": data})
    expect(person.card(page, "dragged.txt")).to_be_visible()
    expect(shown).to_have_count(0)
    # Other pages take files, too; where one takes none, tests/js/shell/document/dropping.test.js has the words.
    page.get_by_role("link", name="Files", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Files")
    for kind in ("dragEnter", "dragOver"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})
    expect(shown).to_have_text("1 fileDrop anywhere on this page.")
