"""Files that another app shares, where no service worker takes them: they are thrown away, the browser is led to the page that says so, and nobody else's address is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from smartupload.api import shared_files
from smartupload.api.shared_files import MOST, SharedFiles

PIECE = b"x" * 65_536


async def pages(scope: Any, receive: Any, send: Any) -> None:
    await PlainTextResponse("a page")(scope, receive, send)


class Sharing:
    """A browser that sends, a piece at a time, and how many of them were asked for."""

    def __init__(self, pieces: int, pause: Callable[[], Any] | None = None) -> None:
        self.pieces, self.taken, self.pause = pieces, 0, pause

    async def body(self) -> AsyncGenerator[bytes]:
        while self.taken < self.pieces:
            self.taken += 1
            yield PIECE
            if self.pause:
                await self.pause()


def shared(path: str, target: str = "/share-target", method: str = "POST", **given: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(SharedFiles(pages, target))
        async with httpx.AsyncClient(transport=transport, base_url="https://files.example") as client:
            return await client.request(method, path, **given)

    return asyncio.run(ask())


def leads_to(answer: httpx.Response) -> str:
    assert (answer.status_code, answer.headers["cache-control"]) == (303, "no-store")
    assert answer.next_request is not None
    return str(answer.next_request.url)


def test_the_browser_is_led_to_the_page_that_says_so() -> None:
    form = {"files": ("letter.txt", b"Dear Sir or Madam")}
    assert leads_to(shared("/share-target", files=form)) == "https://files.example/?shared=lost"
    # The browser itself says that nobody's page sent it.
    own = {"sec-fetch-site": "none", "origin": "null"}
    assert leads_to(shared("/share-target", files=form, headers=own)) == "https://files.example/?shared=lost"


def test_below_a_path_it_is_the_page_there() -> None:
    assert leads_to(shared("/desk/share-target", "/desk/share-target")) == "https://files.example/desk/?shared=lost"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_is_called_so(site: str) -> None:
    answer = shared("/share-target", headers={"sec-fetch-site": site})
    assert leads_to(answer) == "https://files.example/?shared=foreign"


@pytest.mark.parametrize(
    ("method", "path", "target"),
    [
        ("GET", "/share-target", "/share-target"),
        ("POST", "/share-target/", "/share-target"),
        ("POST", "/share-target", "/desk/share-target"),
        ("POST", "/share-target", ""),
    ],
)
def test_all_else_is_the_apps_own(method: str, path: str, target: str) -> None:
    assert shared(path, target, method).text == "a page"


def test_it_is_taken_to_its_end_and_none_of_it_kept() -> None:
    sharing = Sharing(pieces=64)
    assert leads_to(shared("/share-target", content=sharing.body()))
    assert sharing.taken == 64


def test_nobody_waits_for_the_end_of_what_is_large_or_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Sharing(pieces=1)
    assert leads_to(shared("/share-target", content=said.body(), headers={"content-length": str(MOST + 1)}))
    assert said.taken == 0, "it says so itself"
    monkeypatch.setattr(shared_files, "MOST", 10 * len(PIECE))
    unsaid = Sharing(pieces=1_000)
    assert leads_to(shared("/share-target", content=unsaid.body()))
    assert unsaid.taken == 11
    for limit in ("PATIENCE", "LONGEST"):
        monkeypatch.undo()
        monkeypatch.setattr(shared_files, limit, 0.01)
        stuck = Sharing(pieces=2, pause=asyncio.Event().wait)
        assert leads_to(shared("/share-target", content=stuck.body()))
        assert stuck.taken == 1
