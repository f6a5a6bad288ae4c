"""The site as an installed app: what other apps share with it is kept at once, taken by the next window, and never lost."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from smartupload_testing.browser.page import BOOTED
from smartupload_testing.wait import wait_for

from tests.browser.person import Person

# As a browser sends it when another app shares files.
SHARES = """async (files) => {
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, {action: '/share-target', method: 'POST', enctype: 'multipart/form-data'})
    const input = form.appendChild(Object.assign(document.createElement('input'), {type: 'file', name: 'files', multiple: true}))
    const given = new DataTransfer()
    for (const [name, text] of files) given.items.add(new File([text], name))
    input.files = given.files
    form.submit()
}"""
# What is kept of it where no page comes.
KEEPS = """([name, text]) => new Promise((kept) => {
    const asked = indexedDB.open('smartupload-shared', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('files', {autoIncrement: true})
    asked.onsuccess = () => {
        const db = asked.result
        const change = db.transaction('files', 'readwrite')
        change.objectStore('files').add({batch: 'b', file: new File([text], name), at: Date.now()})
        change.oncomplete = () => { db.close(); kept(true) }
    }
})"""
KEPT = """() => new Promise((tell) => {
    const asked = indexedDB.open('smartupload-shared', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('files', {autoIncrement: true})
    asked.onsuccess = () => {
        const db = asked.result
        const count = db.transaction('files').objectStore('files').count()
        count.onsuccess = () => { db.close(); tell(count.result) }
    }
})"""


# Of the batch in KEEPS: one window takes it.
LOCK = "smartupload-shared:b"
LOCKS = """async () => {
    const names = (locks) => locks.map(({ name }) => name)
    const { held, pending } = await navigator.locks.query()
    return { held: names(held), pending: names(pending) }
}"""
# Of the service worker that hears what is shared.
HEARS = "async () => (await navigator.serviceWorker.getRegistrations()).some(({ scope, active }) => scope.endsWith('/share-target') && active?.state === 'activated')"
# No page of the app: an app of the system shares, and it has none of ours open.
ELSEWHERE = "/robots.txt"


def installed(page: Page) -> Page:
    """From its next document on it is the window of an installed app, as its pages see it: a browser has one only where the system can install."""
    page.add_init_script(
        "const asked = matchMedia; window.matchMedia = query => query === '(display-mode: browser)' ? {matches: false} : asked(query)"
    )
    return page


def opened(person: Person) -> Page:
    """The window of an installed app, in whose browser a service worker hears what is shared, on its way to share."""
    page = installed(person.open())
    page.reload()
    wait_for(lambda: page.evaluate(HEARS), 30, "a service worker that hears what is shared")
    page.goto(person.server.url + ELSEWHERE)
    return page


def has_nothing_left(page: Page) -> None:
    wait_for(lambda: page.evaluate(KEPT) == 0, 30, "nothing to be kept any more")


def test_what_is_shared_is_taken_as_if_it_had_been_picked(person: Person) -> None:
    page = opened(person)
    page.evaluate(SHARES, [["letter.txt", "Dear Sir or Madam"], ["nothing.txt", ""]])
    expect(person.card(page, "letter.txt")).to_have_attribute("data-state", "ready", timeout=30_000)
    refused = person.card(page, "nothing.txt")
    expect(refused).to_have_attribute("data-error", "empty_file", timeout=15_000)
    expect(refused.locator(".problem")).to_contain_text(".")
    assert page.url == f"{person.server.url}/"
    has_nothing_left(page)


def test_what_is_shared_waits_for_a_window_and_is_taken_by_one(person: Person) -> None:
    page = person.open()
    assert page.evaluate(KEEPS, ["letter.txt", "Dear Sir or Madam"])
    page.reload()
    page.wait_for_function(f"() => {BOOTED}")
    assert page.evaluate(KEPT) == 1, "a tab is not what it was shared with"
    # A window that takes it and comes to its end before it is safe.
    other = person.open()
    assert other.evaluate(
        f"new Promise(held => navigator.locks.request('{LOCK}', () => (held(true), new Promise(() => {{}}))))"
    )
    installed(page).reload()
    wait_for(lambda: LOCK in page.evaluate(LOCKS)["pending"], 30, "the window to wait for the other one")
    expect(person.card(page, "letter.txt")).to_have_count(0)
    assert page.evaluate(KEPT) == 1
    other.close()
    expect(person.card(page, "letter.txt")).to_have_attribute("data-state", "ready", timeout=30_000)
    has_nothing_left(page)
    wait_for(lambda: LOCK not in page.evaluate(LOCKS)["held"], 30, "the window to be done with it")


def test_what_no_service_worker_takes_is_said(person: Person) -> None:
    """Nobody has opened the site since it was installed, so it comes to the server; and a tab that it was installed from has one that does."""
    page = person.open()
    page.evaluate(SHARES, [["letter.txt", "Dear Sir or Madam"]])
    expect(page.get_by_test_id("toast")).to_contain_text("could not be kept", timeout=15_000)
    assert page.url == f"{person.server.url}/"
    assert page.evaluate(KEPT) == 0

    def hears() -> bool:
        return page.evaluate("() => dispatchEvent(new Event('appinstalled'))") and page.evaluate(HEARS)

    wait_for(hears, 30, "a service worker that hears what is shared")
    # No browser shares files with a tab: what comes there, any site may have sent.
    page.evaluate(SHARES, [["theirs.txt", "not yours"]])
    expect(page.get_by_test_id("toast")).to_contain_text("Nothing was taken", timeout=15_000)
    expect(person.card(page, "theirs.txt")).to_have_count(0)
    has_nothing_left(page)


def test_forgetting_wipes_what_no_window_has_taken(person: Person) -> None:
    page = person.open()
    page.evaluate(KEEPS, ["letter.txt", "Dear Sir or Madam"])
    assert page.evaluate(KEPT) == 1
    person.forgets(page)
    assert page.evaluate(KEPT) == 0
