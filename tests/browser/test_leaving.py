"""Every way of leaving that this version promises something about: tabs closed, browser closed, browser killed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import (
    NO_EXTENDED_LIFETIME,
    NO_SERVICE_WORKER,
    Person,
    close_into_a_turn,
    expect_closing,
    halfway,
    ready_by_itself,
    under_way,
)
from tests.browser.server import Server

SIZE = 64 * MIB
PACE = 12 * MIB
Make = Callable[..., Original]
NEWER_SERVICE_WORKER = """
const register = ServiceWorkerContainer.prototype.register
ServiceWorkerContainer.prototype.register = function (url, options) { return register.call(this, url + '&newer', options) }
"""
"""As after a deploy, where the script has another name."""


def test_first_tab_closed_while_a_second_is_open(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    first = under_way(person, server, file, 1 / 4)
    expect_closing(first, tab="goes on")
    second = person.open()
    first.close()
    person.wait_state(second, file.name, "uploading")
    person.finished(second, file)
    assert server.line.received == file.size, "closing one of two tabs made parts go twice"


def test_first_tab_closed_at_once_while_a_second_is_open(person: Person, server: Server, original: Make) -> None:
    """The tab with the picker goes before a byte of the file was sent; a tab with another page is left."""
    file = original(SIZE)
    second = person.open("/projects")
    first = person.open()
    server.line.shape(PACE)
    person.pick(first, file)
    wait_for(lambda: server.line.received > 0, 30, "the first byte")
    first.close()
    person.finished(second, file)


def test_reload_in_the_middle(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = halfway(person, server, file)
    page.reload()
    person.wait_state(page, file.name, "uploading", "verifying", "ready")
    person.finished(page, file)
    assert server.line.received == file.size


def test_reload_in_the_middle_ends_the_engine(people: Callable[..., Person], server: Server, original: Make) -> None:
    """A browser in which the engine dies with its last tab."""
    person = people(flags=(NO_EXTENDED_LIFETIME,))
    file = original(SIZE)
    page = halfway(person, server, file)
    page.reload()
    person.wait_state(page, file.name, "uploading", "verifying", "ready")
    person.finished(page, file)
    assert server.line.received - file.size <= server.line.most_at_once + 4 * 16 * MIB


def test_last_tab_closed(person: Person, server: Server, original: Make) -> None:
    """The browser lives on, and the engine in it: the file is ready before anybody comes back, and nothing went twice."""
    file = original(SIZE)
    page = halfway(person, server, file)
    expect_closing(page, tabs="goes on for 5 minutes, then when you are back")
    (upload,) = person.uploads(page)
    page.close()
    ready_by_itself(server, upload)
    page = person.open()
    person.finished(page, file)
    assert server.line.received == file.size


def test_last_tab_closed_while_bytes_are_not_safe(person: Person, server: Server, original: Make) -> None:
    """Against the advice of the card. What was taken from the page stays readable as long as the engine lives."""
    file = original(SIZE)
    server.line.shape(PACE, until=SIZE // 4)
    page = person.open_with_room(4 * MIB)
    person.pick(page, file)
    wait_for(lambda: server.line.received > SIZE // 4, 60, "a quarter sent")
    expect(person.card(page, file.name).get_by_test_id("leave")).to_have_attribute("data-leave", "stay")
    asked = "you are asked for the file again"
    expect_closing(page, tabs="goes on for 5 minutes; keep it open until it is safe", browser=asked, computer=asked)
    (upload,) = person.uploads(page)
    page.close()
    ready_by_itself(server, upload)
    assert server.downloaded(upload["share_token"]) == (file.size, file.sha256)


def test_last_tab_closed_and_the_service_worker_goes_on(
    people: Callable[..., Person], server: Server, original: Make
) -> None:
    """A browser in which the engine dies with its last tab: the engine runs on in the service worker."""
    person = people(flags=(NO_EXTENDED_LIFETIME,))
    file = original(SIZE)
    page = halfway(person, server, file)
    expect_closing(page, tab="goes on", tabs="goes on for a little while, then when you are back")
    (upload,) = person.uploads(page)
    page.close()
    ready_by_itself(server, upload)
    assert server.line.received - file.size <= server.line.most_at_once
    page = person.open()
    person.finished(page, file)


def test_back_while_the_service_worker_goes_on(people: Callable[..., Person], server: Server, original: Make) -> None:
    """The page's engine takes over at once, and its newer service worker from the one in which it ran."""
    person = people(flags=(NO_EXTENDED_LIFETIME,))
    file = original(SIZE)
    page = halfway(person, server, file)
    close_into_a_turn(server, page)
    person.page_script = NEWER_SERVICE_WORKER
    before = len(server.line.puts)
    page = person.open()
    person.wait_state(page, file.name, "uploading", seconds=5)
    # On such a line the service worker has one part on it at a time.
    wait_for(lambda: len(server.line.puts) >= before + 2, 5, "the page's engine to send")
    server.line.shape(PACE)
    person.finished(page, file)
    assert server.line.received - file.size <= 2 * server.line.most_at_once
    assert len(person.uploads(page)) == 1


