"""The stream as browsers hear it, over a real server: TestClient keeps an answer back until it is whole."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
import uvicorn
from smartupload_testing.wait import wait_for

from smartupload.adapters.live import LiveHub, NoLive
from smartupload.api.routes import events
from smartupload.service.owner import COOKIE, tag_of
from smartupload.service.uploads.change_poller import ChangePoller
from smartupload.service.uploads.pause import pause_upload
from tests.api.conftest import Browser, Site
from tests.browser.server import free_port
from tests.inline import with_inline


class Served:
    """The app of a site behind uvicorn in a thread, with a hub of its own."""

    def __init__(self, site: Site, most: int = 20) -> None:
        self.hub = LiveHub(most)
        site.context = with_inline(replace(site.context, live=self.hub, streams=self.hub))
        self.site = site
        self.url = f"http://127.0.0.1:{free_port()}"
        config = uvicorn.Config(
            site.app,
            port=int(self.url.rpartition(":")[2]),
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=30,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        wait_for(lambda: self.server.started, 30, "uvicorn to listen")

    def stop(self) -> None:
        self.hub.close()
        self.server.should_exit = True
        self.thread.join(60)


class Listener:
    """Reads one stream."""

    def __init__(self, served: Served, browser: Browser, place: str = "", header: str = "") -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self.client = httpx.Client(timeout=60, headers={"cookie": cookies})
        headers = {"last-event-id": header} if header else {}
        params = {"after": place} if place else {}
        request = self.client.build_request("GET", f"{served.url}/api/events", params=params, headers=headers)
        self.answer = self.client.send(request, stream=True)
        self.lines = self.answer.iter_lines()
        self.place = place or header

    def events(self) -> Iterator[tuple[str, Any]]:
        kind = ""
        for line in self.lines:
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            elif name == "id":
                self.place = value
            elif name == "data":
                yield kind, json.loads(value)

    def next(self, wanted: str = "upload") -> Any:
        return next(data for kind, data in self.events() if kind == wanted)

    def close(self) -> None:
        self.answer.close()
        self.client.close()


@pytest.fixture
def served(site: Site) -> Generator[Served]:
    one = Served(site)
    yield one
    one.stop()


@pytest.fixture
def listen(served: Served) -> Generator[Callable[..., Listener]]:
    made: list[Listener] = []

    def make(browser: Browser, **more: str) -> Listener:
        made.append(Listener(served, browser, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_change_is_told_and_only_to_its_owner(
    served: Served, browser: Browser, listen: Callable[..., Listener]
) -> None:
    before = browser.creates("before.bin").json()
    other = served.site.browser()
    other.get("/api/uploads")
    here, there = listen(browser), listen(other)
    assert here.answer.headers["content-type"].startswith("text/event-stream")
    assert here.answer.headers["cache-control"] == "no-store"
    assert here.answer.headers["x-accel-buffering"] == "no"
    assert next(here.lines) == f"retry: {events.RETRY}"
    assert here.next("hello")["owner"] == browser.get("/api/client-settings").json()["owner"]
    first = here.next()
    assert first | {"tags": []} == next(
        one for one in browser.get("/api/uploads").json()["uploads"] if one["id"] == before["id"]
    )
    there.next("beat")
    upload = browser.creates("a.bin").json()
    assert (here.next()["id"], here.place != "") == (upload["id"], True)
    browser.post(f"/api/uploads/{upload['id']}/pause")
    assert here.next()["state"] == "paused"
    browser.delete(f"/api/uploads/{upload['id']}")
    assert here.next()["state"] == "cancelled"
    theirs = other.creates("theirs.bin").json()
    assert there.next()["id"] == theirs["id"], "somebody else's changes were told"


def test_a_file_turns_ready(browser: Browser, listen: Callable[..., Listener]) -> None:
    browser.get("/api/uploads")
    here = listen(browser)
    here.next("beat")
    upload = browser.uploads()
    states: list[str] = []
    while "ready" not in states:
        states.append(here.next()["state"])
    assert here.answer.status_code == 200
    assert upload["state"] == "ready"


@pytest.mark.parametrize("way", ["place", "header"])
def test_a_stream_goes_on_where_another_ended(way: str, browser: Browser, listen: Callable[..., Listener]) -> None:
    browser.get("/api/uploads")
    first = listen(browser)
    first.next("beat")
    first.close()
    missed = browser.creates("missed.bin").json()
    again = listen(browser, **{way: first.place})
    assert again.next()["id"] == missed["id"]


def test_a_place_that_is_none_is_refused(browser: Browser, listen: Callable[..., Listener]) -> None:
    browser.get("/api/uploads")
    wrong = listen(browser, place="yesterday")
    assert wrong.answer.status_code == 422
    assert json.loads(wrong.answer.read())["code"] == "invalid_request"


def test_a_client_that_goes_away_is_forgotten(
    served: Served, browser: Browser, listen: Callable[..., Listener]
) -> None:
    browser.get("/api/uploads")
    here = listen(browser)
    here.next("beat")
    assert sum(served.hub.subscribers().values()) == 1
    here.close()
    wait_for(lambda: not served.hub.subscribers(), 30, "its subscription to end")


def test_what_another_process_writes_is_told_at_the_next_poll(
    served: Served, browser: Browser, listen: Callable[..., Listener]
) -> None:
    upload = browser.creates("a.bin").json()
    here = listen(browser)
    assert here.next()["id"] == upload["id"]
    here.next("beat")
    poller = ChangePoller(served.site.context, served.hub)
    elsewhere = replace(served.site.context, live=NoLive())
    pause_upload(elsewhere, browser.owner, upload["id"])
    poller.poll()
    assert here.next()["state"] == "paused"


def test_silence_is_broken_by_heartbeats(
    monkeypatch: pytest.MonkeyPatch, browser: Browser, listen: Callable[..., Listener]
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT", 0.05)
    browser.get("/api/uploads")
    here = listen(browser)
    for _ in range(3):
        here.next("beat")
    assert next(line for line in here.lines if line.startswith(":")) == ": still here"


def test_the_oldest_of_too_many_ends(site: Site, browser: Browser) -> None:
    served = Served(site, most=2)
    browser.get("/api/uploads")
    subscribers = [Listener(served, browser) for _ in range(2)]
    try:
        for one in subscribers:
            one.next("beat")
        subscribers.append(Listener(served, browser))
        assert subscribers[0].next("end") == {"after": events.CROWDED}
        assert list(subscribers[0].events()) == []
        subscribers[2].next("beat")
        assert sum(served.hub.subscribers().values()) == 2
    finally:
        for one in subscribers:
            one.close()
        served.stop()


def test_a_server_that_stops_ends_its_streams(site: Site, browser: Browser) -> None:
    """Its graceful shutdown of 30 s would hold the stream open; the stream ends by itself."""
    served = Served(site)
    browser.get("/api/uploads")
    here = Listener(served, browser)
    here.next("beat")
    served.stop()
    assert here.next("end") == {"after": 0}
    assert list(here.events()) == []
    assert not served.thread.is_alive()
    here.close()


def test_whoever_has_no_cookie_gets_one(served: Served) -> None:
    with httpx.stream("GET", f"{served.url}/api/events", timeout=30) as answer:
        assert f"{COOKIE}=" in answer.headers["set-cookie"]
        hello = next(line for line in answer.iter_lines() if line.startswith("data: "))
        assert json.loads(hello.removeprefix("data: "))["owner"] != tag_of("")


def test_without_a_hub_it_says_so(browser: Browser) -> None:
    assert browser.get("/api/events").status_code == 503


def test_streams_of_one_owner_read_one_after_another() -> None:
    """Twenty tabs of one owner, or a program that opens as many streams as it can, take a place of others once and not twenty times."""

    class Feed:
        """Tells how many read."""

        inside = most = 0
        cursor = ""

        def read(self) -> tuple[list[Any], bool]:
            Feed.inside += 1
            Feed.most = max(Feed.most, Feed.inside)
            Feed.inside -= 1
            return [], False

    async def scene() -> None:
        streaming = events.Streaming()
        feed: Any = Feed()
        async with streaming._places.of("anna"):
            waiting = [asyncio.create_task(streaming.read("anna", feed)) for _ in range(5)]
            assert await asyncio.wait_for(streaming.read("ben", feed), 30) == ("", False)
            assert not any(one.done() for one in waiting)
        assert await asyncio.gather(*waiting) == [("", False)] * 5

    asyncio.run(scene())
    assert Feed.most == 1
