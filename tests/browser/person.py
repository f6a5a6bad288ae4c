"""Somebody with a browser: opens pages, picks and drops files, presses buttons, closes and loses the browser."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Locator, Page, Playwright, Response, expect
from smartupload_testing.browser.chromium import Chromium, always_allow, limit_room
from smartupload_testing.browser.devtools import DevTools
from smartupload_testing.browser.page import BOOTED, CARD, INPUT, ZONE
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.server import Server

FINISHED = 120
NO_EXTENDED_LIFETIME = "--disable-blink-features=SharedWorkerExtendedLifetime"
"""The engine dies with the last tab, as in Firefox and Safari."""
NO_HANDOVER = "delete globalThis.BackgroundFetchManager"
"""What the browser sends by itself is tried in test_handover.py, without a debugger that keeps workers alive."""
NO_SERVICE_WORKER = "delete Navigator.prototype.serviceWorker"
"""For `page_script`: as in some private windows. Nothing goes on after the last tab then."""


class Person:
    """One browser profile. `flags` take abilities from the browser, `worker_script` runs first in its shared workers."""

    def __init__(
        self,
        playwright: Playwright,
        server: Server,
        profile: Path,
        flags: tuple[str, ...] = (),
        worker_script: str = "",
    ) -> None:
        self.server = server
        self.playwright = playwright
        self.profile = profile
        self.flags = flags
        self.worker_script = worker_script
        self.page_script = ""
        self.console: list[str] = []
        self.chromium: Chromium
        self._link: Browser | None = None
        self._teller: DevTools | None = None
        self.start()

    # The browser.

    def start(self) -> None:
        self.chromium = Chromium(self.profile, *self.flags)
        if self.worker_script:
            self.chromium.run_in_workers(self.worker_script)
        self._link = self.playwright.chromium.connect_over_cdp(f"http://{self.chromium.address}")

    def was_here_before(self) -> None:
        """A first visit that ended well: what the browser writes down late (cookies: after 30 s) is on its disk."""
        self.open()
        self.quit()
        self.start()

    def lose_browser(self) -> None:
        """SIGKILL, as when the machine loses its power."""
        self.chromium.kill()
        self._unlink()

    def always_allows(self, *files: Original) -> None:
        """As if this person had answered "Allow on every visit" when the site asked to read these files. Not while it runs."""
        always_allow(self.profile, self.server.url, *(file.path for file in files))

    def quit(self) -> None:
        self._unlink()
        self.chromium.quit()

    def _unlink(self) -> None:
        if self._link is not None:
            with contextlib.suppress(Error):
                self._link.close()
        self._link = None

    def open(self, path: str = "/") -> Page:
        """A new tab with a page of the app, booted: the file input or the page's own content is there."""
        page = self._new_page()
        page.on("console", lambda message: self.note(f"{message.type}: {message.text}"))
        page.on("response", self._note_refusal)
        page.on("pageerror", lambda error: self.console.append(f"pageerror: {error}"))
        page.add_init_script(NO_HANDOVER)
        if self.page_script:
            page.add_init_script(self.page_script)
        page.goto(self.server.url + path, wait_until="load")
        if path == "/":
            page.locator(INPUT).first.wait_for(state="attached")
            page.wait_for_function(f"() => {BOOTED}")
        return page

    def open_with_room(self, room: int) -> Page:
        """A tab of the app in a browser that keeps so many bytes; the first one since it was started."""
        self._teller = limit_room(self.chromium, self.server.url, room)
        return self.open()

    def forgets(self, page: Page) -> None:
        """Have everything forgotten on this device, and wait for the page that begins anew: the one before looks the same for a moment."""
        page.evaluate("window.isBefore = true")
        page.get_by_test_id("forget-device").click()
        page.get_by_test_id("forget-confirm").click()
        page.wait_for_function(f"() => !window.isBefore && {BOOTED}", timeout=60_000)

    def browser_said(self) -> str:
        """For the trace of a test that failed."""
        return self.chromium.said()

    def pages(self) -> list[Page]:
        """The tabs that are open now."""
        return [] if self._link is None else [page for context in self._link.contexts for page in context.pages]

    def _new_page(self) -> Page:
        assert self._link is not None
        return self._link.contexts[0].new_page()

    def answers_question(self, answer: str, *about: str) -> None:
        """What the browser says when the site asks for something (to show notifications), as long as it runs: `granted`, `denied` or `prompt`."""
        self._teller = DevTools(self.chromium.browser_url)
        for name in about or ("notifications",):
            asked = {"name": name}
            self._teller.send("Browser.setPermission", origin=self.server.url, permission=asked, setting=answer)

    @contextlib.contextmanager
    def service_workers(self) -> Iterator[tuple[DevTools, dict[str, Any]]]:
        """The browser's own way to the app's service worker, and how it is named there; a page has to be open."""
        blank = next(one["id"] for one in self.chromium.targets() if one["type"] == "page")
        tools = self.chromium.tools(blank)
        found: list[str] = []

        def changed(params: dict[str, Any], _: str) -> None:
            found.extend(one["registrationId"] for one in params["versions"] if one["status"] == "activated")

        tools.on("ServiceWorker.workerVersionUpdated", changed)
        tools.send("ServiceWorker.enable")
        # One that is still being installed hears of nothing.
        wait_for(lambda: found, 30, "an active service worker")
        yield tools, {"origin": self.server.url, "registrationId": found[0]}
        tools.close()

    def give_sync_event(self, tag: str) -> None:
        """Background Sync, as the browser does it when it finds that the time has come."""
        with self.service_workers() as (tools, worker):
            tools.send("ServiceWorker.dispatchSyncEvent", **worker, tag=tag, lastChance=False)

    def take_identity_of(self, other: Person) -> None:
        """Sign this browser in as the other person: the same owner cookie."""
        self.take_identity(other.identity())

    def identity(self) -> list[Any]:
        """The owner cookie, for later."""
        assert self._link is not None
        wanted = ("name", "value", "domain", "path", "httpOnly", "secure", "expires")
        cookies = [dict(one) for one in self._link.contexts[0].cookies()]
        return [{key: one[key] for key in wanted if key in one} for one in cookies]

    def take_identity(self, cookies: list[Any]) -> None:
        """Be whom these cookies make this browser."""
        assert self._link is not None
        self._link.contexts[0].add_cookies(cookies)

    def note(self, text: str) -> None:
        """Keep a line of the console; what comes again and again only once."""
        if text not in self.console[-3:]:
            self.console.append(text)

    def _note_refusal(self, answer: Response) -> None:
        if answer.status >= 400:
            self.note(f"{answer.status} from {answer.url}")

    # Files.

    def pick(self, page: Page, *files: Original | Path, into: str = INPUT) -> None:
        """Choose files in the picker by path, whatever their size."""
        self._give(page, into, files)

    def pick_on_card(self, page: Page, name: str, file: Original) -> None:
        """Give the file to the card that asks for it."""
        self.card(page, name).locator("input[type=file]").evaluate("input => input.setAttribute('data-asked', '')")
        self._give(page, "[data-asked]", (file,))

    def _give(self, page: Page, selector: str, files: tuple[Original | Path, ...]) -> None:
        session = page.context.new_cdp_session(page)
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        session.send("DOM.setFileInputFiles", {"nodeId": node, "files": paths_of(files)})
        session.detach()

    def wipe_storage(self) -> Page:
        """What the browser does when its disk is full: OPFS, IndexedDB and all, but not the cookies. The tab it used."""
        page = self._new_page()
        session = page.context.new_cdp_session(page)
        kinds = "file_systems,indexeddb,local_storage,cache_storage,service_workers,websql"
        session.send("Storage.clearDataForOrigin", {"origin": self.server.url, "storageTypes": kinds})
        session.detach()
        return page

    def drop(self, page: Page, *files: Original | Path, on: str = ZONE) -> None:
        """Drag files (or folders) from outside onto the drop zone, or another place, and let go once the page shows that it takes them."""
        page.locator(on).scroll_into_view_if_needed()
        data = {"items": [], "files": paths_of(files), "dragOperationsMask": 1}
        session = page.context.new_cdp_session(page)

        def drags(kind: str) -> None:
            box = page.locator(on).bounding_box()
            assert box is not None
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            session.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})

        def is_over() -> bool:
            drags("dragOver")
            return page.evaluate("document.documentElement.dataset.dropping === ''")

        drags("dragEnter")
        wait_for(is_over, 10, "the page to show that files are dragged over it")
        drags("drop")
        session.detach()

    # Cards.

    @staticmethod
    def card(page: Page, name: str) -> Locator:
        return page.locator(CARD).filter(has_text=name)

    def press(self, page: Page, name: str, button: str) -> None:
        self.card(page, name).get_by_role("button", name=button, exact=True).click()

    def wait_state(self, page: Page, name: str, *states: str, seconds: float = 30) -> None:
        """The card of that name comes into one of the states."""
        pattern = re.compile(f"^({'|'.join(states)})$")
        expect(self.card(page, name).first).to_have_attribute("data-state", pattern, timeout=seconds * 1000)

    def percent(self, page: Page, name: str) -> int:
        return int(self.card(page, name).first.get_by_role("progressbar").get_attribute("aria-valuenow") or 0)

    # What the server knows.

    def uploads(self, page: Page) -> list[dict[str, Any]]:
        """All uploads of this person, newest first."""
        script = """async () => {
            const all = []
            let cursor = ''
            do {
                const answer = await fetch('/api/uploads?limit=100' + (cursor && '&cursor=' + encodeURIComponent(cursor)))
                if (!answer.ok) return []
                const body = await answer.json()
                all.push(...body.uploads)
                cursor = body.next_cursor
            } while (cursor)
            return all
        }"""
        return page.evaluate(script)

    def finished(self, page: Page, original: Original, seconds: float = FINISHED) -> dict[str, Any]:
        """Waits for the file to be ready, then downloads it by its share link and compares every byte. Its upload."""
        self.server.line.go_on()

        def ready() -> dict[str, Any] | None:
            found = [one for one in self.uploads(page) if one["name"] == original.name and one["state"] == "ready"]
            failed = self.card(page, original.name).and_(page.locator("[data-state=failed]"))
            assert found or not failed.count(), "its card says that it failed"
            return found[0] if found else None

        try:
            upload = wait_for(ready, seconds, f"{original.name} to be ready", every=0.2)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.situation(page)}") from None
        assert self.server.downloaded(upload["share_token"]) == (original.size, original.sha256)
        return upload

    def situation(self, page: Page) -> str:
        """What the page, the server and the line say, for the message of a failed test."""
        cards = page.locator(CARD).evaluate_all(
            "cards => cards.slice(0, 8).map(c => `card ${c.dataset.state}: ${c.innerText.replaceAll('\\n', ' | ')}`)"
        )
        uploads = [
            f"upload {one['name']}: {one['state']} {one['confirmed_bytes']}/{one['size']} {one['error']}"
            for one in sorted(self.uploads(page), key=lambda one: one["state"] == "ready")[:8]
        ]
        line = self.server.line
        puts = f"line: {len(line.puts)} PUTs, {line.received} bytes, answers {dict(line.statuses())}"
        return "\n".join([*cards, *uploads, puts, *self.console[-10:]])


