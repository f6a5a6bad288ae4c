"""Files that nothing happens to, one, two and a thousand; and what a person does to them: pause, resume, cancel, move on."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from smartupload_testing.browser.page import CARD, INPUT
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import outage, wait_for

from tests.browser.person import Person, expect_closing, under_way
from tests.browser.server import Server

SIZE = 64 * MIB
PACE = 12 * MIB
Make = Callable[..., Original]


READ_BY_THE_PAGE = """
window.touched = []
for (const [type, name] of [[SubtleCrypto, 'digest'], [Blob, 'arrayBuffer'], [Blob, 'stream'], [Blob, 'text'], [FileReader, 'readAsArrayBuffer']]) {
    const own = type.prototype[name]
    type.prototype[name] = function (...rest) { window.touched.push(name); return own.apply(this, rest) }
}
"""
"""Notes what is read or hashed in the page's own thread; workers have prototypes of their own."""


def test_plain_upload(person: Person, server: Server, original: Make) -> None:
    person.page_script = READ_BY_THE_PAGE
    file = original(SIZE + 12345)
    page = person.open()
    person.pick(page, file)
    person.wait_state(page, file.name, "ready", seconds=60)
    assert page.evaluate("window.touched") == [], "the page was busy with the file's bytes"
    person.finished(page, file)
    assert all(count == 1 for count in server.line.part_counts().values())
    assert server.line.received == file.size


