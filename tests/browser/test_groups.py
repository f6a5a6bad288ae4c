"""A folder and many files at once: one card, a list of which only a window is in the page, the keyboard in it, and the same card after a reload."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from smartupload_testing.browser.page import CARD
from smartupload_testing.files import Original
from smartupload_testing.wait import wait_for

from tests.browser.person import Person
from tests.browser.server import Server

Make = Callable[..., Original]
SLOW = 60_000
NODES = "document.querySelectorAll('*').length"


def group(page: Page, name: str) -> Locator:
    return page.get_by_test_id("group-card").filter(has_text=name)


def folder_of(original: Make, files: int, name: str = "Holiday", size: int = 500) -> Path:
    folder = original(1).path.parent / name
    folder.mkdir()
    for number in range(files):
        (folder / f"photo-{number:03}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + number.to_bytes(2) * size)
    return folder


def row(page: Page, place: int) -> Locator:
    return page.locator(f"{CARD}[aria-posinset='{place}']")


def test_a_folder_is_one_card_whose_rows_the_keyboard_reaches(person: Person, server: Server, original: Make) -> None:
    server.line.shape(SLOW)
    page = person.open()
    before = page.evaluate(NODES)
    person.drop(page, folder_of(original, 300, size=5000))
    card = group(page, "Holiday")
    expect(card.get_by_test_id("group-count")).to_contain_text("of 300 files", timeout=30_000)
    expect(page.locator(CARD)).to_have_count(0)
    expect(page.get_by_test_id("group-card")).to_have_count(1)
    unfold = card.get_by_test_id("group-unfold")
    unfold.focus()
    page.keyboard.press("Enter")
    expect(unfold).to_have_attribute("aria-expanded", "true")
    expect(row(page, 1)).to_have_attribute("aria-setsize", "300")
    assert page.locator(CARD).count() < 40
    page.keyboard.press("Tab")
    expect(row(page, 1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(row(page, 2)).to_be_focused()
    page.keyboard.press("End")
    expect(row(page, 300)).to_be_focused()
    expect(row(page, 300)).to_be_in_viewport()
    expect(row(page, 300)).to_contain_text("photo-299.jpg")
    # However far it is scrolled, the row with the focus stays.
    page.get_by_test_id("group-files").evaluate("list => { list.scrollTop = 0 }")
    expect(row(page, 5)).to_be_visible()
    expect(row(page, 300)).to_be_focused()
    assert page.locator(CARD).count() < 40
    assert page.evaluate(NODES) - before < 1000

    page.reload()
    again = group(page, "Holiday")
    expect(again.get_by_test_id("group-count")).to_contain_text("300 files", timeout=30_000)
    expect(page.get_by_test_id("group-card")).to_have_count(1)
    again.get_by_role("button", name="Pause all").focus()
    page.keyboard.press("Enter")
    expect(again).to_have_attribute("data-state", "paused")
    expect(again.get_by_role("button", name="Resume all")).to_be_focused()
    again.get_by_role("button", name="Cancel all").focus()
    page.keyboard.press("Enter")
    undo = again.locator("> [class*=acts]").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(again).to_have_attribute("data-state", "cancelled")
    expect(again).to_contain_text("can be undone for 10 seconds, then it is deleted")
    page.keyboard.press("Enter")
    expect(again.get_by_role("button", name="Resume all")).to_be_focused()
    again.get_by_role("button", name="Resume all").click()
    again.get_by_role("button", name="Cancel all").click()
    expect(undo).to_be_focused()
    again.locator("> [class*=acts]").get_by_role("button", name="Remove from this list").click()
    expect(page.get_by_test_id("group-card")).to_have_count(0)
    server.line.go_on()
    wait_for(
        lambda: all(one["state"] in ("ready", "cancelled") for one in person.uploads(page)), 60, "no upload to be left"
    )


def test_one_link_for_all_of_them(
    people: Callable[..., Person], server: Server, original: Make, tmp_path: Path
) -> None:
    """It is copied while the files are on their way; whoever has it sees those that are there, and has all in one ZIP once they are."""
    owner, visitor = people(), people()
    folder = folder_of(original, 6, "Trip")
    (folder / "day 1").mkdir()
    (folder / "photo-000.jpg").rename(folder / "day 1" / "photo-000.jpg")
    (folder / "film.bin").write_bytes(bytes(range(256)) * 4096)
    server.line.shape(SLOW)
    page = owner.open()
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text }")
    owner.drop(page, folder)
    card = group(page, "Trip")
    card.get_by_role("button", name="Copy link").first.click(timeout=30_000)
    expect(page.get_by_test_id("toast").filter(has_text="Link copied")).to_be_visible()
    link = page.evaluate("window.copied")
    seen = visitor.open(link.removeprefix(server.url))
    shared = seen.get_by_test_id("shared-group")
    expect(shared).to_have_attribute("data-state", "open", timeout=30_000)
    expect(shared).to_contain_text("still on")
    expect(shared.get_by_role("heading", name="Trip")).to_be_visible()
    server.line.go_on()
    server.line.reset()
    expect(shared.get_by_role("link", name="Download", exact=True)).to_have_count(7, timeout=60_000)
    expect(shared).to_contain_text("7 files")
    with seen.expect_download() as started:
        shared.get_by_role("link", name="Download all").click()
    saved = tmp_path / "all.zip"
    started.value.save_as(saved)
    with zipfile.ZipFile(saved) as found:
        assert found.testzip() is None
        given = {f"Trip/{one.relative_to(folder)}": one.read_bytes() for one in folder.rglob("*") if one.is_file()}
        assert {name: found.read(name) for name in found.namelist()} == given
    expect(seen.get_by_test_id("link-panel")).to_have_count(0)
    mine = owner.open(link.removeprefix(server.url))
    panel = mine.get_by_test_id("link-panel")
    panel.get_by_role("button", name="Stop sharing").click()
    mine.get_by_role("button", name="Yes, stop sharing").click()
    expect(mine.get_by_role("button", name="Share again")).to_be_visible()
    seen.reload()
    expect(shared).to_have_attribute("data-state", "closed", timeout=30_000)
    # Where all files of its owner are, the link is as well.
    files = owner.open("/files")
    files.get_by_text("Links to several files: 1").click(timeout=30_000)
    row = files.get_by_test_id("group-link")
    expect(row).to_contain_text("Not shared")
    expect(row).to_contain_text("7 files")
    row.get_by_role("button", name="Share again").click()
    expect(row.get_by_role("button", name="Copy link")).to_be_visible()
    seen.reload()
    expect(shared).to_have_attribute("data-state", "open", timeout=30_000)
    row.get_by_role("link", name="Trip").click()
    expect(files.get_by_test_id("link-panel")).to_be_visible(timeout=30_000)


def test_what_needs_the_person_is_said_and_can_be_shown_alone(person: Person, original: Make) -> None:
    folder = folder_of(original, 30, "Scans")
    for number in (3, 7):
        (folder / f"empty-{number}.txt").write_bytes(b"")
    page = person.open()
    person.drop(page, folder)
    card = group(page, "Scans")
    expect(card).to_have_attribute("data-state", "failed", timeout=30_000)
    expect(card).to_contain_text("30 of 32 files")
    expect(card).to_contain_text("2 files need you")
    card.get_by_test_id("group-problems").click()
    expect(page.locator(CARD)).to_have_count(2)
    expect(page.locator(f"{CARD}[data-error=empty_file]")).to_have_count(2)
    expect(row(page, 1)).to_contain_text("This file is empty")
    page.get_by_role("button", name="Clear list").click()
    expect(page.get_by_test_id("group-card")).to_have_count(0)


def test_more_than_twenty_files_are_one_card(person: Person, original: Make) -> None:
    files = [original(2000, f"note-{number:02}.txt") for number in range(21)]
    page = person.open()
    person.drop(page, *files)
    card = group(page, "21 files")
    expect(card).to_have_attribute("data-state", "ready", timeout=30_000)
    expect(page.locator(CARD)).to_have_count(0)
    single = original(3000, "alone.txt")
    person.drop(page, single)
    person.wait_state(page, single.name, "ready")
    assert {one["name"] for one in person.uploads(page) if one["state"] == "ready"} == {
        one.name for one in [*files, single]
    }