def test_last_tab_closed_and_opened_again(people: Callable[..., Person], server: Server, original: Make) -> None:
    """A browser in which the engine dies with its last tab, and that has no service worker (some private windows)."""
    person = people(flags=(NO_EXTENDED_LIFETIME,))
    person.page_script = NO_SERVICE_WORKER
    file = original(SIZE)
    page = halfway(person, server, file)
    expect_closing(page, tab="goes on", tabs="goes on when you are back")
    page.close()
    server.line.go_on()
    wait_for(lambda: not server.line.in_flight(), 30, "the line to be quiet")
    assert server.line.received < file.size
    page = person.open()
    person.wait_state(page, file.name, "uploading", "verifying", "ready")
    person.finished(page, file)
    assert server.line.received - file.size <= server.line.most_at_once


def test_browser_closed_and_started_again(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    expect_closing(halfway(person, server, file), browser="goes on when you are back")
    person.quit()
    person.start()
    page = person.open()
    person.finished(page, file)


def test_browser_killed_and_started_again(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    person.was_here_before()
    expect_closing(halfway(person, server, file), computer="goes on when you are back")
    person.lose_browser()
    assert server.line.received < file.size
    person.start()
    page = person.open()
    person.wait_state(page, file.name, "uploading", "verifying", "ready")
    person.finished(page, file)
    assert server.line.received - file.size <= server.line.most_at_once, "more than the parts in flight went twice"


def test_browser_killed_and_a_sync_event_without_a_visit(person: Person, server: Server, original: Make) -> None:
    """What Chromium gives to a site that asked for it, some minutes after a start: the service worker goes on."""
    file = original(SIZE)
    person.was_here_before()
    page = halfway(person, server, file)
    (upload,) = person.uploads(page)
    person.lose_browser()
    assert server.line.received < file.size
    person.start()
    person.give_sync_event("smartupload")
    ready_by_itself(server, upload)
    assert server.downloaded(upload["share_token"]) == (file.size, file.sha256)
    assert server.line.received - file.size <= server.line.most_at_once


def test_browser_killed_on_the_very_first_visit(person: Person, server: Server, original: Make) -> None:
    """Chromium writes a new cookie down after 30 s only, so here the browser comes back without the owner's."""
    file = original(SIZE)
    page = halfway(person, server, file)
    (before,) = person.uploads(page)
    person.lose_browser()
    person.start()
    page = person.open()
    upload = person.finished(page, file)
    assert upload["share_token"] == before["share_token"], "the link that was given out leads nowhere"
    assert server.line.received - file.size <= server.line.most_at_once, "more than the parts in flight went twice"


@pytest.mark.long
def test_browser_killed_twice(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    person.was_here_before()
    halfway(person, server, file)
    person.lose_browser()
    person.start()
    sent = server.line.received
    server.line.shape(PACE, until=4 * MIB)
    page = person.open()
    wait_for(lambda: server.line.received > sent + 4 * MIB, 60, "new bytes after the first kill")
    person.lose_browser()
    person.start()
    page = person.open()
    person.finished(page, file)


def test_browser_and_server_killed_together(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    person.was_here_before()
    halfway(person, server, file)
    server.kill()
    person.lose_browser()
    server.start()
    person.start()
    page = person.open()
    person.finished(page, file)


def test_another_browser_of_the_same_person_sees_the_truth(
    people: Callable[..., Person], server: Server, original: Make
) -> None:
    """The owner's cookie on another machine: the percentage there is the server's, and the file is not asked for."""
    here, there = people(), people()
    file = original(SIZE)
    page = halfway(here, server, file)
    there.take_identity_of(here)
    other = there.open("/files")
    row = other.get_by_test_id("file-row").filter(has_text=file.name)
    expect(row).to_contain_text(re.compile(r"On its way, [1-9]\d %"))
    assert [one["name"] for one in there.uploads(other)] == [file.name]
    here.finished(page, file)
