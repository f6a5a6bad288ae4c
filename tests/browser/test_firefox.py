"""The main scenarios once more in Firefox, whose workers, storage and file reading are others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect
from smartupload_testing.browser.find import get
from smartupload_testing.browser.page import INPUT
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.firefox import FirefoxPerson
from tests.browser.person import close_into_a_turn, expect_closing, halfway, ready_by_itself
from tests.browser.server import Server

SIZE = 64 * MIB
Make = Callable[..., Original]


@pytest.fixture(scope="module", autouse=True)
def _there_is_a_firefox() -> None:
    try:
        get("firefox")
    except SystemExit as missing:
        pytest.skip(str(missing))


@pytest.fixture
def person(
    playwright: Playwright, server: Server, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[FirefoxPerson]:
    one = FirefoxPerson(playwright, server, tmp_path / "firefox")
    request.node.people_of_test = [one]
    yield one
    one.quit()
    shutil.rmtree(one.profile, ignore_errors=True)


def test_plain_upload(person: FirefoxPerson, server: Server, original: Make) -> None:
    file = original(SIZE + 12345)
    page = person.open()
    person.pick(page, file)
    person.wait_state(page, file.name, "ready", seconds=60)
    person.finished(page, file)
    assert server.line.received == file.size


def test_other_page_of_the_app(person: FirefoxPerson, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = halfway(person, server, file)
    expect_closing(page, page="goes on")
    page.get_by_role("link", name="Projects").first.click()
    expect(page.get_by_test_id("upload-tray")).to_be_visible()
    person.finished(page, file)
    assert server.line.received == file.size, "moving on made parts go twice"


def test_first_tab_closed_while_a_second_is_open(person: FirefoxPerson, server: Server, original: Make) -> None:
    file = original(SIZE)
    first = halfway(person, server, file)
    expect_closing(first, tab="goes on")
    second = person.open("/projects")
    expect(second.get_by_test_id("upload-tray")).to_be_visible()
    first.close()
    person.finished(second, file)
    assert server.line.received == file.size, "closing one of two tabs made parts go twice"


def test_reload_in_the_middle(person: FirefoxPerson, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = halfway(person, server, file)
    page.reload()
    person.finished(page, file)
    assert len(person.uploads(page)) == 1
    assert server.line.received - file.size <= server.line.most_at_once, "the service worker sent as well"


def test_last_tab_closed(person: FirefoxPerson, server: Server, original: Make) -> None:
    """The service worker goes on where the engine was ended: the file is ready before anybody comes back."""
    file = original(SIZE)
    page = halfway(person, server, file)
    expect_closing(page, tabs="goes on for a little while, then when you are back")
    (upload,) = person.uploads(page)
    page.close()
    ready_by_itself(server, upload)
    assert server.line.received - file.size <= server.line.most_at_once, "more than the parts in flight went twice"
    page = person.open()
    person.finished(page, file)


def test_back_while_the_service_worker_goes_on(person: FirefoxPerson, server: Server, original: Make) -> None:
    """The page's engine takes over at once."""
    file = original(SIZE)
    page = halfway(person, server, file)
    close_into_a_turn(server, page)
    page = person.open()
    before = len(server.line.puts)
    person.wait_state(page, file.name, "uploading", seconds=5)
    wait_for(lambda: len(server.line.puts) > before, 5, "the page's engine to send")
    server.line.shape(12 * MIB)
    person.finished(page, file)
    assert server.line.received - file.size <= 2 * server.line.most_at_once
    assert len(person.uploads(page)) == 1


def test_browser_closed_and_started_again(person: FirefoxPerson, server: Server, original: Make) -> None:
    file = original(SIZE)
    expect_closing(halfway(person, server, file), browser="goes on when you are back")
    person.quit()
    assert server.line.received < file.size
    person.start()
    person.finished(person.open(), file)


def test_browser_killed_and_started_again(person: FirefoxPerson, server: Server, original: Make) -> None:
    file = original(SIZE)
    expect_closing(halfway(person, server, file), computer="goes on when you are back")
    person.lose_browser()
    assert server.line.received < file.size
    person.start()
    page = person.open()
    person.finished(page, file)
    assert server.line.received - file.size <= server.line.most_at_once, "more than the parts in flight went twice"


def test_a_file_that_got_shorter_spoils_no_other_copy(person: FirefoxPerson, server: Server, original: Make) -> None:
    """Small files that are copied together; Firefox lays them end to end as they are by then, and gives no error."""
    server.line.shape(SIZE, until=MIB // 4)
    files = [original(100_000 + number) for number in range(16)]
    page = person.open()
    page.evaluate(PICKED_BEFORE)
    page.set_input_files("#before", [str(file.path) for file in files])
    cut = files.pop(8)
    os.truncate(cut.path, cut.size // 2)
    page.evaluate(GIVE, INPUT)
    for file in files:
        wait_for(lambda file=file: is_safe(person, page, file.name), 60, f"{file.name} to be safe")
    for file in files:
        file.path.unlink()
    person.lose_browser()
    person.start()
    page = person.open()
    for file in files:
        person.finished(page, file)
    person.wait_state(page, cut.name, "waiting")


def is_safe(person: FirefoxPerson, page: Page, name: str) -> bool:
    """It is kept here, or there already: the line lets the first ones through."""
    card = person.card(page, name)
    leave = card.get_by_test_id("leave").get_attribute("data-leave")
    return leave in ("return", "continues") or card.get_attribute("data-state") == "ready"


PICKED_BEFORE = """() => {
    const input = Object.assign(document.createElement('input'), {type: 'file', multiple: true, id: 'before'})
    document.body.append(input)
}"""
GIVE = """selector => {
    const input = document.querySelector(selector)
    input.files = document.getElementById('before').files
    input.dispatchEvent(new Event('change', {bubbles: true}))
}"""


def test_part_files(person: FirefoxPerson, server: Server, original: Make) -> None:
    """The other way to stage: the person's file is deleted once it is safe, and the parts in OPFS are sent."""
    person.page_script = NO_SHARED_WORKER_AND_NO_BLOBS
    file = original(SIZE)
    page = halfway(person, server, file)
    file.path.unlink()
    person.finished(page, file)


# The engine's home is the page then, so that this reaches it: IndexedDB takes no file, as in some private windows.
NO_SHARED_WORKER_AND_NO_BLOBS = """
delete globalThis.SharedWorker
const put = IDBObjectStore.prototype.put
IDBObjectStore.prototype.put = function (value, ...key) {
    if (value instanceof Blob) throw new DOMException('no files here', 'DataCloneError')
    return put.call(this, value, ...key)
}
"""
