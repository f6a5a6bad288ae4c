"""Where the focus is after each thing that a person does, with the keyboard alone: never at the top of the page again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import Person, halfway
from tests.browser.server import Server

Make = Callable[..., Original]

FOCUSED = """() => {
    const one = document.activeElement
    if (!one || one === document.body) return ''
    return one.getAttribute('aria-label') || (one.tagName === 'MAIN' ? 'main' : one.textContent)
}"""
DESCRIBED = """() => document.getElementById(document.activeElement.getAttribute('aria-describedby'))?.textContent"""
TRAY_COMES_LAST = """() => Boolean(document.querySelector('main').compareDocumentPosition(document.querySelector('[data-testid=upload-tray]')) & Node.DOCUMENT_POSITION_FOLLOWING)"""


def expect_focus(page: Page, name: str) -> None:
    seen: list[str] = []

    def is_there() -> bool:
        seen.append(page.evaluate(FOCUSED))
        return seen[-1] == name

    try:
        wait_for(is_there, 10, "the focus", every=0.1)
    except AssertionError:
        raise AssertionError(f"the focus is at {seen[-1] or 'nothing'}, not at {name}") from None


def presses(page: Page, key: str, then: str) -> None:
    page.keyboard.press(key)
    expect_focus(page, then)


def test_on_cards_and_from_page_to_page(person: Person, server: Server, original: Make) -> None:
    file = original(64 * MIB, "film.mov")
    page = halfway(person, server, file)
    server.line.shape(200_000)
    assert page.evaluate(TRAY_COMES_LAST)
    person.card(page, file.name).get_by_role("button", name="Pause").focus()
    assert page.evaluate(DESCRIBED) == file.name
    presses(page, "Enter", "Resume")
    person.wait_state(page, file.name, "paused")
    presses(page, "Enter", "Pause")
    person.wait_state(page, file.name, "uploading", "verifying")
    page.locator("nav a[href='/projects']").focus()
    presses(page, "Enter", "main")
    assert page.url.endswith("/projects")
    page.get_by_test_id("tray-row").get_by_role("button", name="Pause").focus()
    assert page.evaluate(DESCRIBED) == file.name
    presses(page, "Enter", "Resume")
    page.locator("nav a[href='/']").focus()
    presses(page, "Enter", "main")
    person.card(page, file.name).get_by_role("button", name="Cancel").focus()
    presses(page, "Enter", "Remove from this list")
    presses(page, "Enter", "main")
    expect(person.card(page, file.name)).to_have_count(0)


def test_deleting_asks_with_the_focus_on_keep(person: Person, server: Server, original: Make) -> None:
    page = person.open()
    files = [original(1 * MIB) for _ in range(2)]
    for file in files:
        person.pick(page, file)
        person.finished(page, file)
    page = person.open("/files")
    rows = page.get_by_test_id("file-row")
    expect(rows).to_have_count(2)
    rows.first.get_by_role("button", name="Delete").focus()
    presses(page, "Enter", "Keep")
    presses(page, "Escape", "Delete")
    expect(rows).to_have_count(2)
    presses(page, "Enter", "Keep")
    presses(page, "Shift+Tab", "Yes, delete")
    presses(page, "Enter", "Delete")
    expect(rows).to_have_count(1)
    assert page.evaluate(DESCRIBED) == files[0].name, "the row that took its place"