def give_made_up_file(page: Page, name: str, text: str = "bytes") -> None:
    """A file that only the page knows, for names that no disk takes and browsers that see no disk."""
    page.evaluate(
        """([selector, name, text]) => {
            const data = new DataTransfer()
            data.items.add(new File([text], name, {type: 'text/plain', lastModified: 1700000000000}))
            const input = document.querySelector(selector)
            input.files = data.files
            input.dispatchEvent(new Event('change', {bubbles: true}))
        }""",
        [INPUT, name, text],
    )


def paths_of(files: tuple[Original | Path, ...]) -> list[str]:
    return [str(file.path if isinstance(file, Original) else file) for file in files]


def under_way(person: Person, server: Server, file: Original, share: float) -> Page:
    """A page with so much of the file sent; the line crawls from then on, until the test waits for the file to be finished."""
    server.line.shape(12 * MIB, until=int(file.size * share))
    page = person.open()
    person.pick(page, file)
    wait_for(lambda: server.line.received > file.size * share, 60, f"{share:.0%} sent")
    return page


def halfway(person: Person, server: Server, file: Original) -> Page:
    """A page with the file half sent and the promise that leaving is safe."""
    page = under_way(person, server, file, 1 / 2)
    leave = person.card(page, file.name).get_by_test_id("leave")
    expect(leave).to_have_attribute("data-leave", "return", timeout=60_000)
    return page


def ready_by_itself(server: Server, upload: dict[str, Any]) -> None:
    """No page is open: the file gets ready all the same."""
    server.line.go_on()
    address = f"/api/shared/{upload['share_token']}"
    wait_for(lambda: server.get(address).json()["state"] == "ready", 60, "the file to be ready", every=0.5)


def expect_closing(page: Page, /, **ways: str) -> None:
    """What the panel says of each way of closing."""
    for way, happens in ways.items():
        expect(page.get_by_test_id("closing").locator(f"[data-closing={way}]")).to_have_text(happens)


def close_into_a_turn(server: Server, page: Page) -> None:
    """Closes the last page, slows the line and waits until the service worker sends."""
    flying = server.line.in_flight()
    server.line.shape(2 * MIB)
    page.close()
    flying += [put for put in server.line.in_flight() if put not in flying]
    wait_for(lambda: any(put not in flying for put in server.line.in_flight()), 20, "the service worker to send")
