"""Nobody is there any more: what was handed over arrives by the browser alone, in a Chromium whose workers no debugger keeps alive."""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from smartupload_testing.browser.devtools import DevTools
from smartupload_testing.browser.kept import KEPT, NOTHING
from smartupload_testing.browser.page import BOOTED, CARD
from smartupload_testing.browser.person import Person
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import outage, wait_for

from tests.browser.left import leftovers
from tests.browser.person import NO_EXTENDED_LIFETIME
from tests.browser.server import Server

pytestmark = pytest.mark.timeout(600)

SIZE = int(os.environ.get("HANDOVER_MIB", "80")) * MIB
PACE = 20e6 / 8  # 20 Mbit/s
AGAIN = (2 * 4 + 1) * 5 * MIB
"""Four parts between two questions, of 5 MiB; those under way when everything had arrived, and as many again where it is found out one question later."""
Make = Callable[..., Original]

LEAVE = f"document.querySelector('{CARD} [data-testid=leave]')?.dataset.leave"
STATE = f"document.querySelector('{CARD}')?.dataset.state"
TEXT = f"document.querySelector('{CARD}').textContent"
STILL_SENDS = "your browser still sends"
CANNOT = "which cannot be stopped before it has arrived"
FORGETS = f"""(() => {{
    const timer = setInterval(() => {{
        if ({LEAVE} !== 'continues') return
        clearInterval(timer)
        for (const button of ['forget-device', 'forget-confirm']) document.querySelector(`[data-testid=${{button}}]`).click()
    }}, 5)
}})()"""
"""Has everything forgotten in the moment in which the card says that it goes on by itself."""
CLOSING = "Object.fromEntries([...document.querySelectorAll('[data-closing]')].map(dd => [dd.dataset.closing, dd.textContent]))"
NEWER = """(async () => {
    const registration = await navigator.serviceWorker.ready
    const before = registration.active
    await navigator.serviceWorker.register(before.scriptURL + '&newer', {updateViaCache: 'none'})
    while (registration.active === before || registration.active.state !== 'activated') await new Promise(go => setTimeout(go, 20))
    return registration.active.scriptURL.endsWith('&newer')
})()"""
GIVEN = "navigator.serviceWorker.ready.then(worker => worker.backgroundFetch.getIds())"
LISTS = "fetch('/api/uploads').then(a => a.json()).then(body => body.uploads)"
TOKEN = "fetch('/api/uploads').then(a => a.json()).then(body => body.uploads[0]?.share_token)"


class Visit(Person):
    """Somebody on the server of the test."""

    def __init__(self, server: Server, profile: Path, *flags: str) -> None:
        super().__init__(server.url, profile, *flags)
        self.server = server
        self.before = leftovers(server)

    def pick(self, file: Original) -> DevTools:
        """On a new page and a slow line."""
        self.server.line.shape(PACE)
        tools = self.open()
        self.give(file)
        return tools

    def hand_over(self, file: Original) -> str:
        """Pick the file and wait for the promise that it goes on by itself; the token of its link."""
        picked = time.monotonic()
        tools = self.pick(file)
        wait_for(lambda: tools.evaluate(LEAVE) == "continues", 30, "the card to say that it goes on by itself")
        print(f"it goes on by itself after {time.monotonic() - picked:.1f} s")
        assert tools.evaluate(STATE) == "uploading", "it says so only because all of it has arrived"
        assert tools.evaluate(CLOSING) == {
            "page": "goes on",
            "tab": "goes on",
            "tabs": "goes on by itself",
            "browser": "goes on when it is next opened",
            "computer": "goes on when it is next opened",
        }
        return tools.evaluate(TOKEN)

    def arrives(self, token: str, file: Original) -> None:
        """Byte for byte, with nothing left behind in the store."""
        self.server.line.shape(8 * PACE)

        def ready() -> bool:
            return self.server.get(f"/api/shared/{token}").json()["state"] == "ready"

        wait_for(ready, file.size / PACE * 2 + 60, "the file to be ready", every=0.5)
        assert self.server.downloaded(token) == (file.size, file.sha256)
        wait_for(lambda: leftovers(self.server) <= self.before, 90, "what lay on the way to be gone", every=1)


