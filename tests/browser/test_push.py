"""Nobody has to look: asked for once and only on a click, shown when nobody looks, and a click on it opens the file where the app is open."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.conftest import Servers, settings_of
from tests.browser.person import Person
from tests.browser.pushes import click_notification, deliver, nothing_is_shown, page_script, shown
from tests.browser.server import Server
from tests.fixtures_push import PushService, Subscribed

pytestmark = pytest.mark.settings(WAIT_THRESHOLD_SECONDS="0")

Make = Callable[..., Original]
SIZE = 32 * MIB
SLOW = MIB // 2
PUSH = {
    "kind": "upload.ready",
    "upload_id": "u1",
    "name": "big.mov",
    "title": "big.mov is ready",
    "body": "2.1 GB. Open it or send the link.",
    "url": "/f/some-token",
}


@pytest.fixture(scope="module")
def push_service() -> Iterator[PushService]:
    service = PushService()
    yield service
    service.close()
    assert service.faults == []


@pytest.fixture
def server(servers: Servers, push_service: PushService, request: pytest.FixtureRequest) -> Iterator[Server]:
    """One that may push to the service on this machine."""
    one = servers.with_settings(settings_of(request.node) | {"PUSH_HOSTS": push_service.place})
    one.line.reset()
    request.node.server_of_test = one
    yield one
    one.line.reset()


@pytest.fixture
def browser(push_service: PushService) -> Subscribed:
    return push_service.subscribes()


@pytest.fixture
def person(people: Callable[..., Person], browser: Subscribed) -> Person:
    one = people()
    one.page_script = page_script(browser.document)
    return one


def settings(page: Page) -> dict[str, Any]:
    return page.evaluate("fetch('/api/notifications').then(answer => answer.json())")


def waiting(person: Person, server: Server, file: Original) -> Page:
    """A page on which a file takes so long that being told is offered."""
    server.line.shape(SLOW)
    page = person.open()
    person.pick(page, file)
    expect(person.card(page, file.name).get_by_test_id("tell")).to_be_visible(timeout=60_000)
    return page


def test_from_the_click_to_the_file(
    person: Person, server: Server, push_service: PushService, browser: Subscribed, original: Make
) -> None:
    """The whole way: the click, the server's push to the browser, the notification, and the file in the tab that is open."""
    file = original(SIZE, "big.bin")
    person.answers_question("granted")
    page = waiting(person, server, file)
    button = person.card(page, file.name).get_by_role("button", name="Notify me", exact=True)
    expect(button).to_be_visible()
    assert page.evaluate("asked") == 0, "asked before anybody clicked"
    button.click()
    expect(person.card(page, file.name).get_by_text("We will tell you")).to_be_visible()
    assert page.evaluate("asked") == 1
    assert settings(page)["subscriptions"] == 1

    # Told already: nothing is asked any more, on no page.
    page.reload()
    expect(person.card(page, file.name).get_by_text("We will tell you")).to_be_visible(timeout=60_000)
    assert page.evaluate("asked") == 0

    # Ready while somebody looks: said in the page.
    server.line.reset()
    expect(page.get_by_test_id("toast").get_by_text(f"{file.name} is ready.")).to_be_visible(timeout=120_000)
    upload = person.finished(page, file)
    (pushed,) = push_service.wait_for(1)
    assert (pushed.said["upload_id"], pushed.said["url"]) == (upload["id"], f"/f/{upload['share_token']}")

    # And as it is for somebody who looks at something else.
    page.goto("about:blank")
    deliver(person, pushed.payload)
    page.goto(f"{server.url}/projects")
    (notification,) = wait_for(lambda: shown(page), 30, "the notification")
    assert notification["title"] == f"{file.name} is ready"
    assert (notification["tag"], notification["data"]) == (upload["id"], {"url": pushed.said["url"]})
    page.evaluate("window.sameDocument = true")
    click_notification(person, page)
    page.wait_for_url(f"**/f/{upload['share_token']}")
    expect(page.get_by_test_id("shared-file")).to_have_attribute("data-state", "ready")
    assert page.evaluate("window.sameDocument"), "the page was loaded anew, and its engine with it"
    nothing_is_shown(page)


