"""The page Files as somebody works with it: names are changed in place, several files are dealt with at once, and keys do what buttons do."""

from __future__ import annotations

from playwright.sync_api import expect
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
    expect_accessible(page, "Files, a name being changed")
    page.keyboard.type("..")
    page.keyboard.press("Escape")
    expect(row.get_by_role("button", name="Delete")).to_be_focused()
    expect(row.get_by_role("link", name="letter.txt")).to_be_visible()
    row.get_by_role("button", name="Rename").focus()
    page.keyboard.press("Enter")
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
    saved: list[str] = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    line.get_by_role("button", name="Download").click()
    wait_for(lambda: len(saved) == 3, 20, "three downloads")
    assert len(set(saved)) == 3
    line.get_by_role("button", name="Delete").click()
    expect(line.get_by_role("button", name="Keep")).to_be_focused()
    line.get_by_role("button", name="Yes, delete").click()
    expect(rows).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(5)
    line.get_by_role("checkbox").click()
    expect(line).to_contain_text("5 selected")
    boxes.first.click()
    line.get_by_role("button", name="Delete").click()
    line.get_by_role("button", name="Yes, delete").click()
    expect(rows).to_have_count(1)
    with page.expect_request("**/api/batch/cancel"):
        page.get_by_test_id("toast").filter(has_text="4 files").get_by_role("button", name="Close message").click()
    wait_for(lambda: len(person.uploads(page)) == 1, 10, "the deletion")
