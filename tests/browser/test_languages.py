"""The page in another language: chosen while a file goes up, or the browser's own; it is one that nobody speaks, made of the English words."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect
from reflex_smartupload.catalogues import PSEUDO
from smartupload_testing.browser.page import BOOTED, INPUT
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import Person, under_way
from tests.browser.server import Server

SIZE = 24 * MIB
Make = Callable[..., Original]
OTHER = re.compile("⟦.+~⟧")
ITS_OWN = f"Object.defineProperty(Navigator.prototype, 'languages', {{ get: () => ['{PSEUDO}'] }})"
NO_COOKIES = "Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {} })"
WRITTEN = """() => {
  const bar = document.querySelector('[data-testid=file-card] [role=progressbar]').getBoundingClientRect()
  const card = document.querySelector('[data-testid=file-card]').getBoundingClientRect()
  const text = document.createRange()
  text.selectNodeContents(document.querySelector('[data-testid=file-card] .name'))
  const name = text.getBoundingClientRect()
  return { lang: document.documentElement.lang, dir: document.documentElement.dir, isNameRight: name.right > card.right - 80, wide: document.documentElement.scrollWidth <= innerWidth, bar: bar.width > 0 }
}"""


def choose(page: Page, language: str) -> None:
    page.get_by_test_id("language-menu").locator("select").select_option(language)


def words(page: Page) -> list[str]:
    return page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => name).filter((one) => /words_/.test(one))"
    )


def test_it_is_chosen_while_a_file_goes_up(person: Person, server: Server, original: Make) -> None:
    """All that the page says is in it at once, the engine's words too; nothing goes twice, and the next visit begins in it."""
    file = original(SIZE)
    page = under_way(person, server, file, 1 / 8)
    card = person.card(page, file.name)
    assert words(page) == [], "English is fetched with the page"
    choose(page, PSEUDO)
    expect(page.locator("p.sub").first).to_have_text(OTHER)
    expect(card.get_by_test_id("leave")).to_have_text(OTHER)
    expect(page.get_by_test_id("language-menu").locator("select")).to_be_focused()
    assert page.evaluate(WRITTEN) == {"lang": PSEUDO, "dir": "rtl", "isNameRight": True, "wide": True, "bar": True}
    page.reload()
    expect(person.card(page, file.name).get_by_test_id("leave")).to_have_text(OTHER)
    expect(page.locator("p.sub").first).to_have_text(OTHER)
    choose(page, "en")
    expect(page.locator("p.sub").first).to_have_text(re.compile("^Drop your files and move on"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    person.finished(page, file)
    assert server.line.received == file.size, "to change the language made parts go twice"
    what_the_server_says_follows(page, file.name)


def what_the_server_says_follows(page: Page, name: str) -> None:
    """On the list of files and on a file's own page, whose tab has had its line since before the choice; and in another tab."""
    page.get_by_role("navigation").get_by_role("link", name="Files").click()
    row = page.get_by_test_id("file-row").filter(has_text=name)
    expect(row).to_contain_text("Ready")
    choose(page, "de")
    expect(row).to_contain_text("Fertig")
    other = page.context.new_page()
    other.goto(page.url)
    there = other.get_by_test_id("file-row").filter(has_text=name)
    expect(there).to_contain_text("Fertig", timeout=30_000)
    choose(page, "en")
    expect(there).to_contain_text("Ready")
    choose(page, "de")
    expect(there).to_contain_text("Fertig")
    other.close()
    row.get_by_role("link", name=name).click()
    facts = page.get_by_test_id("shared-file").locator(".facts")
    expect(facts).to_contain_text("Datei")
    choose(page, "en")
    expect(facts).not_to_contain_text("Datei")
    expect(facts).to_contain_text("file")


def test_without_a_choice_it_is_the_browsers(person: Person) -> None:
    """Also where nothing can be kept: what was chosen holds for as long as the page is there."""
    person.page_script = f"{ITS_OWN};{NO_COOKIES}"
    page = person.open()
    expect(page.locator("p.sub").first).to_have_text(OTHER)
    assert page.locator("html").get_attribute("data-words") is None
    assert len(words(page)) == 1
    choose(page, "en")
    expect(page.locator("p.sub").first).to_have_text(re.compile("^Drop your files"))
    assert page.locator("html").get_attribute("dir") == ""


def test_what_is_chosen_while_the_words_are_on_their_way_is_taken(person: Person, original: Make) -> None:
    """On a slow line a page is there before its words are: the dialog that a person has opened by then ends when the page was drawn anew."""
    file = original(MIB)
    held: list[Route] = []
    page = person.open()
    page.add_init_script(ITS_OWN)
    page.route(re.compile(r"words_"), lambda route: held.append(route))
    page.reload()
    page.locator(INPUT).first.wait_for(state="attached")
    page.wait_for_function(f"() => {BOOTED}")
    with page.expect_file_chooser() as opened:
        page.locator(INPUT).first.evaluate("(input) => input.click()")
    before = page.locator(INPUT).first.element_handle()
    wait_for(lambda: page.evaluate("1") and held, 20, "the words to be asked for")
    for route in held:
        route.continue_()
    expect(page.locator("p.sub").first).to_have_text(OTHER)
    assert not before.evaluate("(input) => input.isConnected")
    opened.value.set_files(file.path)
    person.finished(page, file)
