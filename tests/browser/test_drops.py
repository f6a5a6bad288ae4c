"""A stranger with a drop link, at a site to which there is no other way in without an account."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect
from smartupload_testing.browser.page import CARD
from smartupload_testing.files import MIB, Original

from tests.browser.axe import expect_accessible
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.test_focus import presses
from tests.provider import CLIENT_ID, Provider, provider

__all__ = ["provider"]

pytestmark = pytest.mark.settings(OIDC_CLIENT_ID=CLIENT_ID, ACCESS="invite")
LONG = 60_000


@pytest.fixture(autouse=True)
def signs_in_there(request: pytest.FixtureRequest, provider: Provider) -> None:
    """The server is told of the provider, whose address is known only now."""
    settings = {name.upper(): value for name, value in provider.settings.items()}
    request.node.add_marker(pytest.mark.settings(ACCESS="invite", **settings), append=False)


def makes_a_link(page: Page) -> str:
    """Anna signs in, and asks for files; the address that she sends."""
    page.get_by_placeholder("sub").fill("anna")
    page.get_by_role("button", name="Authorize").click()
    form = page.get_by_role("form", name="A new drop link")
    form.get_by_label("What you ask for").fill("Your tax papers")
    form.get_by_label("Who asks, if it is to be shown").fill("Anna")
    form.get_by_text("Limits").click()
    form.get_by_label("MB in all").fill("0")
    form.get_by_role("button", name="Make a link").click()
    # One mistake is told where it is, and costs nothing of what was typed.
    expect(form.get_by_role("alert")).to_have_text("A limit is a number from 1, or empty for none.", timeout=LONG)
    expect(form.locator("[aria-invalid=true]")).to_have_attribute("name", "bytes")
    form.get_by_label("MB in all").fill("500")
    form.get_by_role("button", name="Make a link").click()
    made = page.get_by_test_id("drop-link")
    expect(made).to_contain_text("500 MB in all", timeout=LONG)
    expect(made).to_contain_text("Your tax papers")
    expect(form.get_by_label("What you ask for")).to_have_value("")
    delete = made.get_by_role("button", name="Delete")
    delete.focus()
    presses(page, "Enter", "Keep")
    presses(page, "Escape", "Delete: Your tax papers")
    expect(made).to_have_count(1)
    return made.get_attribute("data-url") or ""


OVERLAPS = """() => {
    const all = [...document.querySelectorAll('.header a, .header button, .header [data-testid=account-name]')]
    const boxes = all.filter((one) => one.checkVisibility()).map((one) => [one.textContent || one.ariaLabel, one.getBoundingClientRect()])
    const apart = (a, b) => a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5
    const out = boxes.filter(([, box]) => box.left < 0 || box.right > innerWidth).map(([name]) => name + ' is cut off')
    const over = boxes.flatMap(([name, box], at) => boxes.slice(at + 1).filter(([, other]) => !apart(box, other)).map(([other]) => name + ' over ' + other))
    return boxes.length < 6 ? ['only ' + boxes.length] : [...out, ...over]
}"""


def nothing_of_the_header_lies_over_another(page: Page) -> None:
    """Signed in, on every width."""
    wide = page.viewport_size
    expect(page.get_by_test_id("sign-out")).to_be_visible(timeout=LONG)
    for width in (320, 390, 640, 641, 800, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERLAPS) == [], width
        logo, theme = (page.locator(f".header > {one}").bounding_box() for one in (".brand", ".icon-button"))
        assert logo
        assert theme
        assert theme["y"] < logo["y"] + logo["height"], f"at {width} px the theme is not in the line of the logo"
    if wide:
        page.set_viewport_size(wide)


def test_a_stranger_sends_a_file_by_a_link_and_comes_back_for_it(
    signs_in_there: None, people: Callable[..., Person], server: Server, original: Callable[..., Original]
) -> None:
    anna, stranger = people(), people()
    with_account = anna.open("/account")
    path = makes_a_link(with_account).removeprefix(server.url)
    nothing_of_the_header_lies_over_another(with_account)
    film = original(24 * MIB, "film.mov")
    page = stranger.open(path)
    expect(page.get_by_test_id("drop-page")).to_contain_text("Anna asks you for files", timeout=LONG)
    expect_accessible(with_account, "Account with a drop link")
    page.get_by_label("Your name, if you like").fill("Bert")
    expect(page.get_by_test_id("drop-page")).to_contain_text("Sent in the name of Bert", timeout=LONG)
    expect_accessible(page, "a drop link")
    server.line.shape(1_500_000)
    stranger.pick(page, film)
    expect(page.locator(CARD)).to_have_count(1, timeout=LONG)
    page.wait_for_function("() => document.querySelector('[role=progressbar]')?.ariaValueNow > 5", timeout=LONG)
    # The browser is closed in the middle, and goes on when its person is back, by the link.
    leave = page.get_by_test_id("leave").first
    expect(leave).to_have_attribute("data-leave", re.compile("return|continues"), timeout=LONG)
    stranger.quit()
    stranger.start()
    server.line.reset()
    back = stranger.open(path)
    expect(back.locator(CARD)).to_have_attribute("data-state", "ready", timeout=LONG)
    toast = back.get_by_test_id("toast")
    expect(toast).to_contain_text("film.mov is ready", timeout=LONG)
    expect(toast.get_by_role("link")).to_have_count(0)
    assert back.get_by_role("link", name="Download").count() == 0
    assert back.get_by_role("button", name="Copy link").count() == 0
    with_account.goto(f"{server.url}/files")
    row = with_account.get_by_test_id("file-row")
    expect(row).to_contain_text("Sent by Bert by “Your tax papers”", timeout=LONG)
    address = f"{server.url}{row.get_by_role('link', name='Download').get_attribute('href')}"
    cookies = {one["name"]: one["value"] for one in anna.identity()}
    found = httpx.get(address, cookies=cookies, follow_redirects=True)
    assert hashlib.sha256(found.content).hexdigest() == film.sha256
    with_account.goto(f"{server.url}/account")
    with_account.get_by_role("button", name="Close: Your tax papers").click()
    expect(with_account.get_by_test_id("drop-link")).to_contain_text("Closed", timeout=LONG)
    back.reload()
    expect(back.get_by_test_id("drop-page")).to_have_attribute("data-state", "closed", timeout=LONG)
    expect_accessible(back, "a drop link that is closed")
    # There is nothing else for them here.
    back.goto(f"{server.url}/files")
    back.wait_for_url("**/oauth2/authorize**", timeout=LONG)
