"""Where the focus is after each thing that a person does, with the keyboard alone: never at the top of the page again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import Person, give_made_up_file, halfway
from tests.browser.server import Server

Make = Callable[..., Original]

FOCUSED = """() => {
    const one = document.activeElement
    if (!one || one === document.body) return ''
    return one.getAttribute('aria-label') || (one.tagName === 'MAIN' ? 'main' : one.textContent)
}"""
DESCRIBED = """() => document.getElementById(document.activeElement.getAttribute('aria-describedby'))?.textContent"""
VOICE = ".smartupload-voice"
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


def says_yes(page: Page, asks: str, yes: str, then: str) -> None:
    """By the keyboard alone: asked with the focus on Keep, put away once by Escape, and then on what took its place."""
    page.get_by_role("button", name=asks).focus()
    presses(page, "Enter", "Keep")
    presses(page, "Escape", asks)
    presses(page, "Enter", "Keep")
    presses(page, "Shift+Tab", yes)
    presses(page, "Enter", then)


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
    page.get_by_test_id("tray-row").get_by_role("button", name="Cancel").focus()
    presses(page, "Enter", "Undo")
    expect(page.get_by_test_id("upload-tray")).to_contain_text("1 file cancelled")
    presses(page, "Enter", "Resume")
    page.locator("nav a[href='/']").focus()
    presses(page, "Enter", "main")
    person.card(page, file.name).get_by_role("button", name="Cancel").focus()
    presses(page, "Enter", "Undo")
    expect(page.locator(VOICE)).to_contain_text("cancelled; can be undone for 10 seconds")
    presses(page, "Enter", "Resume")
    person.wait_state(page, file.name, "paused")
    person.card(page, file.name).get_by_role("button", name="Cancel").focus()
    presses(page, "Enter", "Undo")
    # The time is over, and nobody has touched it.
    expect(person.card(page, file.name).get_by_role("button", name="Undo")).to_have_count(0, timeout=20_000)
    expect_focus(page, "Remove from this list")
    presses(page, "Enter", "main")
    expect(person.card(page, file.name)).to_have_count(0)
    # It can be taken back: by the keys, and by the button, which has not taken the focus.
    presses(page, "Control+z", "Remove from this list")
    expect(person.card(page, file.name)).to_have_count(1)
    page.get_by_role("button", name="Clear list").focus()
    presses(page, "Enter", "main")
    page.get_by_test_id("toast").get_by_role("button", name="Undo").focus()
    presses(page, "Enter", "Remove from this list")
    presses(page, "Enter", "main")
    page.reload()
    expect(page.get_by_text("Come back any time")).to_be_visible()
    expect(person.card(page, file.name)).to_have_count(0)


def test_what_is_deleted_can_be_taken_back_and_the_next_row_has_the_focus(
    person: Person, server: Server, original: Make
) -> None:
    page = person.open()
    files = [original(1 * MIB) for _ in range(2)]
    for file in files:
        person.pick(page, file)
        person.finished(page, file)
    page = person.open("/files")
    rows = page.get_by_test_id("file-row")
    expect(rows).to_have_count(2)
    rows.first.get_by_role("button", name="Delete").focus()
    presses(page, "Enter", "Delete")
    expect(rows).to_have_count(1)
    assert page.evaluate(DESCRIBED) == files[0].name, "the row that took its place"
    message = page.get_by_test_id("toast").filter(has_text=f"{files[1].name} is deleted.")
    expect(message).to_have_css("direction", "ltr")
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(2)
    assert len(person.uploads(page)) == 2
    # The second click of a double one would hit the row that came up.
    rows.first.get_by_role("button", name="Delete").dblclick()
    expect(rows).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(2)
    rows.first.get_by_role("button", name="Delete").focus()
    presses(page, "Enter", "Delete")
    expect(rows).to_have_count(1)
    # Whoever leaves takes nothing back any more.
    page.goto(server.url)
    wait_for(lambda: len(person.uploads(page)) == 1, 10, "the deletion")


def test_on_a_links_page_and_with_notifications(person: Person, server: Server) -> None:
    page = person.open()
    give_made_up_file(page, "letter.txt")
    person.wait_state(page, "letter.txt", "ready")
    page.goto(f"{server.url}/f/{person.uploads(page)[0]['share_token']}")
    says_yes(page, "Stop sharing", "Yes, stop sharing", then="QR code")
    page.get_by_role("button", name="Share again").focus()
    presses(page, "Enter", "Stop sharing")
    page.goto(f"{server.url}/notifications")
    page.get_by_label("Your mail address").fill("anna@example.org")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Send it again").focus()
    presses(page, "Enter", "Send it again")
    page.get_by_role("button", name="Remove").focus()
    presses(page, "Enter", "main")
