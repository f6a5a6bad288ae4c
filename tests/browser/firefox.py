"""Somebody with a stock Firefox: the same doings, driven over WebDriver BiDi."""

from __future__ import annotations

import contextlib

import psutil
from playwright.sync_api import BrowserContext, Error, Page
from smartupload_testing.browser.find import get
from smartupload_testing.browser.page import INPUT
from smartupload_testing.files import Original

from tests.browser.person import Person, paths_of

# Headless, Firefox would wait for an answer to its question about persistent storage.
PREFERENCES: dict[str, str | float | bool] = {
    "dom.storageManager.prompt.testing": True,
    "dom.storageManager.prompt.testing.allow": True,
}


class FirefoxPerson(Person):
    """One Firefox profile."""

    _context: BrowserContext
    _processes: list[psutil.Process]

    def start(self) -> None:
        before = set(psutil.Process().children(recursive=True))
        self._context = self.playwright.firefox.launch_persistent_context(
            self.profile,
            channel="moz-firefox",
            executable_path=get("firefox"),
            headless=True,
            firefox_user_prefs=PREFERENCES,
        )
        self._processes = [one for one in psutil.Process().children(recursive=True) if one not in before]

    def lose_browser(self) -> None:
        for process in [*self._processes, *self._descendants()]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(self._processes, timeout=20)
        self.quit()

    def _descendants(self) -> list[psutil.Process]:
        found: list[psutil.Process] = []
        for process in self._processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                found += process.children(recursive=True)
        return found

    def quit(self) -> None:
        with contextlib.suppress(Error):
            self._context.close()

    def browser_said(self) -> str:
        return ""  # Playwright keeps what it writes

    def _new_page(self) -> Page:
        return self._context.new_page()

    def pick(self, page: Page, *files: Original) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        page.set_input_files(INPUT, paths_of(files))
