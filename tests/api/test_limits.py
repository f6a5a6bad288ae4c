"""How much one owner and one address may ask for, what who asked for more is told, and that nobody else hears of it."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from starlette.requests import HTTPConnection
from starlette.testclient import TestClient
from starlette.types import Message

from smartupload.adapters.rates import Rates
from smartupload.api.app import layers
from smartupload.api.identity import Identity
from smartupload.api.limits import connections
from smartupload.api.limits.address import client_of
from smartupload.api.limits.connections import Connections
from smartupload.api.limits.kinds import KINDS, kind_of
from smartupload.service.owner import COOKIE, new_secret
from tests.api.conftest import SITE, Browser, Site

# Of this much there are 12 files, 24 reads and a few of all else for an owner, and twice to ten times as much for an address.
FACTOR = "0.001"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """One with small limits."""
    site = make_site(rates=FACTOR)
    site.context = replace(site.context, limiter=Rates())
    return site


def refused(answer: Any) -> int:
    """That it is the problem it should be; the seconds that it says."""
    assert answer.status_code == 429, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "too_many_requests"
    assert problem["retry_after"] == int(answer.headers["retry-after"]) >= 1
    return problem["retry_after"]


def files(count: int, first: int = 0) -> dict[str, Any]:
    return {"files": [{"name": f"{at}.bin", "size": 1, "key": f"key {at}"} for at in range(first, first + count)]}


class TestOwner:
    def test_files_are_counted_not_calls(self, browser: Browser) -> None:
        assert browser.post("/api/batch/create", json=files(10)).status_code == 200
        refused(browser.post("/api/batch/create", json=files(3, 10)))
        assert browser.post("/api/batch/create", json=files(2, 10)).status_code == 200, (
            "what is refused counts as nothing"
        )
        assert refused(browser.creates()) <= 1200
        assert len(browser.get("/api/uploads").json()["uploads"]) == 12

    def test_one_at_the_limit_slows_no_other(self, site: Site, browser: Browser) -> None:
        browser.post("/api/batch/create", json=files(12))
        refused(browser.creates())
        other = site.browser()
        for at in range(5):
            assert other.creates(key=str(at)).status_code == 201
        refused(browser.creates())

    def test_each_kind_is_counted_for_itself(self, browser: Browser) -> None:
        upload = browser.creates().json()
        while (answer := browser.get(f"/api/uploads/{upload['id']}")).status_code == 200:
            pass
        refused(answer)
        bodies = browser.cut(upload)
        browser.sends(upload, bodies)
        assert browser.completes(upload).json()["state"] == "ready"

    def test_a_batch_larger_than_all_there_is_goes_through_alone(self, make_site: Callable[..., Site]) -> None:
        site = make_site(rates="0.0001")
        site.context = replace(site.context, limiter=Rates())
        browser = site.browser()
        assert browser.post("/api/batch/create", json=files(100)).status_code == 200
        refused(browser.creates())

    def test_ten_thousand_files_of_one_person_go_through(self, make_site: Callable[..., Site]) -> None:
        """Counted as the engine asks for them: a hundred at a time, begun, signed, completed, and looked at once."""
        context = make_site().context
        rates, factor = Rates(), context.settings.rates
        assert factor is not None
        for _ in range(100):
            for method, route, body in (
                ("POST", "/api/batch/create", {"files": [{}] * 100}),
                ("POST", "/api/batch/sign", {"uploads": [{"parts": [{}]}] * 100}),
                ("POST", "/api/batch/complete", {"ids": ["x"] * 100}),
                ("POST", "/api/batch/cancel", {"ids": ["x"] * 100}),
            ):
                counted = kind_of(method, route, body)
                assert counted is not None
                kind, cost = counted
                assert cost == 100
                assert rates.take(kind.name, "anna", cost, kind.most("owner", factor), 600) == 0
        counted = kind_of("GET", "/api/uploads/{upload_id}", {})
        assert counted is not None
        assert counted[0].owner >= 10_000

    def test_off_is_off(self, make_site: Callable[..., Site]) -> None:
        site = make_site(rates="off")
        site.context = replace(site.context, limiter=Rates())
        browser = site.browser()
        assert {browser.get("/api/notifications").status_code for _ in range(200)} == {200}


class TestAddress:
    def test_new_owners_from_one_address_are_one(self, site: Site) -> None:
        answers = [site.browser().creates(key=str(at)).status_code for at in range(30)]
        assert answers == [201] * 24 + [429] * 6
        elsewhere = TestClient(site.app, base_url=SITE, client=("203.0.113.9", 1))
        answer = elsewhere.post("/api/uploads", json={"name": "a", "size": 1}, headers={"Idempotency-Key": "x"})
        assert answer.status_code == 201

    def test_links_of_nobody(self, site: Site) -> None:
        answers = {site.browser().get("/api/shared/x").status_code for _ in range(100)}
        assert answers == {404, 429}

    def test_probes_are_always_answered(self, site: Site, browser: Browser) -> None:
        assert {browser.get("/healthz").status_code for _ in range(200)} == {200}

    @pytest.mark.parametrize(
        ("peer", "forwarded", "trusted", "seen"),
        [
            ("203.0.113.1", "", "", "203.0.113.1"),
            ("203.0.113.1", "198.51.100.7", "", "203.0.113.1"),
            ("10.0.0.2", "198.51.100.7", "", "10.0.0.2"),
            ("10.0.0.2", "198.51.100.7", "10.0.0.0/8", "198.51.100.7"),
            ("10.0.0.2", "1.2.3.4, 198.51.100.7", "10.0.0.0/8", "198.51.100.7"),
            ("10.0.0.2", "1.2.3.4, 198.51.100.7, 10.0.0.3", "10.0.0.0/8", "198.51.100.7"),
            ("203.0.113.1", "198.51.100.7", "10.0.0.0/8", "203.0.113.1"),
            ("10.0.0.2", "198.51.100.7, nonsense", "10.0.0.0/8", "10.0.0.2"),
            ("10.0.0.2", "", "10.0.0.0/8", "10.0.0.2"),
            ("10.0.0.2", "198.51.100.7:4711", "10.0.0.0/8", "198.51.100.7"),
            ("10.0.0.2", "[2001:db8:1:2:3:4:5:6]:4711", "10.0.0.0/8", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:3:4:5:6", "", "", "2001:db8:1:2::/64"),
            ("::ffff:203.0.113.1", "", "", "203.0.113.1"),
            ("::ffff:10.0.0.2", "198.51.100.7", "10.0.0.0/8", "198.51.100.7"),
            ("testclient", "198.51.100.7", "0.0.0.0/0", "testclient"),
        ],
    )
    def test_who_is_believed(self, peer: str, forwarded: str, trusted: str, seen: str) -> None:
        headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
        connection = HTTPConnection({"type": "http", "client": (peer, 1), "headers": headers})
        assert client_of(connection, [ipaddress.ip_network(trusted)] if trusted else []) == seen

    def test_behind_a_proxy_each_client_has_its_own(self, make_site: Callable[..., Site]) -> None:
        site = make_site(rates=FACTOR, trusted_proxies="10.0.0.0/8")
        site.context = replace(site.context, limiter=Rates())

        def asks(client: str) -> int:
            tools = TestClient(site.app, base_url=SITE, client=("10.0.0.1", 1))
            return tools.get("/api/shared/x", headers={"X-Forwarded-For": client}).status_code

        assert 429 in {asks("198.51.100.7") for _ in range(100)}
        assert asks("198.51.100.8") == 404


class TestRedis:
    def test_one_that_is_away_stops_nothing_and_is_one_line(
        self, make_site: Callable[..., Site], caplog: pytest.LogCaptureFixture
    ) -> None:
        site = make_site(rates=FACTOR)
        site.context = replace(site.context, limiter=Rates("redis://:secret@127.0.0.1:1/0"))
        browser = site.browser()
        with caplog.at_level(logging.INFO):
            assert browser.post("/api/batch/create", json=files(12)).status_code == 200
            refused(browser.creates())
        lines = [record.getMessage() for record in caplog.records if "Redis" in record.getMessage()]
        assert len(lines) == 1
        assert "secret" not in lines[0]


async def heard(app: Any, scope: dict[str, Any], received: list[Message], until: int = 1) -> list[Message]:
    """What an app says to a websocket that sends this, and then stays."""
    sent: list[Message] = []
    said = asyncio.Event()

    async def receive() -> Message:
        if received:
            return received.pop(0)
        await said.wait()
        return {"type": "websocket.disconnect", "code": 1000}

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) >= until:
            said.set()

    await app(scope, receive, send)
    return sent


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 # what is waited for has no event
            await asyncio.sleep(0)


def handshake(**more: Any) -> dict[str, Any]:
    return {"type": "websocket", "path": "/_event", "headers": [], "client": ("203.0.113.1", 1), **more}


class TestSockets:
    def test_so_many_stay_open(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connections, "OF_ADDRESS", 3 / 0.001)
        answer = {"websocket.http.response": {}}

        async def run() -> None:
            leave = asyncio.Event()

            async def stays(scope: Any, receive: Any, send: Any) -> None:
                await receive()
                await send({"type": "websocket.accept"})
                await leave.wait()

            around = Connections(stays, lambda: site.context, Identity())
            open_ones = [
                asyncio.ensure_future(heard(around, handshake(), [{"type": "websocket.connect"}])) for _ in range(3)
            ]
            await until(lambda: around.open.total() == 3)
            refusal = await heard(around, handshake(extensions=answer), [{"type": "websocket.connect"}])
            assert refusal[0]["status"] == 429
            assert (b"retry-after", b"30") in refusal[0]["headers"]
            plain = await heard(around, handshake(), [{"type": "websocket.connect"}])
            assert plain[0]["type"] == "websocket.close"
            other = handshake(client=("203.0.113.2", 1))
            leaving = asyncio.ensure_future(heard(around, other, [{"type": "websocket.connect"}]))
            await until(lambda: around.open.total() == 4)
            leave.set()
            for one in (*open_ones, leaving):
                assert (await one)[0]["type"] == "websocket.accept"
            assert not around.open, "nothing is remembered of those that left"

        asyncio.run(run())

    def test_new_ones_are_counted(self, site: Site) -> None:
        async def accepts(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "websocket.accept"})

        async def run() -> list[str]:
            around = Connections(accepts, lambda: site.context, Identity())
            return [(await heard(around, handshake(), [{"type": "websocket.connect"}]))[0]["type"] for _ in range(5)]

        assert asyncio.run(run()) == ["websocket.accept"] * 3 + ["websocket.close"] * 2

    def test_what_comes_too_fast_is_heard_later(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connections, "_PACE", 0.0)

        class Full:
            """There is room for two messages, and again after three looks."""

            is_remote = False
            asked: ClassVar[list[str]] = []

            def take(self, kind: str, who: str, cost: int, most: int, seconds: int) -> float:
                if kind != "messages:address":
                    return 0.0
                self.asked.append(who)
                return 9.0 if 2 < len(self.asked) < 6 else 0.0

        site.context = replace(site.context, limiter=Full())
        got: list[Message] = []

        async def listens(scope: Any, receive: Any, send: Any) -> None:
            got.extend([await receive() for _ in range(4)])

        async def run() -> None:
            around = Connections(listens, lambda: site.context, Identity())
            await heard(around, handshake(), [{"type": "websocket.receive", "text": str(at)} for at in range(4)])

        asyncio.run(run())
        assert [message["text"] for message in got] == ["0", "1", "2", "3"], "none is lost"
        assert Full.asked == ["203.0.113.1"] * 7


def test_every_kind_leaves_an_address_more_than_an_owner() -> None:
    assert [kind.name for kind in KINDS if kind.address <= kind.owner] == []


def test_streams_of_one_address(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream is a connection, too: one too many is refused with the problem, under the headers that all answers have."""
    around: list[Connections] = []

    def limited(app: Any) -> Connections:
        around.append(Connections(app, lambda: site.context, Identity()))
        return around[0]

    app: Any = site.api
    for layer in layers(site.context.settings.origins, False, site.signing, limited=[limited]):
        app = layer(app)
    monkeypatch.setattr(connections, "OF_ADDRESS", 2 / 0.001)
    around[0].open["address testclient"] = 2
    client = TestClient(app, base_url=SITE)
    answer = client.get("/api/events")
    refused(answer)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/api/uploads").status_code == 200, "what ends at once is no connection that stays"


