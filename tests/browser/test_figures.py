"""How far a file is and how long it takes: the same in every place that says so."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.looks.stage import states, tell, tell_more
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


SHIFTS = """() => {
    window.shifts = []
    window.watching?.disconnect()
    // Figures and buttons stand beside each other, and so do the lines within the block: what may not move is all that is around them.
    const isWithin = (node) => !node?.parentElement || node.parentElement.closest('.hero, .meta, .acts') || node.matches?.('.acts')
    window.watching = new PerformanceObserver(list => { for (const { sources } of list.getEntries()) for (const { node } of sources) if (!isWithin(node)) window.shifts.push(node.className || node.nodeName) })
    window.watching.observe({ type: 'layout-shift' })
}"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
TOLD = [
    {"leave": "stay", "leave_text": "Keep this tab open for a moment. Not safe yet: 40 MB.", "speed": "", "eta": "", "detail": "getting ready", "can_pause": False, "can_cancel": False, "wait": False, "wait_text": ""},
    {"leave": "stay", "leave_text": "Keep this tab open for 12 more seconds. Not safe yet: 38.4 MB.", "speed": "6.2 MB/s", "eta": "", "detail": "being made safe in this browser", "can_pause": True, "can_cancel": True},
    {"speed": "", "eta": "about 12 min left", "detail": "", "wait": True, "wait_text": "You don’t need to wait here: about 12 min to go, and it goes on while you work on other pages and in other tabs."},
    {"leave": "return", "leave_text": "Safe. You can close this window. It continues when you are back.", "speed": "6.2 MB/s", "eta": "4–6 min left"},
    {"leave": "continues", "leave_text": "Safe. You can close this window. It goes on by itself.", "wait_text": "You don’t need to wait here: 4–6 min to go.", "detail": "sent by the browser itself"},
    {"eta": "a few seconds left", "wait": False, "wait_text": ""},
]  # fmt: skip
"""What the card of one upload says one after the other, from the first moment to the last."""


def test_a_card_keeps_its_place_while_what_it_says_comes_and_goes(person: Person) -> None:
    page = person.open()
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        # The page's own greeting may be answered meanwhile, and then there is no such card for a moment.
        heights, shifts = wait_for(lambda: told_in_turn(page), 60, "what is told to be all that the page hears")
        assert len(set(heights)) == 1, (width, heights)
        assert shifts == [], width


def told_in_turn(page: Page) -> tuple[list[float], list[str]] | None:
    """How high the card was at each time, and what moved around it; None where the engine spoke as well."""
    card = states()["single"]["cards"][1]
    totals = {**states()["single"]["totals"], "active": 1}
    told: dict[str, object] = {}
    heights: list[float] = []
    for at, change in enumerate(TOLD):
        told |= change
        say = tell_more if at else tell
        say(page, {"cards": [{**card, "name": "film.mov", **told}], "groups": [], "totals": totals})
        leave = page.get_by_test_id("file-card").get_by_test_id("leave")
        expect(leave).to_have_text(str(told["leave_text"]))
        expect(page.get_by_test_id("no-need-to-wait")).to_have_count(1 if told["wait"] else 0)
        page.evaluate(DRAWN)
        if at == 0:
            page.evaluate(SHIFTS)
        box = page.get_by_test_id("file-card").bounding_box()
        assert box
        heights.append(box["height"])
        # The colour says it too: amber before it is safe, green from then on.
        shade = page.locator(".hero").evaluate("one => one.dataset.hero")
        assert shade == told["leave"]
    shifts: list[str] = page.evaluate("window.shifts")
    return (heights, shifts) if page.evaluate("window.pretending.heard") == 1 else None
