"""A phone on mobile data, as far as its browser says so: what is much waits, safe in the browser, for Wi-Fi or for its person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from smartupload_testing.files import MIB, Original

from tests.browser.person import Person
from tests.browser.server import Server

SIZE = 8 * MIB
Make = Callable[..., Original]
# What only browsers of phones say. The engine's home is the page here, so that this reaches it.
ON_MOBILE_DATA = """
window.line = Object.assign(new EventTarget(), {type: 'cellular', saveData: false, effectiveType: '4g', downlink: 10})
Object.defineProperty(Navigator.prototype, 'connection', {get: () => window.line})
"""
ON_WIFI = "line.type = 'wifi'; line.dispatchEvent(new Event('change'))"
ASKED = "waits for Wi-Fi: 8.4 MB would go over mobile data"


@pytest.mark.settings(ASK_ON_METERED_MB="3")
def test_much_waits_for_wifi_or_for_its_person(people: Callable[..., Person], server: Server, original: Make) -> None:
    person = people(flags=("--disable-blink-features=SharedWorker",))
    person.page_script = ON_MOBILE_DATA
    first, second = original(SIZE), original(SIZE)
    page = person.open()
    person.pick(page, first)
    card = person.card(page, first.name)
    expect(card).to_contain_text(ASKED)
    expect(card.get_by_test_id("leave")).to_have_attribute("data-leave", "return")
    expect(card.get_by_test_id("eta")).to_be_empty()
    page.reload()
    expect(card).to_contain_text(ASKED)
    assert server.line.received == 0, "nothing went over mobile data"
    page.evaluate(ON_WIFI)
    person.finished(page, first)

    page.reload()
    person.pick(page, second)
    person.press(page, second.name, "Send now")
    person.finished(page, second)
    assert server.line.received == 2 * SIZE
