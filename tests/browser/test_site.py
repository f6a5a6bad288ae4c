"""The documentation as a site, opened from files by a browser that has no line: it searches, draws, and asks for nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.built_site import built

PATIENCE = 60_000
"""Milliseconds: the whole index is read by the page itself."""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("site"))


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Open]:
    """Opens a page of the site; at the end nothing may have been asked for elsewhere, and no script may have failed."""
    wrong: list[str] = []
    context = browser.new_context(offline=True)

    def heard(address: str) -> None:
        if not address.startswith((f"file://{site}/", "data:", "blob:")):
            wrong.append(address)

    def open_page(name: str, width: int = 1440, dark: bool = False) -> Page:
        page = context.new_page()
        page.on("request", lambda request: heard(request.url))
        page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.goto(f"file://{site}/{name}")
        return page

    yield open_page
    context.close()
    assert wrong == []


def test_search_works_without_a_server(opened: Open) -> None:
    page = opened("decisions/index.html?q=resume")
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=PATIENCE)
    found = page.locator(".md-search-result__link").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert any("reference/http.html" in address for address in found)


def test_answers_come_before_decisions(opened: Open) -> None:
    page = opened("index.html?q=close+browser")
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=PATIENCE)
    found = page.locator(".md-search-result__link").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    faq = next(at for at, address in enumerate(found) if "faq.html" in address)
    assert not any("decisions/" in address for address in found[:faq]), found


def test_nothing_of_code_is_out_of_sight(opened: Open) -> None:
    """What has a language is broken into lines that are seen whole."""
    for name in ("library.html", "operating.html"):
        blocks = opened(name, width=390).locator(".highlight[class*=language-]:not(.language-text) pre > code")
        widths = blocks.evaluate_all("all => all.map((one) => [one.scrollWidth, one.clientWidth])")
        assert widths
        assert [one for one in widths if one[0] > one[1]] == []


def test_diagrams_are_drawn(opened: Open) -> None:
    page = opened("architecture.html")
    # What is drawn takes the place of its text, in a shadow root that no script looks into.
    expect(page.locator("pre.mermaid")).to_have_count(0, timeout=PATIENCE)
    heights = page.locator("div.mermaid").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert len(heights) == 2
    assert min(heights) > 100


@pytest.mark.parametrize("name", ["index.html", "faq.html", "operating.html", "reference/reflex_smartupload.html"])
def test_no_page_is_wider_than_a_phone(opened: Open, name: str) -> None:
    page = opened(name, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_it_follows_the_colours_of_the_system(opened: Open) -> None:
    body = opened("index.html").locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    body.page.emulate_media(color_scheme="dark")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    # A page that is opened later goes by the system as well, and not by what the first one was.
    expect(opened("faq.html", dark=True).locator("body")).to_have_attribute("data-md-color-scheme", "slate")
