"""What is kept of a browser test that failed: logs, the console, what the browser said and how it ended, the line, and each open page as it looked."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from playwright.sync_api import Error

from tests.browser.person import Person
from tests.browser.server import Server

KEPT = Path(__file__).resolve().parents[2] / "test-results"


def keep(test: str, server: Server | None, people: list[Person]) -> Path:
    """Writes the trace of a failed test into a folder of its own, and returns that folder."""
    folder = KEPT / re.sub(r"[^\w.-]+", "-", test).strip("-")
    folder.mkdir(parents=True, exist_ok=True)
    if server is not None:
        for name, text in server.logs(lines=None).items():
            (folder / f"log-{name}.txt").write_text(text)
        puts = [str(put) for put in server.line.puts]
        (folder / "line.txt").write_text("\n".join([f"{server.line.received} bytes", *puts]))
    for number, person in enumerate(people):
        (folder / f"console-{number}.txt").write_text("\n".join(person.console))
        (folder / f"browser-{number}.txt").write_text(person.browser_said())
        for at, page in enumerate(person.pages()):
            with contextlib.suppress(Error):
                page.screenshot(path=folder / f"page-{number}-{at}.png", timeout=5000)
                (folder / f"page-{number}-{at}.html").write_text(page.content())
    return folder
