"""Signing in with a real provider: what is on its way goes on, nobody else sees it, and signing out leaves nothing here."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Page, expect
from smartupload_testing.browser.kept import KEPT, NOTHING
from smartupload_testing.browser.page import BOOTED, CARD
from smartupload_testing.files import MIB, Original

from tests.browser.axe import expect_accessible
from tests.browser.person import Person
from tests.browser.server import Server
from tests.provider import CLIENT_ID, Provider, provider

__all__ = ["provider"]

pytestmark = pytest.mark.settings(OIDC_CLIENT_ID=CLIENT_ID)
SLOW = 1_500_000
LONG = 60_000


@pytest.fixture(autouse=True)
def signs_in_there(request: pytest.FixtureRequest, provider: Provider) -> None:
    """The server is told of the provider, whose address is known only now."""
    settings = {name.upper(): value for name, value in provider.settings.items()}
    request.node.add_marker(pytest.mark.settings(**settings), append=False)


@pytest.fixture
def person(signs_in_there: None, people: Callable[..., Person]) -> Person:
    return people()


def comes_back(page: Page, subject: str) -> None:
    """At the provider: who one is, and back to the page."""
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_function(f"() => {BOOTED}", timeout=LONG)
    expect(page.get_by_test_id("account-name")).to_have_text(subject, timeout=LONG)


def signs_in(page: Page, subject: str) -> None:
    page.get_by_test_id("account").get_by_role("button", name="Sign in").click()
    comes_back(page, subject)


def expire(server: Server) -> None:
    """Time goes by: every session is over."""
    moment = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ")
    with sqlite3.connect(server.data / "smartupload.sqlite", timeout=20) as database:
        database.execute("UPDATE login_session SET expires_at = ?", (moment,))


def owners(server: Server) -> list[str]:
    with sqlite3.connect(server.data / "smartupload.sqlite", timeout=20) as database:
        return [owner for (owner,) in database.execute("SELECT DISTINCT owner FROM upload WHERE state <> 'cancelled'")]


def test_a_running_upload_is_taken_over_and_signing_out_leaves_nothing(
    person: Person, server: Server, original: Callable[..., Original]
) -> None:
    film = original(24 * MIB, "film.mov")
    page = person.open()
    server.line.shape(SLOW)
    person.pick(page, film)
    page.wait_for_function("() => document.querySelector('[role=progressbar]')?.ariaValueNow > 5", timeout=LONG)
    signs_in(page, "anna")
    # It is asked, and until then nothing of it is hers.
    expect(page.get_by_test_id("take-over")).to_contain_text("one file was", timeout=LONG)
    expect(page.locator(CARD)).to_have_count(0)
    expect_accessible(page, "whether to take along what was begun before")
    page.get_by_role("button", name="Take them along").click()
    expect(person.card(page, "film.mov")).to_have_count(1, timeout=LONG)
    expect(page.get_by_test_id("take-over")).to_have_count(0)
    server.line.reset()
    upload = person.finished(page, film)
    assert len(owners(server)) == 1
    assert owners(server)[0].startswith("person-")

    other = original(24 * MIB, "other.mov")
    server.line.shape(SLOW)
    person.pick(page, other)
    person.wait_state(page, "other.mov", "uploading", seconds=60)
    elsewhere = person.open("/projects")
    elsewhere.evaluate("window.isBefore = true")
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_role("alertdialog", name="Sign out while")).to_be_visible()
    page.get_by_test_id("sign-out-confirm").click()
    # The provider asks, too, and leads back.
    page.wait_for_url(re.compile("/oauth2/end_session"), timeout=LONG)
    elsewhere.wait_for_function("() => !window.isBefore", timeout=LONG)
    server.line.reset()
    back = person.open()
    expect(back.get_by_test_id("account").get_by_role("button", name="Sign in")).to_be_visible(timeout=LONG)
    expect(back.locator(CARD)).to_have_count(0)
    assert back.evaluate(KEPT) == NOTHING
    assert person.uploads(back) == []
    assert server.get(f"/api/shared/{upload['share_token']}").json()["state"] == "ready", "its link stays good"


def test_a_session_that_ends_in_the_middle_of_an_upload(
    person: Person, server: Server, provider: Provider, original: Callable[..., Original]
) -> None:
    film = original(400 * MIB, "long film.mov")
    page = person.open()
    signs_in(page, "ben")
    server.line.shape(25_000_000)
    person.pick(page, film)
    page.wait_for_function("() => document.querySelector('[role=progressbar]')?.ariaValueNow > 10", timeout=LONG)
    expire(server)
    ended_at = person.percent(page, "long film.mov")
    # Meanwhile the provider takes another key: a token of the next sign-in is signed with one that this site has not seen.
    provider.changes_keys()
    # What is signed goes on; then it asks.
    card = person.card(page, "long film.mov")
    ask = card.get_by_role("button", name="Sign in")
    expect(ask).to_be_visible(timeout=2 * LONG)
    expect(card).to_contain_text("sign in, and it goes on")
    expect(card).to_have_attribute("data-state", "waiting")
    percent = person.percent(page, "long film.mov")
    assert percent > ended_at, "what was signed before has gone on"
    server.line.reset()
    ask.click()
    comes_back(page, "ben")
    assert person.percent(page, "long film.mov") >= percent, "nothing of it is lost"
    person.finished(page, film)


def test_the_provider_signs_out_and_the_cards_go(
    person: Person, server: Server, provider: Provider, original: Callable[..., Original]
) -> None:
    film = original(24 * MIB, "carlas film.mov")
    page = person.open()
    signs_in(page, "carla")
    server.line.shape(SLOW)
    person.pick(page, film)
    person.wait_state(page, "carlas film.mov", "uploading", seconds=60)
    told = httpx.post(f"{server.url}/api/backchannel-logout", data={"logout_token": provider.logout_token("carla")})
    assert told.status_code == 204, told.text
    expect(page.locator(CARD)).to_have_count(0, timeout=20_000)
    server.line.reset()
    # Whoever comes next is somebody else; it waits for its owner, and goes on with them.
    page.reload()
    expect(page.get_by_test_id("account").get_by_role("button", name="Sign in")).to_be_visible(timeout=LONG)
    expect(page.locator(CARD)).to_have_count(0)
    expect_accessible(page, "home, with a way to sign in")
    signs_in(page, "carla")
    person.finished(page, film)
