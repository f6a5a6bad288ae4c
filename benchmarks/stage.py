"""What every benchmark stands on: the real server with its store, a line between only where one is wanted, and a Chromium that no
debugger slows down.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psutil
from smartupload_testing.browser.chromium import Chromium, limit_room
from smartupload_testing.browser.devtools import DevTools
from smartupload_testing.browser.page import BOOTED, CARD, INPUT
from smartupload_testing.files import Original, make_file
from smartupload_testing.wait import wait_for

from tests.browser.server import Build, Server


class Stage:
    """Use as a context manager; everything it started ends with it.

    `pace`: bytes/s of the line, None for none at all. `room`: how many bytes the browser keeps, None for its own limit.
    """

    def __init__(self, folder: Path, pace: float | None = None, room: int | None = None) -> None:
        self.room = room
        self.folder = folder
        self.build = Build()
        self.server = Server(self.build, folder / "data", {} if pace else {"S3_PUBLIC_ENDPOINT_URL": ""})
        self.server.line.shape(pace)
        self.sent = 0.0
        self.chromium: Chromium
        self.tools: DevTools

    def __enter__(self) -> Stage:
        try:
            self.server.start()
            self.start_browser()
            self.open()
        except BaseException:
            self.server.close()
            self.build.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close_browser()
        self.server.close()
        self.build.release()

    def start_browser(self) -> None:
        self.chromium = Chromium(self.folder / "profile")
        self.teller = limit_room(self.chromium, self.server.url, self.room) if self.room else None

    def close_browser(self) -> None:
        self.tools.close()
        if self.teller:
            self.teller.close()
        self.chromium.quit()

    def open(self, script: str = "") -> None:
        """A tab that takes files; the script runs in it before its own first line."""
        self.tools = self.chromium.tools(self.chromium.open_tab("about:blank"))
        if script:
            self.tools.send("Page.addScriptToEvaluateOnNewDocument", source=script)
        self.tools.send("Page.navigate", url=self.server.url)
        wait_for(lambda: self.tools.evaluate(BOOTED), 30, "the page to take files")

    def file(self, size: int, seed: int) -> Original:
        return make_file(self.folder / f"file-{seed}.bin", size, seed)

    def upload(self, file: Original, seconds: float = 300) -> float:
        """Upload by the page as a person does; the seconds from the choice of the file until its card says ready.

        `sent` is then the time until its last byte was confirmed, without what the server does afterwards.
        """
        self.tools.evaluate(
            f"""void (window.took = new Promise(done => {{
                let began = 0, sent = 0
                addEventListener('change', () => {{ began = performance.now() }}, {{capture: true, once: true}})
                const name = {file.name!r}
                const watch = new MutationObserver(() => {{
                    const card = [...document.querySelectorAll("{CARD}")].find(card => card.innerText.includes(name))
                    const state = card?.dataset.state
                    if (["verifying", "scanning", "ready"].includes(state)) sent ||= (performance.now() - began) / 1000
                    if (state !== "ready") return
                    watch.disconnect()
                    done({{sent, ready: (performance.now() - began) / 1000}})
                }})
                watch.observe(document.body, {{subtree: true, childList: true, attributes: true}})
            }}))"""
        )
        self.tools.pick(INPUT, file.path)
        took = self.tools.evaluate("window.took", timeout=seconds)
        self.sent = took["sent"]
        return took["ready"]

    def uploads(self) -> list[dict[str, Any]]:
        return self.tools.evaluate("fetch('/api/uploads').then(a => a.json()).then(body => body.uploads)")

    def verify(self, file: Original) -> None:
        """The file behind the share link is the one that was given. Raises AssertionError."""
        (upload,) = [one for one in self.uploads() if one["name"] == file.name]
        assert self.server.downloaded(upload["share_token"]) == (file.size, file.sha256)

    def processes(self) -> dict[str, list[psutil.Process]]:
        """The processes of each program."""
        store = self.server.store
        assert self.server.process is not None
        return {
            "browser": self.chromium.processes(),
            "store": [store] if store else [],
            "server": [psutil.Process(self.server.process.pid)],
        }


def over(processes: list[psutil.Process], figure: Any) -> float:
    """The sum of a figure over those processes that are still there."""
    total = 0.0
    for process in processes:
        try:
            total += figure(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total