def test_holds_are_counted_for_themselves(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two for each handover of an ordinary person are far from it; who has too many is refused, and sends."""
    assert connections.OF_OWNER >= 2 * 20
    monkeypatch.setattr(connections, "OF_OWNER", 2 / 0.001)
    monkeypatch.setattr(connections, "OF_ADDRESS", 9 / 0.001)
    reached: list[str] = []

    async def stays(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["path"])
        await receive()
        await send({"type": "http.response.start"})

    async def run() -> None:
        around = Connections(stays, lambda: site.context, Identity())
        owner = {"headers": [(b"cookie", f"{COOKIE}={new_secret()}".encode())], "client": ("203.0.113.1", 1)}
        hold = {"type": "http", "method": "GET", "path": "/api/holds/r/0/a", **owner}
        leave = asyncio.Event()

        async def waits() -> Message:
            await leave.wait()
            return {"type": "http.disconnect"}

        async def ignores(message: Message) -> None:
            assert message["type"] == "http.response.start"

        open_ones = [asyncio.ensure_future(around(dict(hold), waits, ignores)) for _ in range(2)]
        await until(lambda: len(reached) == 2)
        assert (await heard(around, dict(hold), []))[0]["status"] == 429
        for path in ("/api/events", "/api/holds"):
            method = "POST" if path == "/api/holds" else "GET"
            await heard(around, {**hold, "path": path, "method": method}, [{"type": "http.disconnect"}])
        leave.set()
        await asyncio.gather(*open_ones)
        assert reached[2:] == ["/api/events", "/api/holds"]
        assert not around.open, "nothing is remembered of those that left"

    asyncio.run(run())
