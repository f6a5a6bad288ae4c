"""The page Files as somebody works with it: names are changed in place, several files are dealt with at once, and keys do what buttons do."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.axe import expect_accessible
from tests.browser.person import Person, give_made_up_file
from tests.browser.server import Server

LONG = 30_000


def test_a_name_is_changed_in_place(person: Person, server: Server) -> None:
    page = person.open()
    give_made_up_file(page, "letter.txt")
    person.wait_state(page, "letter.txt", "ready")
    page.goto(f"{server.url}/files")
    row = page.get_by_test_id("file-row")
    row.get_by_role("button", name="Delete").focus()
    page.keyboard.press("F2")
    field = row.get_by_role("textbox")
    expect(field).to_be_focused()
    assert field.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)") == "letter"
    page.keyboard.type("..")
    page.keyboard.press("Escape")
    expect(row.get_by_role("button", name="Delete")).to_be_focused()
    expect(row.get_by_role("link", name="letter.txt")).to_be_visible()
    row.get_by_role("button", name="Rename").focus()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    field.fill(".")
    page.keyboard.press("Enter")
    expect(row.get_by_role("alert")).to_contain_text("name", timeout=LONG)
    field.fill("to Anna")
    page.keyboard.press("Enter")
    expect(row.get_by_role("link", name="to Anna.txt")).to_be_visible(timeout=LONG)
    expect(row.get_by_role("button", name="Rename")).to_be_focused()
    with page.expect_download() as saved:
        row.get_by_role("link", name="Download").click()
    assert saved.value.suggested_filename == "to Anna.txt"
    row.get_by_role("button", name="Rename").click()
    expect_accessible(page, "Files, a name being changed")


def test_several_at_once(person: Person, server: Server) -> None:
    page = person.open()
    names = [f"{letter}.txt" for letter in "abcde"]
    for name in names:
        give_made_up_file(page, name, f"the text of {name}")
    for name in names:
        person.wait_state(page, name, "ready")
    page.goto(f"{server.url}/files")
    rows, line = page.get_by_test_id("file-row"), page.get_by_test_id("selection")
    expect(rows).to_have_count(5)
    boxes = rows.get_by_role("checkbox")
    boxes.nth(1).click()
    before = rows.first.bounding_box()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(line).to_contain_text("3 selected")
    assert rows.first.bounding_box() == before, "no row moves below a second click"
    expect_accessible(page, "Files, some selected")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    line.get_by_role("button", name="Copy links").click()
    expect(page.get_by_test_id("toast").last).to_contain_text("3 links copied")
    assert len(set(page.evaluate("navigator.clipboard.readText()").split("\n"))) == 3
    line.get_by_role("button", name="Delete").click()
    expect(rows).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(5)
    line.get_by_role("checkbox").click()
    expect(line).to_contain_text("5 selected")
    saved: list[str] = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    line.get_by_role("button", name="Download").click()
    # Playwright tells of them while it is asked something.
    wait_for(lambda: page.evaluate("true") and len(saved) == 5, 20, "five downloads")
    assert len(set(saved)) == 5
    # A download makes Reflex give its line up, and take another one a second later: what is selected stays so.
    expect(line).to_contain_text("5 selected")
    boxes.first.click()
    line.get_by_role("button", name="Delete").click()
    expect(rows).to_have_count(1)
    with page.expect_request("**/api/batch/cancel"):
        page.get_by_test_id("toast").filter(has_text="4 files").get_by_role("button", name="Close message").click()
    wait_for(lambda: len(person.uploads(page)) == 1, 10, "the deletion")


def test_what_is_shown_stands_in_the_address(person: Person, server: Server) -> None:
    page = person.open()
    for name in ("Zoo.txt", "ant.txt", "bee.csv"):
        give_made_up_file(page, name)
        person.wait_state(page, name, "ready")
    page.goto(f"{server.url}/files")
    links, total = page.get_by_test_id("file-row").locator("a.name"), page.get_by_test_id("files-sum")
    expect(links).to_have_text(["bee.csv", "ant.txt", "Zoo.txt"], timeout=LONG)
    page.get_by_role("columnheader", name="Name").get_by_role("button").click()
    expect(links).to_have_text(["ant.txt", "bee.csv", "Zoo.txt"])
    page.keyboard.press("/")
    page.keyboard.type("TXT?u/")
    expect(page.get_by_text("No file has these letters")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Backspace")
    expect(links).to_have_text(["ant.txt", "Zoo.txt"])
    expect(total).to_contain_text("2 of 3 files")
    page.get_by_role("button", name="Ready", exact=True).click()
    expect(page).to_have_url(re.compile(r"/files/?\?q=TXT&state=ready&order=name-up$"))
    page.reload()
    expect(links).to_have_text(["ant.txt", "Zoo.txt"], timeout=LONG)
    expect(page.get_by_role("searchbox")).to_have_value("TXT")
    expect(page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="Files", exact=True).click()
    expect(links).to_have_text(["bee.csv", "ant.txt", "Zoo.txt"])
    expect(page).to_have_url(re.compile("/files/?$"))
    expect(page.get_by_role("searchbox")).to_have_value("")
    tags_are_given_and_files_found_by_them(page)


def tags_are_given_and_files_found_by_them(page: Page) -> None:
    """By the keyboard alone, first several files, then one."""
    rows, line = page.get_by_test_id("file-row"), page.get_by_test_id("selection")
    links = rows.locator("a.name")
    for name in ("ant.txt", "bee.csv"):
        rows.filter(has_text=name).get_by_role("checkbox").press("Space")
    line.get_by_role("button", name="Tags").press("Enter")
    field = page.get_by_label("New tag", exact=True)
    expect(field).to_be_focused()
    page.keyboard.type("insects, 2025")
    page.keyboard.press("Enter")
    expect(rows.get_by_role("button", name="Show files with the tag insects")).to_have_count(2)
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    page.keyboard.type("x" * 41)
    page.keyboard.press("Enter")
    expect(line.get_by_role("alert")).to_contain_text("1 to 40 characters")
    line.get_by_role("button", name="Remove the tag 2025").press("Enter")
    expect(rows.get_by_text("2025")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(line.get_by_role("button", name="Tags")).to_be_focused()
    bee = rows.filter(has_text="bee.csv")
    bee.get_by_role("button", name="Tags", exact=True).press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("Insects")
    page.keyboard.press("Enter")
    expect(field).to_have_value("")
    page.keyboard.type("striped")
    page.keyboard.press("Enter")
    bee.get_by_role("button", name="Remove the tag insects").press("Enter")
    page.keyboard.press("Escape")
    expect(bee.get_by_role("button", name="Tags", exact=True)).to_be_focused()
    bee.get_by_role("button", name="Show files with the tag striped").press("Enter")
    expect(links).to_have_text(["bee.csv"])
    expect(page).to_have_url(re.compile(r"\?tag=striped$"))
    choice = page.get_by_role("combobox", name="Tag", exact=True)
    choice.select_option("insects")
    expect(links).to_have_text(["ant.txt"])
    page.reload()
    expect(links).to_have_text(["ant.txt"], timeout=LONG)
    expect(choice).to_have_value("insects")
    expect(page.get_by_test_id("files-sum")).to_contain_text("1 of 3 files")
    choice.select_option("")
    expect(links).to_have_count(3)


def test_keys_do_what_buttons_do_but_for_who_does_not_want_that(person: Person) -> None:
    page = person.open("/files")
    expect(page.get_by_text("No files yet")).to_be_visible(timeout=LONG)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys on this page")
    expect(keys).to_be_visible()
    expect_accessible(page, "the keys")
    page.keyboard.press("/")
    expect(page.locator("input[type=search]")).not_to_be_focused()
    page.keyboard.press("Escape")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("u")
    chooser.value.set_files({"name": "bee.txt", "mimeType": "text/plain", "buffer": b"bees"})
    expect(page.get_by_test_id("file-row")).to_have_attribute("data-state", "ready", timeout=LONG)
    page.keyboard.press("?")
    keys.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    page.get_by_role("button", name="Keys", exact=True).click()
    keys.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_running_upload_has_its_bar_and_is_paused_in_its_row(
    person: Person, server: Server, original: Callable[..., Original]
) -> None:
    page = person.open("/files")
    server.line.shape(1)
    film = original(16 * MIB, "film.mov")
    person.pick(page, film)
    row = page.get_by_test_id("file-row")
    expect(row.get_by_role("progressbar")).to_have_attribute("aria-valuenow", re.compile(r"^[1-9]\d?$"), timeout=LONG)
    row.get_by_role("button", name="Pause").click()
    expect(row).to_have_attribute("data-state", "paused", timeout=LONG)
    expect_accessible(page, "Files, a paused upload")
    row.get_by_role("button", name="Resume").click()
    expect(row).to_have_attribute("data-state", "uploading", timeout=LONG)
    server.line.shape(None)
    expect(row).to_have_attribute("data-state", "ready", timeout=LONG)
    expect(row.get_by_role("progressbar")).to_have_count(0)
