"""A page that is told what it shows: what the server and the engine would say, so that every state is there at once, with days that never change."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import reflex as rx
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from smartupload_testing.browser.page import BOOTED, INPUT
from smartupload_testing.wait import wait_for

from smartupload.errors import VirusFound
from smartupload.words import speaking
from tests.browser.server import ROOT

STATES = ROOT / "tests" / "js" / "core" / "view" / "states.js"
NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SIZES = {1440: 900, 390: 844}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NOBODY = {"signs_in": False, "signed_in": False, "name": "", "admin": False, "left": 0}

# At each greeting: the page's own may be answered after this one, and each answer says that there are no such cards. `heard` counts them.
TELL = """(said) => {
    window.pretending?.close()
    const line = window.pretending = Object.assign(new BroadcastChannel('smartupload-1'), { heard: 0 })
    return new Promise(resolve => {
        line.addEventListener('message', ({ data: { type, epoch } }) => {
            if (type !== 'welcome') return
            line.heard += 1
            line.say = (more) => {
                said = more
                line.postMessage({ type: 'change', epoch, changed: said.cards, removed: [], ended: [], groups: said.groups, totals: said.totals })
            }
            line.say(said)
            resolve()
        })
        line.postMessage({ type: 'hello' })
    })
}"""
# How high the page is once that has not changed for some frames: what follows a size is drawn by then, such as the rows of a list and the room for the tray.
SETTLED = """async () => {
    await document.fonts.ready
    let [height, still] = [-1, 0]
    while (still < 6) {
        await new Promise(requestAnimationFrame)
        const now = document.documentElement.scrollHeight
        still = now === height ? still + 1 : 0
        height = now
    }
    return height
}"""


@cache
def states(language: str = "en") -> dict[str, Any]:
    """What the engine's own rules say: `single`, a card in each state, and `together`, a card of files in each state of a group."""
    node = Path(sys.executable).with_name("node")
    with speaking(language):
        virus = VirusFound().read()
    command = [node, STATES, language, virus]
    return json.loads(
        subprocess.run(command, env={**os.environ, "TZ": "UTC"}, capture_output=True, check=True, text=True).stdout
    )


def tell(page: Page, said: dict[str, Any]) -> None:
    """The page hears of these cards as it hears of those of its engine."""
    page.evaluate(TELL, said)


def tell_more(page: Page, said: dict[str, Any]) -> None:
    """The page that was told of cards hears of a change of them, and of nothing else."""
    page.evaluate("said => window.pretending.say(said)", said)


class Stage:
    """One page in one language."""

    def __init__(self, browser: Browser, url: str, language: str) -> None:
        self.url = url
        self.language = language
        # English has no clock of its own, so it is that of a place.
        locale = "en-GB" if language == "en" else language
        self.context = browser.new_context(locale=locale, timezone_id="UTC", reduced_motion="reduce")
        self.page: Page = self.context.new_page()
        self.page.clock.set_fixed_time(NOW)
        # Nothing of one scene is left in the next: what the server has of a tab hangs on its name, which is kept there.
        self.page.add_init_script("sessionStorage.clear()")
        self.page.route_web_socket(re.compile("/_event"), self._passes)
        self.page.route("**/api/me", lambda route: route.fulfill(json=self._me))
        self._me = NOBODY
        self._socket: WebSocketRoute | None = None
        self._heard = ""
        self._is_told = False

    def _passes(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        self._socket, self._heard = socket, ""

        def answered(said: str | bytes) -> None:
            text = said if isinstance(said, str) else said.decode()
            # From here on the page believes nobody else; what keeps the line alive goes through.
            if self._is_told and text.startswith("42"):
                return
            self._heard += text
            socket.send(said)

        server.on_message(answered)

    def open(self, path: str, **me: Any) -> None:
        """A page of the app, which has heard all that the server says by itself. `me` is who is signed in."""
        self._is_told, self._me = False, NOBODY | me
        self._heard = ""
        self.page.set_viewport_size({"width": 1440, "height": SIZES[1440]})
        self.page.goto(self.url + path)
        self.page.wait_for_function(f"() => document.querySelector('h1') || ({BOOTED})")
        done = ('"is_hydrated_rx_state_":true', '"signs_in_rx_state_"')
        if path.startswith("/drop/"):
            done = done[:1]
        wait_for(
            lambda: self.page.evaluate("1") and all(one in self._heard for one in done), 60, f"{path} to have heard all"
        )
        if path == "/":
            self.page.locator(INPUT).first.wait_for(state="attached")

    def says(self, state: type[rx.State], **values: Any) -> None:
        """The page's state becomes this one, and nothing the server says changes it."""
        assert self._socket is not None
        self._is_told = True
        known = set(state.vars)
        assert set(values) <= known, f"{state.__name__} has no {set(values) - known}"
        delta = {f"{name}_rx_state_": _plain(value) for name, value in values.items()}
        self._socket.send(f'42/_event,["event",{json.dumps({"delta": {state.get_full_name(): delta}})}]')

    def cards(self, which: str, uploader: str = "", first: int | None = None) -> None:
        """Those of `states`, or the first of them, on a page that lists them."""
        said = states(self.language)[which]
        cards = [one | {"uploader": uploader} for one in said["cards"][:first]]
        tell(self.page, said | {"cards": cards})
        test_id, count = ("group-card", len(said["groups"])) if said["groups"] else ("file-card", len(cards))
        expect(self.page.get_by_test_id(test_id)).to_have_count(count)

    def cards_elsewhere(self) -> None:
        """A card in each state, on a page that has only the tray for them."""
        tell(self.page, states(self.language)["single"])
        expect(self.page.get_by_test_id("upload-tray")).to_be_visible()

    def looks(self, width: int, theme: Literal["light", "dark"], whole: bool = True) -> None:
        """So wide, and in these colours; as high as all of it with `whole`."""
        page = self.page
        page.emulate_media(color_scheme=theme)
        page.wait_for_function("theme => getComputedStyle(document.documentElement).colorScheme === theme", arg=theme)
        window = SIZES[width]
        page.set_viewport_size({"width": width, "height": window})
        # A list may be as high as a share of the window: it has to be made higher more than once.
        for _ in range(6):
            height = page.evaluate(SETTLED)
            if height <= window or not whole:
                return
            window = height
            page.set_viewport_size({"width": width, "height": window})
        raise AssertionError(f"a page is always higher than its window, now {window} px")

    def close(self) -> None:
        self.context.close()


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value
