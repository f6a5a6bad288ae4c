"""What the pages may run: everything that is theirs works under their policy, and nothing that somebody slips in."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import websocket
from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original

from tests.browser.person import Person
from tests.browser.server import Server

Make = Callable[..., Original]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"

WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI, sourceFile}) =>
  violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`));
"""

# React has taken the page over, so its scripts ran.
RUNS = "() => Object.keys(document.querySelector('header') ?? {}).some(key => key.startsWith('__react'))"


def violations(page: Page) -> list[str]:
    return page.evaluate("window.violations")


def test_everything_of_ours_works_and_nothing_of_others(person: Person, server: Server, original: Make) -> None:
    person.page_script = WATCH
    page = person.open()
    policy = page.request.get(server.url).headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    file, picture, document = original(20 * MIB), original(1, "a.png"), original(1, "a.pdf")
    picture.path.write_bytes(PNG)
    document.path.write_bytes(PDF)
    person.pick(page, file, picture.path, document.path)
    person.finished(page, file)
    person.wait_state(page, "a.png", "ready")
    person.wait_state(page, "a.pdf", "ready")
    assert violations(page) == []
    tokens = {one["name"]: one["share_token"] for one in person.uploads(page)}

    # The second time it is not modified, and kept under what that answer says.
    for path in ("/", "/files", "/files", "/projects", "/notifications", "/nothing"):
        page.goto(server.url + path)
        page.wait_for_function(RUNS)
        assert violations(page) == [], path
    page.goto(f"{server.url}/f/{tokens['a.png']}")
    shown = page.locator("img[alt='a.png']")
    expect(shown).to_be_visible()
    page.wait_for_function("document.querySelector(\"img[alt='a.png']\").naturalWidth === 1")
    # What a handler yields is evaluated in the page: the toast is such a thing.
    page.get_by_role("button", name="Stop sharing").click()
    page.get_by_role("button", name="Yes, stop sharing").click()
    expect(page.get_by_text("The file is not shared any more.")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{server.url}/f/{tokens['a.pdf']}")
    expect(page.locator("object[type='application/pdf']")).to_be_attached()
    assert violations(page) == []

    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.slipped = 1';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.slipped = 2">');
          const foreign = document.createElement('script');
          foreign.src = 'https://evil.example/x.js';
          document.body.append(foreign);
        }"""
    )
    page.wait_for_function("window.violations.length >= 4")
    assert page.evaluate("window.slipped") is None
    assert sorted({one.split()[0] for one in violations(page)}) == ["img-src", "script-src-attr", "script-src-elem"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_a_page_of_another_site_opens_no_websocket(server: Server, origin: str) -> None:
    address = f"ws://{urlsplit(server.url).netloc}/_event/?EIO=4&transport=websocket"
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        websocket.create_connection(address, origin=origin, timeout=20)
    assert refused.value.status_code == 403
    websocket.create_connection(address, origin=server.url, timeout=20).close()
