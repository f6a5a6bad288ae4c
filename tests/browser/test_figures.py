"""How far a file is and how long it takes: the same in every place that says so."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import Person, halfway
from tests.browser.server import Server

SIZE = 200 * MIB
SLOW = MIB
"""Bytes a second: between two words of the sending browser less than two points go out."""
PATIENT = 90_000
SPREAD = 4
"""Points: what goes out while one place after the other is read, and two of difference."""
Make = Callable[..., Original]


def percent_in(text: str | None) -> int:
    found = re.search(r"(\d+) %", text or "")
    return int(found[1]) if found else -1


def seconds_in(text: str) -> tuple[int, int]:
    """From and to, of a text such as `4–6 min left`."""
    found = re.search(r"(?:(\d+)–)?(\d+) (s|min|h)", text)
    assert found, text
    unit = {"s": 1, "min": 60, "h": 3600}[found[3]]
    return int(found[1] or found[2]) * unit, int(found[2]) * unit


def bar(page: Page) -> int:
    return int(page.get_by_role("progressbar").first.get_attribute("aria-valuenow") or -1)


def test_five_places_say_the_same(
    person: Person, people: Callable[..., Person], server: Server, original: Make
) -> None:
    file = original(SIZE, "film.mov")
    there = people()
    page = halfway(person, server, file)
    server.line.shape(SLOW)
    (upload,) = person.uploads(page)
    path = f"/f/{upload['share_token']}"
    projects, own, others = person.open("/projects"), person.open(path), there.open(path)
    expect(others.get_by_test_id("eta")).to_have_text(re.compile("left"), timeout=PATIENT)
    expect(own.get_by_test_id("eta")).to_have_text(re.compile("left"), timeout=PATIENT)

    def read() -> dict[str, int]:
        return {
            "card": person.percent(page, file.name),
            "tray": percent_in(projects.get_by_test_id("upload-tray").locator("button").first.text_content()),
            "title": percent_in(projects.title()),
            "own page": bar(own),
            "another's page": bar(others),
        }

    seen: list[dict[str, int]] = []

    def agree() -> bool:
        seen.append(read())
        return max(seen[-1].values()) - min(seen[-1].values()) <= SPREAD

    wait_for(agree, 30, "all places to have heard of the slow line")
    for _ in range(4):
        assert agree(), seen
    for name in seen[0]:
        values = [one[name] for one in seen]
        assert values == sorted(values), (name, values)
    card = person.card(page, file.name).get_by_test_id("eta")
    # Of a line that has become so much slower some seconds have to be seen.
    for place in (card, own.get_by_test_id("eta"), others.get_by_test_id("eta")):
        expect(place).to_have_text(re.compile(r"\d (s|min) left"), timeout=30_000)
    row = projects.get_by_test_id("tray-row").first
    low, high = seconds_in(card.inner_text())
    for place in (row, own.get_by_test_id("eta"), others.get_by_test_id("eta")):
        theirs = seconds_in(place.inner_text())
        assert theirs[0] <= high + 60, (theirs, low, high)
        assert theirs[1] >= low - 60, (theirs, low, high)
    server.line.shape(None)
    person.finished(page, file)
    expect(others.get_by_test_id("shared-file")).to_have_attribute("data-state", "ready", timeout=PATIENT)
