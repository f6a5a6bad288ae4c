"""While the store takes connections and never answers, everything that does not need it is answered as before."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Generator
from pathlib import Path

import httpx
import psutil
import pytest
from fastapi.routing import APIRoute
from smartupload_testing.wait import wait_for
from starlette.staticfiles import StaticFiles

from smartupload.api import readiness
from smartupload.api.addresses import Beside
from smartupload.api.dependencies import Ctx, asks_store
from smartupload.devstack import DevStack
from smartupload.service.parts import confirm
from tests.api.conftest import SITE, Site

VISITORS = 50
PROBES = 45


@contextlib.contextmanager
def hanging(stack: DevStack) -> Generator[None]:
    """The store's process stands still; its kernel still takes connections."""
    store = psutil.Process(stack.pid)
    store.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        store.send_signal(signal.SIGCONT)


@pytest.fixture
def counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at a placeholder asks the store."""
    monkeypatch.setattr(confirm, "COUNT_AGE", -1.0)


def test_pages_are_answered_and_an_upload_goes_on_afterwards(
    make_site: Callable[..., Site], stack: DevStack, tmp_path: Path, counted_anew: None
) -> None:
    site = make_site()
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "index.html").write_text("the page")
    app = Beside(site.app, StaticFiles(directory=pages, html=True))
    browser = site.browser()
    # Of one part and of several: two ways to ask what has arrived.
    uploads = [browser.creates("one.bin", 1000).json(), browser.creates("more.bin", 12_000_000).json()]
    bodies = {upload["id"]: browser.cut(upload) for upload in uploads}
    browser.signs(uploads[0], bodies[uploads[0]["id"]])
    browser.sends(uploads[1], bodies[uploads[1]["id"]], [1])

    async def scene() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE, timeout=None) as client:

            def asks(path: str) -> asyncio.Task[httpx.Response]:
                return asyncio.create_task(client.get(path))

            with hanging(stack):
                visits = [asks(f"/f/{uploads[number % 2]['share_token']}") for number in range(VISITORS)]
                probes = [asks("/readyz") for _ in range(PROBES)]
                meanwhile = 0
                for _ in range(20):
                    for path in ("/", "/healthz", "/api/notifications"):
                        assert (await asyncio.wait_for(client.get(path), 30)).status_code == 200
                    meanwhile += not any(one.done() for one in [*visits, *probes])
                assert meanwhile, "they waited for nothing: this shows nothing"
                answers = await asyncio.gather(*visits)
                assert {probe.status_code for probe in await asyncio.gather(*probes)} == {503}
                return answers

    assert {answer.status_code for answer in asyncio.run(scene())} == {200}, "the count of before is shown"
    # As an engine does it: what is refused is asked again a little later.
    wait_for(
        lambda: browser.signs(uploads[1], bodies[uploads[1]["id"]]).status_code == 200, 30, "the store to be asked"
    )
    for upload in uploads:
        browser.sends(upload, bodies[upload["id"]])
        assert browser.completes(upload).json()["state"] == "ready"
    site.api.state.readiness = readiness.Readiness()
    assert browser.get("/readyz").status_code == 200


def test_a_route_that_asks_it_from_the_threads_of_the_pages_is_found(site: Site) -> None:
    def asks(ctx: Ctx) -> None:
        ctx.store.ping()

    site.api.router.routes.insert(0, APIRoute("/api/pages", asks))
    site.api.router.routes.insert(0, APIRoute("/api/own", asks_store(asks)))
    assert [site.browser().get(f"/api/{place}").status_code for place in ("pages", "own")] == [500, 200]
