"""Nobody is kept out: axe finds nothing on any page, in any state, theme or width, and nothing is cut off or covered, in other languages and with larger letters either."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from smartupload.words import speaking
from tests.browser.axe import faults
from tests.browser.fits import fits
from tests.browser.looks.scenes import SHEETS, Scene
from tests.browser.looks.stage import Stage, states
from tests.browser.server import Server
from tests.browser.tree import expect_tree

TREES = {
    ("home", "empty"): "home",
    ("home", "cards"): "home-with-cards",
    ("tray", "open"): "the-tray",
    ("groups", "groups"): "groups",
    ("files", "tagged"): "files",
    ("mine", "stopped"): "a-files-page",
    ("account", "some"): "account",
}
"""Of these what a screen reader finds is kept."""
WORDY = {("home", "cards"), ("groups", "needs"), ("signed", "take"), ("files", "tagged"), ("files", "links"), ("mine", "limited"), ("drop", "open"), ("account", "some"), ("notifications", "confirmed")}  # fmt: skip
"""On these most is said: what is looked at in German as well."""
TWINS = {("home", "data"), ("file", "scanning"), ("file", "failed"), ("file", "expired"), ("file", "closed"), ("mine", "renew"), ("mine", "blocked"), ("drop", "missing"), ("files", "none"), ("signed", "nobody")}  # fmt: skip
"""These have the elements of another one, with other words: `make test-long` looks at them."""
FIRST = {"home", "groups", "files"}
"""At these `make test` looks, at all others `make test-long`."""
LANGUAGES = [pytest.param(one, marks=pytest.mark.long) for one in ("de", "es", "fr", "ja", "ar")]


def found_on(browser: Browser, server: Server, sheet: str, scenes: list[Scene]) -> list[str]:
    found: list[str] = []
    stage = Stage(browser, server.url, "en")
    for scene in scenes:
        scene.show(stage)
        if tree := TREES.get((sheet, scene.name)):
            expect_tree(stage.page, tree)
        found += faults(stage.page, f"{sheet}, {scene.name}")
    stage.close()
    return found


@pytest.mark.parametrize(
    "sheet", [one if one in FIRST else pytest.param(one, marks=pytest.mark.long) for one in SHEETS]
)
def test_nothing_is_found(sheet: str, browser: Browser, server: Server) -> None:
    scenes = [scene for scene in SHEETS[sheet] if (sheet, scene.name) not in TWINS]
    found = found_on(browser, server, sheet, scenes)
    assert found == [], "\n".join(found)


@pytest.mark.long
def test_nothing_is_found_where_other_words_stand(browser: Browser, server: Server) -> None:
    found: list[str] = []
    for sheet, scenes in SHEETS.items():
        found += found_on(browser, server, sheet, [scene for scene in scenes if (sheet, scene.name) in TWINS])
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_have_room(language: str, browser: Browser, server: Server) -> None:
    """Their words are longer, and where they break is another question."""
    known = {(sheet, scene.name) for sheet, scenes in SHEETS.items() for scene in scenes}
    assert WORDY | TWINS | set(TREES) <= known
    found: list[str] = []
    stage = Stage(browser, server.url, language)
    with speaking(language):
        for sheet, scenes in SHEETS.items():
            for scene in scenes:
                if language != "de" or (sheet, scene.name) in WORDY:
                    scene.show(stage)
                    found += fits(stage.page, f"{sheet}, {scene.name}")
    stage.close()
    assert found == [], "\n".join(found)


def test_names(browser: Browser, server: Server) -> None:
    """One that is too long is cut in its middle, and is whole for whoever copies it; one in Arabic runs its own way."""
    assert len({(one["state"], one["error_code"]) for one in states()["single"]["cards"]}) == 12
    stage = Stage(browser, server.url, "en")
    stage.open("/")
    stage.cards("single")
    page = stage.page
    long = page.locator(".card .name[data-cut]").filter(has_text="Minutes")
    expect(long).to_have_attribute("data-end", "ing.mov")
    name = long.get_attribute("title")
    expect(long).to_have_text(name or "-")
    copied = long.evaluate("one => { getSelection().selectAllChildren(one); return String(getSelection()) }")
    assert copied == name
    directions = page.locator(".card .name").evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert sorted(directions) == [*["ltr"] * 11, "rtl"]
    stage.close()


def test_somebodys_own_few_colours(browser: Browser, server: Server) -> None:
    """A switch looks otherwise on than off, and the focus is seen wherever it is."""
    stage = Stage(browser, server.url, "en")
    next(scene for scene in SHEETS["notifications"] if scene.name == "confirmed").show(stage)
    expect_seen_in_few_colours(stage.page)
    stage.close()


def expect_seen_in_few_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    switch = page.get_by_role("switch").first
    page.evaluate("document.activeElement.blur()")
    off = switch.screenshot()
    switch.evaluate("one => one.setAttribute('aria-checked', one.ariaChecked === 'true' ? 'false' : 'true')")
    assert switch.screenshot() != off
    for one in (
        switch,
        page.get_by_label("Another address"),
        page.get_by_role("button", name="Change"),
        page.locator("nav a").first,
    ):
        plain = one.evaluate("one => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineColor")
        one.focus()
        page.keyboard.press("Shift")
        assert (
            one.evaluate("one => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineColor") != plain
        ), str(one)
