"""While many uploads are being completed, everything else is answered."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import httpx

from smartupload.api.dependencies import COMPLETING_AT_ONCE
from tests.api.conftest import SITE, Browser, Site
from tests.inline import Inline

MANY = 60


class Slow(Inline):
    """Finishing that takes until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.waiting = threading.Semaphore(0)

    def start(self, upload_id: str, epoch: int) -> None:
        """Not now."""

    def wait(self, upload_id: str, epoch: int, seconds: float) -> None:
        self.waiting.release()
        assert self.go_on.wait(60)


def test_others_are_answered_meanwhile(site: Site, browser: Browser) -> None:
    uploads = [browser.creates().json() for _ in range(MANY)]
    for upload in uploads:
        browser.sends(upload, browser.cut(upload))
    slow = Slow()
    site.context = replace(site.context, finisher=slow)

    async def all_at_once() -> list[httpx.Response]:
        transport = httpx.ASGITransport(site.app)
        async with httpx.AsyncClient(transport=transport, base_url=SITE, cookies=dict(browser.cookies)) as client:
            completing = [asyncio.create_task(client.post(f"/api/uploads/{one['id']}/complete")) for one in uploads]
            for _ in range(COMPLETING_AT_ONCE):
                assert await asyncio.to_thread(slow.waiting.acquire, timeout=60)
            listed = await asyncio.wait_for(client.get("/api/uploads?limit=100"), 60)
            assert len(listed.json()["uploads"]) == MANY
            assert not any(one.done() for one in completing)
            slow.go_on.set()
            return await asyncio.gather(*completing)

    answers = asyncio.run(all_at_once())
    assert {(answer.status_code, answer.json()["state"]) for answer in answers} == {(200, "scanning")}
