"""Nobody is kept out: axe finds nothing on any page, in any state, theme or width, and nothing is cut off or covered."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.axe import expect_accessible, states, tell
from tests.browser.person import Person, give_made_up_file
from tests.browser.server import Server
from tests.browser.tree import expect_tree

LONG = 60_000
CHECKED = ("verifying", "scanning")
SENTENCE = "A virus was found in this file. Nobody can open it; check your computer."
LONG_NAME = (
    "Minutes of the meeting of the editorial board, third of November, final version as agreed on with everybody.txt"
)


def test_every_state_of_a_card_the_tray_and_the_questions(person: Person) -> None:
    said = states()
    assert len({(one["state"], one["error_code"]) for one in said["cards"]}) == 12
    page = person.open()
    expect_tree(page, "home")
    expect_accessible(page, "home with nothing on its way")
    tell(page, said)
    expect(page.get_by_test_id("file-card")).to_have_count(len(said["cards"]))
    expect_tree(page, "home-with-cards")
    expect_names(page)
    page.get_by_test_id("closing").locator("summary").click()
    expect_accessible(page, "cards")
    page.locator(".tray-head").click()
    expect(page.get_by_test_id("tray-row")).to_have_count(7)
    expect_tree(page, "home-with-the-tray")
    expect_accessible(page, "the tray")
    page.locator(".tray-head").click()
    for opens in ("forget-device", "your-data"):
        page.get_by_test_id(opens).click()
        expect_accessible(page, opens)
        page.keyboard.press("Escape")


def expect_names(page: Page) -> None:
    """One that is too long is cut in its middle, and is whole for whoever copies it; one in Arabic runs its own way."""
    long = page.locator(".card .name[data-cut]").filter(has_text="Minutes")
    expect(long).to_have_attribute("data-end", "ing.mov")
    name = long.get_attribute("title")
    expect(long).to_have_text(name or "-")
    copied = long.evaluate("one => { getSelection().selectAllChildren(one); return String(getSelection()) }")
    assert copied == name
    directions = page.locator(".card .name").evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert sorted(directions) == [*["ltr"] * 11, "rtl"]


def shared(page: Page, path: str, state: str) -> None:
    page.goto(path)
    expect(page.get_by_test_id("shared-file")).to_have_attribute("data-state", state, timeout=LONG)
    expect_accessible(page, f"the file's page, {state}")


def says(page: Page, state: str, sentence: str) -> None:
    """From the next load on the server says that the file has come to this state, in place of ready."""

    def passes(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def changed(said: str | bytes) -> None:
            if isinstance(said, str) and '"status_rx_state_":"ready"' in said:
                said = said.replace('"status_rx_state_":"ready"', f'"status_rx_state_":"{state}"')
                said = re.sub(r'"sentence_rx_state_":"[^"]*"', f'"sentence_rx_state_":"{sentence}"', said)
                for gone in ("preview", "download_url"):
                    said = re.sub(rf'"{gone}_rx_state_":"[^"]*"', f'"{gone}_rx_state_":""', said)
                said = said.replace('"waiting_rx_state_":false', f'"waiting_rx_state_":{str(state in CHECKED).lower()}')
            socket.send(said)

        server.on_message(changed)

    page.route_web_socket(re.compile("/_event"), passes)


def test_files_and_their_pages(person: Person, server: Server, original: Callable[..., Original]) -> None:
    page = person.open("/files")
    expect(page.get_by_text("No files yet")).to_be_visible(timeout=LONG)
    expect_accessible(page, "Files, empty")
    page = person.open()
    give_made_up_file(page, LONG_NAME, "a text\n" * 40)
    person.wait_state(page, LONG_NAME, "ready")
    server.line.shape(1)
    film = original(16 * MIB, "film.mov")
    person.pick(page, film)
    person.wait_state(page, film.name, "uploading")
    known = wait_for(lambda: len(found := person.uploads(page)) == 2 and found, 60, "both to be known")
    running, ready = known
    shared(page, f"{server.url}/f/{running['share_token']}", "uploading")
    page.get_by_test_id("tray-row").get_by_role("button", name="Pause").click()
    shared(page, f"{server.url}/f/{running['share_token']}", "paused")
    page.goto(server.url)
    person.press(page, film.name, "Cancel")
    person.wait_state(page, film.name, "cancelled")
    expect_accessible(page, "an upload that was cancelled a moment ago")
    person.press(page, film.name, "Remove from this list")
    wait_for(lambda: len(person.uploads(page)) == 1, 20, "the server to hear of it")
    shared(page, f"{server.url}/f/{running['share_token']}", "missing")
    shared(page, f"{server.url}/f/{ready['share_token']}", "ready")
    page.get_by_role("button", name="Stop sharing").click()
    page.get_by_role("button", name="Yes, stop sharing").click()
    expect(page.get_by_role("button", name="Share again")).to_be_visible()
    expect_tree(page, "a-files-page")
    expect_accessible(page, "the file's page, not shared")

    page.goto(f"{server.url}/files")
    page.get_by_test_id("file-row").get_by_role("button", name="Delete").click()
    expect_tree(page, "files")
    expect_accessible(page, "Files, asked before a deletion")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("searchbox").fill("zzz")
    expect(page.get_by_text("No file has these letters")).to_be_visible(timeout=LONG)
    expect_accessible(page, "Files, nothing found")
    page.goto(f"{server.url}/nowhere")
    expect_accessible(page, "no such page")
    for state in (*CHECKED, "blocked", "failed", "expired"):
        page = person.open("/projects")
        says(page, state, SENTENCE)
        shared(page, f"{server.url}/f/{ready['share_token']}", state)
        page.close()


def expect_seen_in_few_colours(page: Page) -> None:
    """With somebody's own few colours a switch looks otherwise on than off, and the focus is seen wherever it is."""
    page.emulate_media(forced_colors="active")
    switch = page.get_by_role("switch").first
    page.evaluate("document.activeElement.blur()")
    off = switch.screenshot()
    switch.evaluate("one => one.setAttribute('aria-checked', one.ariaChecked === 'true' ? 'false' : 'true')")
    assert switch.screenshot() != off
    for one in (
        switch,
        page.get_by_label("Another address"),
        page.get_by_role("button", name="Save"),
        page.locator("nav a").first,
    ):
        plain = one.evaluate("one => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineColor")
        one.focus()
        page.keyboard.press("Shift")
        assert (
            one.evaluate("one => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineColor") != plain
        ), str(one)
    page.emulate_media(forced_colors="none")


def test_account_and_notifications(person: Person, server: Server) -> None:
    page = person.open("/account")
    form = page.get_by_role("form", name="A new token")
    form.get_by_label("Name of the new token").fill("Nightly backup of everything that there is in the house")
    form.get_by_role("button", name="Make a token").click()
    expect(page.get_by_test_id("token-made")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="Revoke Nightly").click()
    expect(page.get_by_role("button", name="Yes, revoke it")).to_be_visible()
    expect_tree(page, "account")
    expect_accessible(page, "Account")
    page.goto(f"{server.url}/notifications")
    page.get_by_label("Your mail address").fill("axe@example.org")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not confirmed yet")).to_be_visible(timeout=LONG)
    expect_accessible(page, "Notifications")
    expect_seen_in_few_colours(page)
    page.goto(f"{server.url}/projects")
    expect(page.locator("tbody tr").first).to_be_visible()
    expect_accessible(page, "Projects")
