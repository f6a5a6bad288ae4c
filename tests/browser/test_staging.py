"""Both ways to stage in a real browser, a full browser, and a store that lost what it had."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import NO_EXTENDED_LIFETIME, Person, under_way
from tests.browser.server import Server

SIZE = 64 * MIB
PACE = 8 * MIB
PARTS = 5 * MIB
"""The size of a part, for files of this size."""
Make = Callable[..., Original]

# As WebKit's private mode: IndexedDB is there, but takes no file. The engine's home is the page here, so that this reaches it.
NO_BLOBS = """
const put = IDBObjectStore.prototype.put
IDBObjectStore.prototype.put = function (value, ...key) {
    if (value instanceof Blob) throw new DOMException('no files here', 'DataCloneError')
    return put.call(this, value, ...key)
}
"""

STORED = """async () => {
    const open = await new Promise(done => { const asked = indexedDB.open('smartupload'); asked.onsuccess = () => done(asked.result) })
    const count = store => new Promise(done => { const asked = open.transaction(store).objectStore(store).count(); asked.onsuccess = () => done(asked.result) })
    const counts = {packs: await count('packs'), files: await count('files')}
    open.close()
    return counts
}"""
PART_FILES = """async () => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('smartupload', {create: true})
    const names = []
    for await (const folder of root.values()) for await (const name of folder.keys()) names.push(name)
    return names
}"""


@pytest.fixture
def person_with_part_files(people: Callable[..., Person]) -> Person:
    person = people(flags=("--disable-blink-features=SharedWorker",))
    person.page_script = NO_BLOBS
    return person


def wait_leave(person: Person, page: Page, name: str, leave: str) -> None:
    expect(person.card(page, name).get_by_test_id("leave")).to_have_attribute("data-leave", leave, timeout=60_000)


def test_part_files_survive_a_killed_browser(person_with_part_files: Person, server: Server, original: Make) -> None:
    person = person_with_part_files
    person.was_here_before()
    server.line.shape(PACE, until=SIZE // 4)
    file = original(SIZE)
    page = person.open()
    person.pick(page, file)
    wait_leave(person, page, file.name, "return")
    staged = page.evaluate(PART_FILES)
    assert staged, "the parts lie in OPFS"
    assert server.line.received < SIZE // 2
    person.lose_browser()

    person.start()
    page = person.open()
    person.finished(page, file)
    wait_for(lambda: page.evaluate(PART_FILES) == [], 10, "the part files to be gone")


def test_part_files_are_freed_one_by_one(person_with_part_files: Person, server: Server, original: Make) -> None:
    person = person_with_part_files
    server.line.shape(PACE, until=SIZE // 4)
    file = original(SIZE)
    page = person.open()
    person.pick(page, file)
    wait_leave(person, page, file.name, "return")
    most = len(page.evaluate(PART_FILES))
    server.line.shape(PACE, until=SIZE // 2)
    wait_for(lambda: len(page.evaluate(PART_FILES)) < most - 1, 30, "parts that are confirmed to be freed")
    assert person.uploads(page)[0]["state"] == "uploading"
    person.finished(page, file)


def test_part_files_outlive_the_file(person_with_part_files: Person, server: Server, original: Make) -> None:
    """The person deletes the file once the card says that it is safe."""
    person = person_with_part_files
    server.line.shape(PACE, until=SIZE // 4)
    file = original(SIZE)
    page = person.open()
    person.pick(page, file)
    wait_leave(person, page, file.name, "return")
    file.path.unlink()
    person.finished(page, file)


def test_small_files_share_a_copy_that_outlives_a_killed_browser(
    person: Person, server: Server, original: Make
) -> None:
    """Their copy is one Blob: it gives each file its own bytes, and goes with the last of them."""
    person.was_here_before()
    server.line.shape(60_000)  # bytes/s: hardly any is sent before all are copied
    # More than twenty would be one card.
    files = [original(100_000 + number) for number in range(20)]
    page = person.open()
    person.pick(page, *files)
    wait_leave(person, page, files[-1].name, "return")
    kept = page.evaluate(STORED)
    assert kept["packs"] == 1
    assert kept["files"] >= 12
    for file in files:
        file.path.unlink()
    person.lose_browser()

    server.line.restore()
    server.line.shape(None)
    person.start()
    page = person.open()
    for file in files:
        person.finished(page, file)
    wait_for(lambda: page.evaluate(STORED) == {"packs": 0, "files": 0}, 10, "the copy to be gone")


def test_snapshot_is_freed_when_the_file_is_ready(
    people: Callable[..., Person], server: Server, original: Make
) -> None:
    person = people(flags=(NO_EXTENDED_LIFETIME,))
    file = original(SIZE)
    page = person.open()
    usage = "navigator.storage.estimate().then(e => e.usage)"
    before = page.evaluate(usage)
    server.line.shape(PACE, until=SIZE // 4)
    person.pick(page, file)
    wait_leave(person, page, file.name, "return")
    wait_for(lambda: page.evaluate(usage) > before + SIZE * 0.9, 10, "the copy to count")
    person.finished(page, file)
    # Chromium keeps the bytes for as long as a worker may hold them.
    page.close()
    page = person.open("/projects")
    wait_for(lambda: page.evaluate(usage) < before + MIB, 20, "the copy to be gone", every=0.5)


def test_browser_with_little_room(person: Person, server: Server, original: Make) -> None:
    """The file does not fit: the card says stay for as long as that is so, and the file arrives all the same."""
    room = 30 * MIB
    page = person.open_with_room(room)
    server.line.shape(PACE)
    file = original(SIZE)
    person.pick(page, file)
    wait_for(lambda: server.line.received > 0, 20, "the first byte")
    leave = person.card(page, file.name).get_by_test_id("leave")
    seen: list[tuple[str | None, int]] = []
    while not seen or seen[-1][0] == "stay":
        seen.append((leave.get_attribute("data-leave"), server.line.received))
    assert len(seen) > 1
    assert seen[-1][1] > SIZE - room, "only then the rest fits into the browser"
    person.finished(page, file)


NOT_ASKED = "FileSystemHandle.prototype.queryPermission = async () => 'prompt'"


@pytest.mark.long
def test_larger_than_the_browser_keeps(person: Person, server: Server, original: Make) -> None:
    """Lost twice: once one click finds the file, then none is needed, and nothing that was confirmed is sent again."""
    person.was_here_before()
    page = person.open_with_room(20 * MIB)
    server.line.shape(PACE)
    file = original(SIZE)
    person.drop(page, file)
    wait_for(lambda: server.line.received > SIZE // 4, 30, "a quarter sent")
    person.lose_browser()
    person.always_allows(file)  # the dialog itself is the browser's; here it was answered before
    person.page_script = NOT_ASKED

    person.start()
    server.line.shape(MIB)
    page = person.open_with_room(20 * MIB)
    card = person.card(page, file.name)
    expect(card.get_by_test_id("leave")).to_have_attribute("data-leave", "", timeout=30_000)
    expect(card).to_have_attribute("data-error", "file_needed")
    server.line.shape(PACE)
    card.get_by_role("button", name=f"Show me {file.name} again").click()
    expect(card).to_have_attribute("data-error", "")
    wait_for(lambda: server.line.received > SIZE * 3 // 4, 30, "three quarters sent")
    person.lose_browser()
    person.page_script = ""

    person.start()
    page = person.open_with_room(20 * MIB)
    person.finished(page, file)
    again = server.line.received - SIZE
    assert again < 4 * 4 * PARTS, f"{again / MIB:.0f} MiB were sent twice: more than was on the line three times"


def test_multipart_upload_vanishes_from_the_store(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file, 1 / 3)
    store = server.s3()
    (upload,) = person.uploads(page)
    open_ones = store.list_multipart_uploads(Bucket="smartupload", Prefix=f"uploads/{upload['id']}/")
    for lost in open_ones.get("Uploads", []):
        store.abort_multipart_upload(Bucket="smartupload", Key=lost.get("Key", ""), UploadId=lost.get("UploadId", ""))
    upload = person.finished(page, file)
    assert upload["epoch"] == 2
