"""The server, the store and the line fail in the middle of an upload; the file arrives all the same, byte for byte."""

from __future__ import annotations

import contextlib
import re
import signal
from collections.abc import Callable

import psutil
import pytest
from playwright.sync_api import Page, Route
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import outage, wait_for

from tests.browser.person import Person
from tests.browser.server import Server

SIZE = 64 * MIB
PACE = 12 * MIB
AWAY_SECONDS = 20
ROUTES_FETCHED = """() => ['projects', 'files', 'notifications'].every(name =>
    performance.getEntriesByType('resource').some(one => one.name.includes(`/_${name}_.`) && one.initiatorType === 'script'))"""
"""What the page's links lead to has been fetched ahead."""
NEVER_COMES = """
window.asked = 0
const Real = SharedWorker
window.SharedWorker = function (url, options) {
    options.extendedLifetime // whoever asks for it is asked
    return (asked += 1) > 1 ? new Real(url, options) : new EventTarget()
}
"""
Make = Callable[..., Original]


def under_way(person: Person, server: Server, file: Original) -> Page:
    """A page with a third of the file sent."""
    server.line.shape(PACE)
    page = person.open()
    person.pick(page, file)
    wait_for(lambda: server.line.received > file.size // 3, 30, "a third sent")
    return page


def test_server_killed_and_started_again(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file)
    server.kill()
    server.start()
    person.finished(page, file)


def test_server_away_for_a_while(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file)
    server.kill()
    # Longer than what was signed ahead lasts, so that the engine notices.
    outage(AWAY_SECONDS)
    server.start()
    person.finished(page, file)
    person.wait_state(page, file.name, "ready")


def test_server_down_when_the_file_is_picked(person: Person, server: Server, original: Make) -> None:
    file = original(8 * MIB)
    page = person.open()
    page.wait_for_function(ROUTES_FETCHED)  # the router reloads a page whose other routes it cannot fetch ahead
    server.kill()
    person.pick(page, file)
    person.wait_state(page, file.name, "waiting", "staging")
    assert person.card(page, file.name).inner_text().strip()
    server.start()
    person.finished(page, file)
    person.wait_state(page, file.name, "ready")


def test_engine_whose_script_could_not_be_fetched(person: Person, server: Server, original: Make) -> None:
    """The server goes away after the page has come and before the engine has: neither home of it can be loaded at first."""
    person.page_script = """
        const Real = SharedWorker
        const tried = () => performance.getEntriesByType('resource').some(one => one.name.includes('/assets/run-'))
        globalThis.SharedWorker = class extends Real {
            constructor(url, options) { super(tried() ? url : url + '.gone', options) }
        }
    """
    refused: list[str] = []

    def refuse_at_first(route: Route) -> None:
        if len(refused) < 2:  # the preload and the import itself
            refused.append(route.request.url)
            return route.abort()
        return route.continue_()

    file = original(8 * MIB)
    person.pages()[0].context.route(re.compile(r"/assets/run-[^/]*\.js"), refuse_at_first)
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
    assert refused, "the page itself was asked to be the engine's home"


def test_engine_that_never_comes(person: Person, original: Make) -> None:
    """A page that meets an engine just as the browser ends it hears nothing of it, no error either: it gets another one."""
    file = original(MIB)
    person.page_script = NEVER_COMES
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
    assert page.evaluate("asked") > 1


@pytest.mark.long
def test_store_stands_still(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file)
    store = server.freeze_store()
    outage(AWAY_SECONDS)
    with contextlib.suppress(psutil.NoSuchProcess):
        store.resume()
    person.finished(page, file)


def test_store_killed(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file)
    server.kill_store()
    server.wait_for_store()
    person.finished(page, file)


@pytest.mark.long
def test_line_cut(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file)
    server.line.cut()
    person.wait_state(page, file.name, "waiting")
    outage(AWAY_SECONDS)
    server.line.restore()
    person.finished(page, file)


def test_line_cut_before_the_first_byte(person: Person, server: Server, original: Make) -> None:
    file = original(8 * MIB)
    server.line.cut()
    page = person.open()
    person.pick(page, file)
    person.wait_state(page, file.name, "waiting")
    server.line.restore()
    person.finished(page, file)


def test_byte_flipped_on_the_way(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    server.line.flip_byte_in_put(3)
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
    damaged = [put for put in server.line.puts if put.damaged]
    assert [put.status for put in damaged] == [400], "the store took damaged bytes"
    assert server.line.received - file.size <= damaged[0].size, "more than the damaged part went twice"


@pytest.mark.settings(URL_EXPIRES_SECONDS=3)
def test_url_expires_on_the_way(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file)
    # Requests arrive later than their URLs are good for.
    server.line.latency = 5
    wait_for(lambda: server.line.statuses()[403] >= 1, 40, "an expired URL to be refused")
    server.line.latency = 0
    person.finished(page, file)


@pytest.mark.settings(URL_EXPIRES_SECONDS=3)
def test_url_expires_while_paused(person: Person, server: Server, original: Make) -> None:
    file = original(SIZE)
    page = under_way(person, server, file)
    server.line.shape(PACE, until=0)
    person.press(page, file.name, "Pause")
    person.wait_state(page, file.name, "paused")
    outage(4)
    person.press(page, file.name, "Resume")
    person.finished(page, file)


@pytest.mark.parametrize("cors", [True, False], ids=["with cors headers", "without cors headers"])
def test_captive_portal(person: Person, server: Server, original: Make, cors: bool) -> None:
    file = original(SIZE)
    page = under_way(person, server, file)
    server.line.portal(cors=cors)
    wait_for(lambda: server.line.portal_answers >= 8, 60, "the portal to answer a few times")
    assert person.uploads(page)[0]["state"] == "uploading", "a page of the portal counted as a part"
    server.line.restore()
    person.finished(page, file)


@pytest.mark.long
def test_slow_lossy_evening(person: Person, server: Server, original: Make) -> None:
    """Several faults, one after the other, in one upload."""
    file = original(SIZE)
    page = under_way(person, server, file)
    server.line.cut()
    outage(1)
    server.line.restore()
    server.line.flip_byte_in_put(1)
    server.kill_store()
    server.wait_for_store()
    server.kill()
    server.start()
    person.finished(page, file)


def test_ctrl_c(server: Server) -> None:
    """The server and its store end in order, without a word that looks like a fault."""
    store, process = server.store, server.process
    assert store
    assert process
    said = len(server.log.read_bytes())
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    wait_for(lambda: not store.is_running(), 20, "the store to end")
    assert "Traceback" not in server.log.read_bytes()[said:].decode()