def test_a_visitor_is_told_when_the_file_is_there(
    people: Callable[..., Person], server: Server, push_service: PushService, browser: Subscribed, original: Make
) -> None:
    """Of this one file, and only because they asked for it."""
    before = len(push_service.pushed)
    owner, visitor = people(), people()
    visitor.page_script = page_script(browser.document)
    visitor.answers_question("granted")
    file = original(SIZE, "film.mov")
    sending = waiting(owner, server, file)
    (upload,) = owner.uploads(sending)
    page = visitor.open(f"/f/{upload['share_token']}")
    page.get_by_role("button", name="Tell me when it is there", exact=True).click()
    expect(page.get_by_test_id("tell")).to_have_text("We will tell you")
    page.close()
    server.line.reset()
    owner.finished(sending, file)
    (pushed,) = push_service.wait_for(before + 1)[before:]
    assert pushed.path == browser.endpoint.removeprefix(push_service.origin)
    assert pushed.said["title"] == "film.mov has arrived"

    elsewhere = visitor.open("/projects")
    elsewhere.goto("about:blank")
    deliver(visitor, pushed.payload)
    elsewhere.goto(f"{server.url}/projects")
    wait_for(lambda: shown(elsewhere), 30, "the notification")
    click_notification(visitor, elsewhere)
    elsewhere.wait_for_url(f"**/f/{upload['share_token']}")
    expect(elsewhere.get_by_test_id("shared-file")).to_have_attribute("data-state", "ready")


def test_who_looks_at_the_app_is_told_there(person: Person) -> None:
    person.answers_question("granted")
    page = person.open()
    page.bring_to_front()
    deliver(person, json.dumps(PUSH).encode())
    toast = page.get_by_test_id("toast")
    expect(toast.get_by_text("big.mov is ready.")).to_have_count(1)
    assert shown(page) == []
    toast.get_by_role("link", name="Open").click()
    page.wait_for_url("**/f/some-token")


def test_a_push_that_cannot_be_read_is_shown_all_the_same(person: Person, server: Server) -> None:
    person.answers_question("granted")
    page = person.open()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")  # whoever leaves before has none
    page.goto("about:blank")
    deliver(person, b"no json at all")
    page.goto(f"{server.url}/projects")
    (notification,) = wait_for(lambda: shown(page), 30, "the notification")
    assert (notification["title"], notification["data"]) == ("There is news about your files", {"url": "/files"})


def test_where_pushes_are_refused_there_is_a_mail(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    person.answers_question("denied")
    page = waiting(person, server, file)
    place = person.card(page, file.name).get_by_test_id("tell")
    expect(place.get_by_role("button", name="Notify me")).to_have_count(0)
    place.get_by_label("Leave an e-mail address instead").fill("anna@example.org")
    place.get_by_role("button", name="Mail me").click()
    expect(place).to_have_text("Look into your mailbox and confirm the address.")
    assert settings(page)["asked"] == "anna@example.org"
    assert page.evaluate("asked") == 0


def test_the_switch_is_for_this_browser(person: Person) -> None:
    person.answers_question("granted")
    page = person.open("/notifications")
    taken_over = (
        "Object.keys(document.querySelector('[data-testid=tell-switch]') ?? {}).some(key => key.startsWith('__react'))"
    )
    page.wait_for_function(taken_over)
    switch = page.get_by_role("switch", name="Messages to this browser")
    expect(switch).to_have_attribute("aria-checked", "false")
    assert page.evaluate("asked") == 0
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    assert (page.evaluate("asked"), settings(page)["subscriptions"]) == (1, 1)
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    assert settings(page)["subscriptions"] == 0


def test_a_subscription_that_the_browser_has_made_anew_takes_the_place_of_the_old_one(
    person: Person, server: Server, push_service: PushService, browser: Subscribed, original: Make
) -> None:
    before = len(push_service.pushed)
    file = original(SIZE)
    person.answers_question("granted")
    page = waiting(person, server, file)
    page.get_by_role("button", name="Notify me", exact=True).first.click()
    expect(page.get_by_text("We will tell you").first).to_be_visible()
    page.close()

    anew = push_service.subscribes()
    person.page_script = page_script(anew.document)
    remembered = "JSON.parse(localStorage.getItem('smartupload-push')).endpoint"
    page = person.open()
    wait_for(lambda: page.evaluate(remembered) == anew.endpoint, 30, "the new one to be sent")
    wait_for(lambda: settings(page)["subscriptions"] == 1, 30, "the old one to be taken back")
    assert page.evaluate("asked") == 0
    server.line.reset()
    person.finished(page, file)
    pushed = push_service.wait_for(before + 1)
    assert [one.path for one in pushed[before:]] == [anew.endpoint.removeprefix(push_service.origin)]


def test_forgetting_takes_the_pushes_along(person: Person, server: Server, original: Make) -> None:
    """Who uses this browser next must not be told what somebody else's files do."""
    person.answers_question("granted")
    page = waiting(person, server, original(SIZE))
    page.get_by_role("button", name="Notify me", exact=True).first.click()
    expect(page.get_by_text("We will tell you").first).to_be_visible()
    before = person.identity()
    person.forgets(page)
    assert [one["value"] for one in person.identity()] != [one["value"] for one in before]
    assert page.evaluate("localStorage.getItem('made-for')") is None
    person.take_identity(before)
    assert settings(person.open("/files"))["subscriptions"] == 0