def test_card_tells_how_far_it_is(person: Person, server: Server, original: Make) -> None:
    server.line.shape(PACE, until=SIZE // 2)
    file = original(SIZE)
    page = person.open()
    person.pick(page, file)
    card = person.card(page, file.name)
    expect(card).to_have_attribute("data-upload-id", re.compile(r"^[A-Za-z0-9-]+$"))
    wait_for(lambda: 10 <= person.percent(page, file.name) <= 90, 30, "a percentage on its way")
    expect(card.get_by_test_id("eta")).to_have_text(re.compile(r"left$"))
    expect(card.get_by_test_id("leave")).to_have_attribute("data-leave", re.compile("^(stay|return|continues)$"))
    expect(page).to_have_title(re.compile(r"\d+ %"))
    seen = person.percent(page, file.name)
    person.finished(page, file)
    expect(card).to_have_attribute("data-state", "ready")
    assert seen < 100


def test_other_page_of_the_app(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file, 1 / 4)
    expect_closing(page, page="goes on")
    page.get_by_role("link", name="Projects").first.click()
    page.wait_for_url("**/projects*")
    tray = page.get_by_test_id("upload-tray")
    expect(tray).to_be_visible()
    expect(tray).to_contain_text(re.compile(r"\d+\s?%"))
    person.finished(page, file)
    assert server.line.received == file.size, "moving on made parts go twice"


def test_dropped_file(person: Person, original: Make) -> None:
    file = original(3 * MIB)
    page = person.open()
    person.drop(page, file)
    person.wait_state(page, file.name, "ready")
    person.finished(page, file)


def test_pasted_file(person: Person, server: Server) -> None:
    page = person.open()
    page.evaluate("""() => {
        const data = new DataTransfer()
        data.items.add(new File(['from the clipboard'], 'pasted.txt', {type: 'text/plain', lastModified: 1}))
        document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
    }""")
    person.wait_state(page, "pasted.txt", "ready")
    (upload,) = person.uploads(page)
    assert server.downloaded(upload["share_token"]) == (18, hashlib.sha256(b"from the clipboard").hexdigest())


def test_share_page_turns_into_the_file(people: Callable[..., Person], server: Server, original: Make) -> None:
    server.line.shape(PACE, until=SIZE // 2)
    sender, visitor = people(), people()
    file = original(SIZE)
    page = sender.open()
    sender.pick(page, file)
    (upload,) = wait_for(lambda: sender.uploads(page), 20, "the placeholder")
    assert server.get(f"/api/shared/{upload['share_token']}/download").status_code == 409
    shared = visitor.open(f"/f/{upload['share_token']}").get_by_test_id("shared-file")
    expect(shared).to_have_attribute("data-state", "uploading")
    expect(shared).to_contain_text(file.name)
    sender.finished(page, file)
    expect(visitor.open(f"/f/{upload['share_token']}").get_by_test_id("shared-file")).to_have_attribute(
        "data-state", "ready"
    )


def test_pause_and_resume(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file, 1 / 4)
    person.press(page, file.name, "Pause")
    person.wait_state(page, file.name, "paused")
    server.line.go_on()
    wait_for(lambda: not server.line.in_flight(), 20, "the line to be quiet")
    sent = server.line.received
    assert sent < file.size, "the upload was through before it was paused"
    outage(2)
    assert server.line.received == sent, "a paused upload went on"
    (upload,) = person.uploads(page)
    assert upload["state"] == "paused"
    person.press(page, file.name, "Resume")
    person.wait_state(page, file.name, "uploading", "verifying", "ready")
    person.finished(page, file)


def test_pause_survives_a_reload(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file, 1 / 4)
    person.press(page, file.name, "Pause")
    person.wait_state(page, file.name, "paused")
    wait_for(lambda: person.uploads(page)[0]["state"] == "paused", 20, "the server to know")
    page.reload()
    person.wait_state(page, file.name, "paused")
    person.press(page, file.name, "Resume")
    person.finished(page, file)


def test_cancel(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file, 1 / 4)
    (upload,) = person.uploads(page)
    person.press(page, file.name, "Cancel")
    person.wait_state(page, file.name, "cancelled")
    server.line.go_on()
    wait_for(lambda: not server.line.in_flight(), 20, "what was on the line to be stopped")
    sent = server.line.received
    server.line.shape(1 * MIB)
    assert [one["state"] for one in person.uploads(page)] == ["uploading"]
    person.press(page, file.name, "Undo")
    person.wait_state(page, file.name, "uploading")
    wait_for(lambda: server.line.received > sent, 20, "it to go on")
    person.press(page, file.name, "Cancel")
    person.press(page, file.name, "Remove from this list")
    wait_for(lambda: not person.uploads(page), 8, "the upload to be gone from the list")
    server.line.shape(None)
    wait_for(lambda: not server.line.in_flight(), 20, "the line to be quiet")
    assert server.line.received < file.size
    assert server.get(f"/api/shared/{upload['share_token']}/download").status_code in (404, 409, 410)
    # The same file can be sent anew afterwards.
    person.pick(page, file)
    assert person.finished(page, file)["id"] != upload["id"]


def test_two_files_at_once(person: Person, server: Server, original: Make) -> None:
    server.line.shape(2 * PACE)
    one, two = original(SIZE), original(SIZE // 2 + 1)
    page = person.open()
    person.pick(page, one, two)
    person.finished(page, one)
    person.finished(page, two)
    assert server.line.received == one.size + two.size


def test_same_file_in_two_tabs(person: Person, server: Server, original: Make) -> None:
    server.line.shape(PACE, until=SIZE // 2)
    file = original(SIZE)
    first, second = person.open(), person.open()
    person.pick(first, file)
    wait_for(lambda: server.line.received > SIZE // 8, 30, "the first bytes")
    person.pick(second, file)
    for page in (first, second):
        person.wait_state(page, file.name, "uploading", "verifying", "ready")
    person.finished(second, file)
    assert len(person.uploads(second)) == 1, "the same file went up twice"
    assert server.line.received == file.size


def test_same_file_dropped_twice_offers_the_running_upload(person: Person, server: Server, original: Make) -> None:
    server.line.shape(PACE, until=SIZE // 2)
    file = original(SIZE)
    page = person.open()
    person.drop(page, file)
    wait_for(lambda: server.line.received > SIZE // 8, 30, "the first bytes")
    person.drop(page, file)
    person.finished(page, file)
    assert len(person.uploads(page)) == 1, "the same file went up twice"
    assert server.line.received == file.size


MOVES = f"""
window.moved = []
setInterval(() => {{
    for (const {{effect, animationName, transitionProperty}} of document.getAnimations())
        if (effect.target.closest("{CARD}")) window.moved.push(animationName ?? transitionProperty)
}}, 100)
"""
"""Notes what moves by itself on a row of many: each such frame takes time from what is being sent."""


@pytest.mark.timeout(400)
@pytest.mark.long
def test_thousand_small_files_in_one_drop(person: Person, server: Server, original: Make) -> None:
    files = {file.name: file for file in (original(10 * 1024, f"note-{number:04}.txt") for number in range(1000))}
    page = person.open()
    page.evaluate(MOVES)
    person.drop(page, *files.values())
    page.get_by_test_id("group-unfold").click()
    expect(page.locator(CARD).first).to_have_attribute("aria-posinset", "1")

    def all_ready() -> list[dict] | None:
        uploads = person.uploads(page)
        states = [one["state"] for one in uploads]
        return uploads if len(states) == 1000 and set(states) == {"ready"} else None

    try:
        uploads = wait_for(all_ready, 300, "1,000 files to be ready", every=1)
    except AssertionError as error:
        raise AssertionError(f"{error}\n{person.situation(page)}") from None
    assert page.evaluate("window.moved") == []
    assert {one["name"]: one["size"] for one in uploads} == dict.fromkeys(files, 10 * 1024)
    for one in random.Random(7).sample(uploads, 20):
        assert server.downloaded(one["share_token"]) == (10 * 1024, files[one["name"]].sha256)


def test_folder_brings_its_files(person: Person, original: Make) -> None:
    inside = original(MIB, "inside.bin")
    deeper = inside.path.parent / "deeper"
    deeper.mkdir()
    other = Original(deeper / "other.bin", inside.size, inside.sha256)
    other.path.write_bytes(inside.path.read_bytes())
    page = person.open()
    person.drop(page, inside.path.parent)
    person.finished(page, inside)
    person.finished(page, other)
    assert page.locator(CARD).count() == 2
    expect(page.locator(INPUT)).to_have_count(1)
