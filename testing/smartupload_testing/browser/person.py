"""Somebody with a browser, at whose workers no debugger looks: gives files, reads cards, presses buttons, leaves and comes back."""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from smartupload_testing.browser.chromium import Chromium
from smartupload_testing.browser.devtools import DevTools
from smartupload_testing.browser.page import BOOTED, CARD, CARDS, INPUT, ZONE, Card
from smartupload_testing.files import Original
from smartupload_testing.wait import wait_for

T = TypeVar("T")
UPLOADER = 8
"""Seconds in which a page that is loaded shows where it takes files."""
LOADED = "document.readyState === 'complete' && location.href !== 'about:blank'"


class Person:
    """One Chromium profile with one tab of the app at `url`.

    `patience` makes every wait so many times as long; `sign_in` is done once in each browser, before its first page of the app.
    """

    def __init__(
        self,
        url: str,
        profile: Path,
        *flags: str,
        patience: float = 1,
        sign_in: Callable[[Person], None] | None = None,
    ) -> None:
        self.url = url
        self.profile = profile
        self.flags = flags
        self.patience = patience
        self.sign_in = sign_in
        self.is_signed_in = False
        self.tab = ""
        self.chromium: Chromium
        self._tools: DevTools | None = None
        self.start()

    # The browser and its tab.

    def start(self) -> None:
        """The browser is started, on a blank page; the site is not visited."""
        self.is_signed_in = False
        self.chromium = Chromium(self.profile, *self.flags)

    def was_here_before(self) -> None:
        """A first visit that ended well: what the browser writes down late (cookies: after 30 s) is on its disk."""
        self.open()
        self.close_browser()
        self.start()

    def open(self, path: str = "/") -> DevTools:
        """A tab with a page of the app, signed in where the site wants it. Waits for the first page of the site until it takes files, and for any other one until it is loaded."""
        if self.sign_in is not None and not self.is_signed_in:
            self.is_signed_in = True
            self.sign_in(self)
        tools = self.visit(self.url + path)
        booted = BOOTED if path == "/" else LOADED
        if path == "/":
            self._expect_input(tools)
        self.wait(lambda: _holds(tools, booted), 30, f"the page {path} to be ready")
        return tools

    def _expect_input(self, tools: DevTools) -> None:
        """Raises AssertionError for a page on which nothing takes files, long before whoever waits for it gives up."""
        try:
            self.wait(lambda: _holds(tools, f"!!document.querySelector('{INPUT}')"), UPLOADER, "")
        except AssertionError:
            raise AssertionError(
                f"{self.url}/ serves no page with an uploader: nothing on it is {INPUT}. Wanted is the address of a site whose "
                "first page takes files, with the names of docs/qa.md."
            ) from None

    def visit(self, address: str) -> DevTools:
        """A tab with any address, in the place of the one before."""
        self.leave()
        self.tab = self.chromium.open_tab(address)
        self._tools = self.chromium.tools(self.tab)
        tools = self._tools
        self.wait(lambda: _holds(tools, LOADED), 30, f"{address.rpartition('@')[2]} to be loaded")
        return tools

    def reload(self) -> None:
        """The page that is open is loaded anew; waits until it is."""
        tools = self.tools
        tools.evaluate("window.isBefore = true")
        tools.send("Page.reload")
        self.wait(lambda: _holds(tools, f"!window.isBefore && {LOADED}"), 30, "the page to be loaded anew")

    @property
    def is_there(self) -> bool:
        """Whether somebody looks at a page."""
        return self._tools is not None

    def cookies(self) -> dict[str, str]:
        """What the browser sends to the app to say whose it is; a page has to be open."""
        found = self.tools.send("Network.getCookies", urls=[self.url])["cookies"]
        return {cookie["name"]: cookie["value"] for cookie in found}

    def picture(self) -> bytes:
        """The page as it looks now, as a PNG."""
        return base64.b64decode(self.tools.send("Page.captureScreenshot")["data"])

    @property
    def tools(self) -> DevTools:
        """The way into the page that is open: `evaluate(script)` gives what a script gives, `send(method, …)` calls DevTools. Raises AssertionError without a page."""
        assert self._tools is not None, "no page is open"
        return self._tools

    def look_away(self) -> None:
        """Nobody looks at the tab any more, also no debugger; it stays open."""
        if self._tools is not None:
            self._tools.close()
        self._tools = None

    def leave(self) -> None:
        """Close the tab; the browser stays open."""
        self.look_away()
        if self.tab:
            self.chromium.close_tab(self.tab)
        self.tab = ""

    def close_browser(self) -> None:
        """As a person does it."""
        self.look_away()
        self.tab = ""
        self.chromium.quit()

    def lose_browser(self) -> None:
        """SIGKILL, as when the machine loses its power."""
        self.look_away()
        self.tab = ""
        self.chromium.kill()

    def wait(
        self, condition: Callable[[], T | Literal[False] | None], seconds: float, what: str, every: float = 0.05
    ) -> T:
        """The first true value of the condition. Raises AssertionError after so many seconds, times the patience."""
        return wait_for(condition, seconds * self.patience, what, every)

    # Files.

    def give(self, *files: Original | Path) -> None:
        """Choose files in the picker, whatever their size."""
        self.tools.pick(INPUT, *map(_path, files))

    def drop(self, *files: Original | Path) -> None:
        """Drag files (or folders) from outside onto the drop zone."""
        self.tools.evaluate(f"document.querySelector('{ZONE}').scrollIntoView({{block: 'center'}})")
        self.tools.drop(ZONE, *map(_path, files))

    # Cards.

    def cards(self) -> list[Card]:
        """All cards of the page, as they are now."""
        return [Card.of(read) for read in self.tools.evaluate(CARDS)]

    def card(self, name: str = "") -> Card | None:
        """The first card of that name; the first of all without one."""
        return next((card for card in self.cards() if not name or card.is_of(name)), None)

    def wait_state(self, name: str, *states: str, seconds: float = 30) -> Card:
        """The card of that name comes into one of the states."""
        return self._wait_card(name, seconds, f"be {' or '.join(states)}", lambda card: card.state in states)

    def wait_leave(self, name: str, *sentences: str, seconds: float = 30) -> Card:
        """The card of that name says one of `stay`, `return` and `continues` of leaving."""
        what = f"say {' or '.join(sentences)} of leaving"
        return self._wait_card(name, seconds, what, lambda card: card.leave in sentences)

    def _wait_card(self, name: str, seconds: float, what: str, fits: Callable[[Card], bool]) -> Card:
        last: Card | None = None

        def found() -> Card | None:
            nonlocal last
            last = self.card(name)
            return last if last and fits(last) else None

        try:
            return self.wait(found, seconds, f"the card of {name} to {what}")
        except AssertionError as error:
            raise AssertionError(f"{error}; it is {last or 'not there'}") from None

    def press(self, name: str, button: str) -> None:
        """A button of the card of that name, once it is there; waits for nothing that comes of it."""
        script = f"""((name, button) => {{
            const card = [...document.querySelectorAll('{CARD}')].find(
                card => card.getAttribute('aria-label') === name || (!card.ariaLabel && card.innerText.includes(name)))
            const found = [...(card?.querySelectorAll('button') ?? [])].find(
                one => (one.getAttribute('aria-label') ?? one.textContent.trim()) === button)
            found?.click()
            return !!found
        }})({json.dumps(name)}, {json.dumps(button)})"""
        self.wait(lambda: self.tools.evaluate(script), 10, f"the button {button} of {name}")

    def pause(self, name: str) -> Card:
        """Press Pause, and wait until the card says that it is paused."""
        self.press(name, "Pause")
        return self.wait_state(name, "paused")

    def resume(self, name: str) -> None:
        """Press Resume."""
        self.press(name, "Resume")

    def cancel(self, name: str) -> None:
        """Press Cancel."""
        self.press(name, "Cancel")

    def retry(self, name: str) -> None:
        """Press Retry."""
        self.press(name, "Retry")


def _holds(tools: DevTools, condition: str) -> bool:
    """Whether it is so in the page; one that makes room for another just now has nothing in which to look."""
    with contextlib.suppress(RuntimeError):
        return bool(tools.evaluate(condition))
    return False


def _path(file: Original | Path) -> Path:
    return file.path if isinstance(file, Original) else file