def let_go(server: Server) -> None:
    """As where the engine was out of the server's reach for a while: from then on the browser sends, whoever looks on."""
    with contextlib.closing(sqlite3.connect(server.data / "smartupload.sqlite", timeout=20)) as database, database:
        newest = "made_at = (select max(made_at) from hold)"
        held = database.execute(f"update hold set let_go_at = seen_at where let_go_at is null and {newest}").rowcount
    assert held == 1, "one registration is held back"


@pytest.fixture
def visit(server: Server, tmp_path: Path) -> Iterator[Visit]:
    one = Visit(server, tmp_path / "profile")
    yield one
    one.close_browser()


def test_last_tab_closed(visit: Visit, server: Server, original: Make) -> None:
    file = original(SIZE)
    token = visit.hand_over(file)
    visit.leave()
    assert server.line.received + server.line.posted < SIZE // 2
    visit.arrives(token, file)


def test_browser_closed_and_started_without_a_visit(visit: Visit, server: Server, original: Make) -> None:
    file = original(SIZE)
    token = visit.hand_over(file)
    wait_for(lambda: server.line.received + server.line.posted > SIZE // 10, 60, "a tenth sent")
    visit.close_browser()
    assert server.line.received + server.line.posted < SIZE // 2
    visit.start()
    visit.arrives(token, file)


def test_browser_killed_right_after_and_started_without_a_visit(visit: Visit, server: Server, original: Make) -> None:
    file = original(SIZE)
    token = visit.hand_over(file)
    visit.lose_browser()
    visit.start()
    visit.arrives(token, file)


def test_browser_killed_at_half_and_the_page_opened_again(visit: Visit, server: Server, original: Make) -> None:
    """The browser goes on by itself some seconds after its start; the page that is opened does not wait for it."""
    visit.open()
    visit.close_browser()
    visit.start()
    line = server.line
    file = original(SIZE)
    token = visit.hand_over(file)
    wait_for(lambda: line.received + line.posted > SIZE // 2, 60, "half of it sent")
    visit.lose_browser()
    flying = line.unconfirmed
    visit.start()
    tools = visit.open()
    visit.arrives(token, file)
    wait_for(lambda: tools.evaluate(STATE) == "ready", 30, "the card to say so")
    tools.close()
    # A form is some hundred bytes longer than its part.
    assert line.received + line.posted - SIZE <= flying + 0.01 * SIZE, "more than what was in flight went twice"


@pytest.mark.long
def test_browser_ended_without_its_cookie_while_somebody_looks_all_the_time(
    visit: Visit, server: Server, original: Make
) -> None:
    """The browser sends all of it and may not complete it: the server does, however often the upload is read meanwhile."""
    file = original(SIZE)
    token = visit.hand_over(file)
    cookies = visit.tools.send("Network.getCookies", urls=[server.url])["cookies"]
    owner = {cookie["name"]: cookie["value"] for cookie in cookies}
    upload = server.get("/api/uploads", owner).json()["uploads"][0]["id"]
    visit.look_away()
    visit.chromium.terminate()
    visit.start()
    there, last, ready = 0, time.monotonic(), 0.0

    def looked() -> bool:
        nonlocal there, last, ready
        arrived = server.line.received + server.line.posted
        if arrived > there:
            there, last = arrived, time.monotonic()
        if server.get(f"/api/uploads/{upload}", owner).json()["state"] == "ready":
            ready = time.monotonic()
        return ready > 0

    wait_for(looked, file.size / PACE * 2 + 60, "the file to be ready", every=0.2)
    print(f"ready {ready - last:.1f} s after the last byte")
    assert ready - last <= 15
    visit.arrives(token, file)


@pytest.mark.long
def test_the_tab_stays_open(visit: Visit, server: Server, original: Make) -> None:
    """What was handed over goes once, by the engine while it lives, and the card tells how far it is."""
    file = original(SIZE)
    visit.hand_over(file)
    percents: set[int] = set()
    states: list[str] = []

    def ready() -> bool:
        card = f"+document.querySelector('{CARD} [role=progressbar]')?.getAttribute('aria-valuenow')"
        percents.add(visit.tools.evaluate(card))
        states.append(visit.tools.evaluate(STATE))
        return states[-1] == "ready"

    wait_for(ready, SIZE / PACE * 2 + 30, "the card to say ready", every=0.3)
    assert len(percents) > 5
    assert "uploading" not in itertools.dropwhile(lambda state: state == "uploading", states), "it went back"
    token = visit.tools.evaluate(TOKEN)
    wait_for(lambda: visit.tools.evaluate(GIVEN) == [], 10, "the browser to have nothing in hand any more")
    visit.look_away()
    twice = server.line.received + server.line.posted - SIZE
    print(f"sent twice: {twice / MIB:.1f} of {SIZE / MIB:.0f} MiB")
    assert twice <= 0.01 * SIZE
    assert not server.line.posts, "the browser is held back"
    visit.arrives(token, file)


@pytest.mark.long
def test_what_arrived_by_another_way_is_not_sent_by_the_browser(
    server: Server, tmp_path: Path, original: Make, request: pytest.FixtureRequest
) -> None:
    """It begins at the tail, the engine had begun at the head: where they meet the browser drops the rest."""
    file = original(SIZE)
    visit = Visit(server, tmp_path / "profile", NO_EXTENDED_LIFETIME)
    request.addfinalizer(visit.close_browser)
    line = server.line
    token = visit.hand_over(file)
    wait_for(lambda: line.received > 0.6 * SIZE, 60, "more than half of it sent by the engine")
    assert not line.posts, "the browser is held back"
    visit.leave()
    flying = line.most_at_once
    visit.arrives(token, file)

    def is_quiet() -> bool:
        return not any(post.status is None and not post.dropped for post in line.posts)

    wait_for(is_quiet, 60, "the browser to have sent what it sends")
    sent = line.received + line.posted
    outage(8)  # five seconds after it is there the server says so to the browser
    assert line.received + line.posted == sent, "it goes on"
    assert visit.chromium.process.poll() is None, "the browser is there"
    tools = visit.open()
    wait_for(lambda: tools.evaluate(GIVEN) == [], 30, "the browser to have nothing in hand any more")
    tools.close()
    print(f"sent twice: {(sent - SIZE) / MIB:.1f} of {SIZE / MIB:.0f} MiB, {flying / MIB:.1f} at once")
    assert sent - SIZE <= flying + AGAIN, "more than a few parts went in vain"


def test_a_newer_service_worker_meanwhile(visit: Visit, server: Server, original: Make) -> None:
    """As after a deploy: its script is another, what the browser sends goes on."""
    file = original(SIZE)
    token = visit.hand_over(file)
    assert visit.tools.evaluate(NEWER)
    visit.leave()
    assert server.line.received + server.line.posted < SIZE // 2
    visit.arrives(token, file)


def test_pause_and_resume(visit: Visit, server: Server, original: Make) -> None:
    file = original(SIZE)
    token = visit.hand_over(file)
    visit.press(file.name, "Pause")
    wait_for(lambda: visit.tools.evaluate(STATE) == "paused", 10, "the card to be paused")

    def is_left() -> bool:
        """It had begun before the button was pressed."""
        return STILL_SENDS in visit.tools.evaluate(TEXT)

    def is_quiet() -> bool:
        return not any(post.status is None and not post.dropped for post in server.line.posts)

    wait_for(lambda: is_left() or is_quiet(), 20, "quiet, or the word that the browser goes on")
    server.line.shape(8 * PACE)
    visit.press(file.name, "Resume")
    wait_for(lambda: visit.tools.evaluate(STATE) == "ready", 90, "the file to be ready")
    visit.look_away()
    visit.arrives(token, file)


@pytest.mark.long
@pytest.mark.parametrize("button", ["Pause", "Cancel"])
def test_ended_while_the_browser_sends(visit: Visit, server: Server, original: Make, button: str) -> None:
    """Chromium as a whole would end if what it sends were taken back: it is left to it, and the card says so."""
    file = original(SIZE)
    token = visit.hand_over(file)
    let_go(server)
    wait_for(lambda: sum(post.status == 201 for post in server.line.posts) >= 2, 60, "two parts sent by the browser")
    visit.press(file.name, button)
    wait_for(lambda: visit.tools.evaluate(STATE) == {"Pause": "paused", "Cancel": "cancelled"}[button], 10, button)
    sent = server.line.posted
    wait_for(lambda: server.line.posted > sent + 2 * MIB, 60, "the browser to go on")
    assert visit.chromium.process.poll() is None, "the browser is there"
    assert STILL_SENDS in visit.tools.evaluate(TEXT)
    if button == "Cancel":
        server.line.shape(8 * PACE)
        wait_for(
            lambda: STILL_SENDS not in visit.tools.evaluate(TEXT), 60, "the card to say that nothing is sent any more"
        )
        wait_for(lambda: leftovers(server) <= visit.before, 90, "what came too late to be gone", every=1)
        return
    visit.press(file.name, "Resume")
    server.line.shape(8 * PACE)
    visit.look_away()
    visit.arrives(token, file)
    # What the engine had sent while the browser was held back is in its hands, too; some parts of it go before the server is asked again.
    assert server.line.received + server.line.posted - SIZE <= server.line.most_at_once + AGAIN, (
        "more than that went twice"
    )


@pytest.mark.long
def test_opened_again_while_the_line_stands_still(
    server: Server, tmp_path: Path, original: Make, request: pytest.FixtureRequest
) -> None:
    """To a new engine it looks as after a start of the browser, from which it would take what the browser does not send yet."""
    file = original(SIZE)
    visit = Visit(server, tmp_path / "profile", NO_EXTENDED_LIFETIME)
    request.addfinalizer(visit.close_browser)
    token = visit.hand_over(file)
    let_go(server)

    def is_on_the_line() -> bool:
        """Between two parts nothing is, and a slow machine takes a while: that may be taken from it."""
        posts = server.line.posts
        has_begun = any(post.status is None and 0 < post.received < post.size // 2 for post in posts)
        # What the engine had on the line when it let go arrives.
        has_arrived = all(put.status is not None for put in server.line.puts)
        return has_begun and has_arrived and sum(post.status == 201 for post in posts) >= 2

    wait_for(is_on_the_line, 60, "two parts sent by the browser, a third one on the line, and nothing of the engine's")
    server.line.shape(1)
    visit.leave()
    tools = visit.open()
    wait_for(lambda: tools.evaluate(LEAVE) == "continues", 30, "the new engine to know who sends it")
    given = tools.evaluate(GIVEN)
    by_engine = server.line.received
    outage(5)
    assert tools.evaluate(GIVEN) == given, "it was taken from the browser"
    sent = server.line.posted
    server.line.shape(8 * PACE)
    wait_for(lambda: server.line.posted > sent + 2 * MIB, 60, "the browser to go on")
    assert visit.chromium.process.poll() is None, "the browser is there"
    tools.close()
    visit.arrives(token, file)
    assert server.line.received == by_engine, "the engine sent beside it"
    assert server.line.received + server.line.posted - SIZE <= server.line.most_at_once + AGAIN


def test_forget_on_this_device(visit: Visit, server: Server, original: Make) -> None:
    """At once, before anything has left: what is being sent cannot be ended, and is named (test_ended_while_the_browser_sends)."""
    file = original(SIZE)
    tools = visit.pick(file)
    wait_for(lambda: tools.evaluate(LEAVE) == "return", 30, "the card to say that it continues later")
    token = wait_for(lambda: tools.evaluate(TOKEN), 30, "the server to know it")
    # The browser may have been asked meanwhile.
    assert tools.evaluate(f"({KEPT})()") | {"fetches": 0} == {"entries": 1, "copies": 1, "parts": 0, "fetches": 0}
    tools.evaluate(FORGETS)
    said = f"document.body.textContent.includes('{CANNOT}')"

    def ends() -> str | None:
        with contextlib.suppress(RuntimeError):  # the page is being left
            if tools.evaluate(said):
                return "named"
            if tools.evaluate(BOOTED) and not tools.evaluate(STATE) and tools.evaluate(LISTS) == []:
                return "wiped"
        return None

    end = wait_for(ends, 30, "the page to begin anew, or to say what is left")
    print(f"it was {end}")
    sent = server.line.received + server.line.posted
    assert server.get(f"/api/shared/{token}").json()["state"] == "paused"
    if end == "named":
        assert tools.evaluate(f"({KEPT})()") == {**NOTHING, "fetches": 1}
        return
    outage(3)
    assert server.line.received + server.line.posted - sent <= 4 * 8 * MIB, "only what was on the line"
    assert tools.evaluate(f"({KEPT})()") == NOTHING


@pytest.mark.long
def test_a_failed_registration_falls_back_to_the_engine(visit: Visit, server: Server, original: Make) -> None:
    """The store refuses the forms for a while: the engine sends the rest."""
    file = original(SIZE)
    token = visit.hand_over(file)
    server.line.portal(cors=True)
    wait_for(lambda: server.line.portal_answers >= 2, 60, "somebody else to answer")
    server.line.restore()
    server.line.shape(8 * PACE)
    visit.look_away()
    visit.arrives(token, file)
