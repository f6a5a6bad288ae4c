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


def test_what_is_shared_waits_for_a_window(person: Person) -> None:
    page = person.open()
    assert page.evaluate(KEEPS, ["letter.txt", "Dear Sir or Madam"])
    page.reload()
    page.wait_for_function(f"() => {BOOTED}")
    assert page.evaluate(KEPT) == 1, "a tab is not what it was shared with"
    installed(page).reload()
    expect(person.card(page, "letter.txt")).to_have_attribute("data-state", "ready", timeout=30_000)
    has_nothing_left(page)


def test_a_form_of_another_site_gives_nobody_files(person: Person) -> None:
    """No browser shares files with a tab: what comes there, any site may have sent."""
    opened(person)
    page = person.open()
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
