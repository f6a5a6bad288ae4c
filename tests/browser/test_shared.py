"""Computers that several people use: nobody sees what another one staged there, and who leaves can take everything along into oblivion."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from smartupload_testing.browser.kept import KEPT, NOTHING
from smartupload_testing.browser.page import BOOTED, CARD
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import outage, wait_for

from tests.browser.person import Person, halfway
from tests.browser.server import Server

SIZE = 64 * MIB
Make = Callable[..., Original]

# Every name of a file that this page has ever shown, were it for one frame.
SEEN = """
window.seen = []
const look = () => document.querySelectorAll('.name').forEach(one => seen.includes(one.innerText) || seen.push(one.innerText))
new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true})
"""


def test_forget_on_this_device(person: Person, server: Server, original: Make) -> None:
    """Half sent; what was handed over is forgotten in test_handover.py."""
    small, file = original(MIB), original(SIZE)
    page = person.open()
    person.pick(page, small)
    person.finished(page, small)
    other = person.open("/files")
    expect(other.get_by_text(small.name).first).to_be_visible()
    server.line.shape(12 * MIB, until=SIZE // 2)
    person.pick(page, file)
    leave = person.card(page, file.name).get_by_test_id("leave")
    expect(leave).to_have_attribute("data-leave", "return", timeout=40_000)
    kept = page.evaluate(KEPT)
    assert (kept["entries"], kept["copies"], kept["fetches"]) == (1, 1, 0), kept
    before = person.identity()
    (upload, ready) = person.uploads(page)

    person.forgets(page)
    assert page.url == f"{server.url}/"
    assert [one["value"] for one in person.identity()] != [one["value"] for one in before]
    expect(page.get_by_text("Drop it", exact=True)).to_be_visible()
    expect(page.locator(CARD)).to_have_count(0)
    expect(other.get_by_text("No files yet")).to_be_visible()
    assert page.evaluate(KEPT) == NOTHING
    assert person.uploads(page) == []
    sent = server.line.received
    outage(3)
    assert server.line.received - sent <= 4 * 8 * MIB, "only what was on the line"
    assert page.evaluate(KEPT) == NOTHING
    expect(page.locator(CARD)).to_have_count(0)
    # What was given out stays: the link of the ready file, and the placeholder, which says that it stands still.
    assert server.downloaded(ready["share_token"]) == (small.size, small.sha256)
    assert server.get(f"/api/shared/{upload['share_token']}").json()["state"] == "paused"
    # The computer is as good as new.
    server.line.reset()
    person.pick(page, small)
    person.finished(page, small)


def test_what_was_just_deleted_is_so_before_all_is_forgotten(person: Person, server: Server, original: Make) -> None:
    """In this tab and in another one; afterwards nobody could delete it any more."""
    files = original(MIB), original(MIB)
    page = person.open()
    person.pick(page, *files)
    tokens = [person.finished(page, file)["share_token"] for file in files]
    tabs = page, person.open("/files")
    page.goto(f"{server.url}/files")
    for tab, file in zip(tabs, files, strict=True):
        row = tab.get_by_test_id("file-row").filter(has_text=file.name)
        row.get_by_role("button", name="Delete").click()
        expect(tab.get_by_test_id("toast").filter(has_text=f"{file.name} is deleted.")).to_be_visible()
    assert all(server.get(f"/api/shared/{token}").status_code == 200 for token in tokens), "it can be taken back yet"
    person.forgets(page)
    assert [server.get(f"/api/shared/{token}").status_code for token in tokens] == [404, 404]


def test_forget_can_be_thought_over(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = halfway(person, server, file)
    page.get_by_test_id("forget-device").click()
    dialog = page.get_by_role("alertdialog", name="Forget on this device?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Keep")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_test_id("forget-device").click()
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog).to_be_hidden()
    person.finished(page, file)


@pytest.mark.parametrize(
    "browser_closed",
    [False, pytest.param(True, marks=pytest.mark.long)],
    ids=["the engine lives on", "the browser was closed"],
)
def test_somebody_else_at_the_same_computer(
    people: Callable[..., Person], server: Server, original: Make, browser_closed: bool
) -> None:
    """Somebody who has been here for longer sees nothing of it, and sends nothing; when its owner is back it goes on."""
    other, person = people(), people()
    theirs, file = original(MIB), original(SIZE)
    page = other.open()
    other.pick(page, theirs)
    other.finished(page, theirs)

    person.page_script = SEEN
    person.was_here_before()
    page = halfway(person, server, file)
    flying = sum(put.size for put in server.line.in_flight())
    mine = person.identity()
    person.take_identity_of(other)
    if browser_closed:
        person.quit()
        person.start()
        page = person.open()
    else:
        page.reload()
    # Who is here and what they have are two questions, each of which may be asked again after 3 seconds.
    expect(person.card(page, theirs.name)).to_be_visible(timeout=20_000)
    server.line.go_on()
    wait_for(lambda: not server.line.in_flight(), 20, "the line to be quiet")
    sent = server.line.received
    outage(4)
    assert server.line.received == sent, "it went on under somebody else's eyes"
    assert [name for name in page.evaluate("seen") if file.name in name] == []
    assert page.evaluate("seen") != []
    assert [one["name"] for one in person.uploads(page)] == [theirs.name]
    assert page.evaluate(KEPT)["copies"] == 1
    page.goto(f"{server.url}/files")
    expect(page.get_by_text(theirs.name).first).to_be_visible()
    expect(page.get_by_text(file.name)).to_have_count(0)

    person.take_identity(mine)
    page.goto(server.url)
    person.finished(page, file)
    assert server.line.received - file.size <= flying + 4 * 8 * MIB, "what was confirmed went twice"
    wait_for(lambda: page.evaluate(KEPT) == NOTHING, 20, "everything to be gone from the browser")


# All that scripts of the site can read of what the browser keeps: databases and the two small storages, as one text.
READABLE = """
async () => {
  const texts = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})]
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    for (const store of db.objectStoreNames) {
      const asked = db.transaction(store).objectStore(store).getAll()
      const values = await new Promise(resolve => { asked.onsuccess = () => resolve(asked.result) })
      texts.push(JSON.stringify(values, (_, value) => value instanceof File ? value.name : value))
    }
    db.close()
  }
  return texts.join('\\n')
}
"""


def test_all_of_somebody_is_deleted(person: Person, server: Server, original: Make) -> None:
    """A file that is deleted elsewhere leaves nothing in the browser; then everything is taken along, and deleted."""
    deleted, small, file = original(MIB), original(MIB), original(SIZE)
    page = person.open()
    for one in (deleted, small):
        person.pick(page, one)
        person.finished(page, one)
    tokens = {upload["name"]: upload for upload in person.uploads(page)}
    page.evaluate("id => fetch('/api/uploads/' + id, {method: 'DELETE'})", tokens[deleted.name]["id"])
    expect(person.card(page, deleted.name)).to_have_count(0)
    wait_for(lambda: deleted.name not in page.evaluate(READABLE), 30, "nothing of it in the browser")
    server.line.shape(12 * MIB, until=SIZE // 2)
    person.pick(page, file)
    expect(person.card(page, file.name).get_by_test_id("leave")).to_have_attribute(
        "data-leave", "return", timeout=40_000
    )
    assert file.name in page.evaluate(READABLE), "what is kept can be read"

    page.get_by_test_id("your-data").click()
    with page.expect_download() as loaded:
        page.get_by_test_id("export-all").click()
    with zipfile.ZipFile(loaded.value.path()) as archive:
        names = {json.loads(line)["name"] for line in archive.read("uploads.jsonl").splitlines()}
    assert names == {small.name, file.name, ""}
    page.evaluate("window.isBefore = true")
    page.get_by_test_id("erase-confirm").click()
    page.wait_for_function(f"() => !window.isBefore && {BOOTED}", timeout=60_000)

    assert page.evaluate(KEPT) == NOTHING
    assert [name for name in (small.name, file.name) if name in page.evaluate(READABLE)] == []
    assert person.uploads(page) == []
    gone = [server.get(f"/api/shared/{upload['share_token']}").status_code for upload in tokens.values()]
    assert gone == [404, 404]
