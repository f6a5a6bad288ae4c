"""Parts through the app: byte for byte, without holding them, and only what was signed, for whom it was signed, while it is wanted."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import logging
import random
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
import structlog
import uvicorn
from smartupload_testing.wait import wait_for
from starlette.types import ASGIApp

from smartupload.api.routes import relay
from smartupload.errors import TooManyRequests
from smartupload.models import Upload
from smartupload.service.housekeeping import late_parts, remove
from smartupload.service.parts import obstacles
from smartupload.service.parts import relay as passing
from smartupload.service.records import rows
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_store import MIB, sha256

SIZE = 256 * MIB
GROWTH = 20 * MIB
PIECE = 256 * 1024


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """One that passes parts on."""
    return make_site(relay="on")


@pytest.fixture
def served(site: Site) -> Generator[str]:
    """The same behind a real server; its address."""
    app: ASGIApp = site.app
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(lambda: server.started, 30, "uvicorn to listen")
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def body_of(number: int, size: int) -> bytes:
    return random.Random(number).randbytes(size)


def passes(browser: Browser, part: dict[str, Any], body: bytes, **headers: str) -> httpx.Response:
    return browser.put(part["relay"], content=body, headers=part["headers"] | headers)


def signed(browser: Browser, size: int = 12 * MIB) -> tuple[dict[str, Any], list[bytes], list[dict[str, Any]]]:
    """An upload, its parts, and what was signed of them."""
    upload = browser.creates("a.bin", size).json()
    bodies = browser.cut(upload)
    return upload, bodies, browser.signs(upload, bodies).json()["parts"]


def test_a_quarter_of_a_gibibyte_is_there_byte_for_byte_and_was_never_held(
    site: Site, browser: Browser, served: str
) -> None:
    upload = browser.creates("big.bin", SIZE).json()
    part_size, count, whole = upload["part_size"], upload["part_count"], hashlib.sha256()
    claims: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        body = body_of(number, part_size)
        whole.update(body)
        claims.append({"number": number, "size": part_size, "sha256": sha256.__wrapped__(body)})
    parts = browser.post(f"/api/uploads/{upload['id']}/parts", json={"parts": claims}).json()["parts"]
    headers = {"origin": "http://localhost:3000", "cookie": "; ".join(f"{k}={v}" for k, v in browser.cookies.items())}

    def send(client: httpx.Client, part: dict[str, Any]) -> int:
        def pieces() -> Iterator[bytes]:
            chance = random.Random(part["number"])
            for _ in range(0, part_size, PIECE):
                yield chance.randbytes(PIECE)

        length = {"content-length": str(part_size)}
        return client.put(
            served + part["relay"], content=pieces(), headers=headers | part["headers"] | length
        ).status_code

    process, over = psutil.Process(), Event()
    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(6) as pool:
        assert send(client, parts[0]) == 200  # what the first one loads is there for all
        before, seen = process.memory_info().rss, [0]

        def look() -> None:
            while not over.wait(0.02):
                seen.append(process.memory_info().rss - before)

        pool.submit(look)
        sent = [pool.submit(send, client, part) for part in parts[1:]]
        quick = [httpx.get(f"{served}/healthz", timeout=10).status_code for _ in range(5)]
        assert [one.result() for one in sent] == [200] * (count - 1)
        over.set()
    assert quick == [200] * 5
    assert max(seen) < GROWTH, f"{max(seen) / MIB:.1f} MiB more"
    assert browser.completes(upload).json()["state"] == "ready"
    found = hashlib.sha256()
    for piece in site.context.store.read(f"uploads/{upload['id']}/1"):
        found.update(piece)
    assert found.digest() == whole.digest()


def test_a_small_file_goes_this_way_too(browser: Browser) -> None:
    upload, bodies, (part,) = signed(browser, 1000)
    answer = passes(browser, part, bodies[0])
    assert (answer.status_code, answer.headers["x-amz-checksum-sha256"]) == (200, sha256(bodies[0]))
    assert answer.headers["etag"]
    assert browser.completes(upload).json()["state"] == "ready"


def test_in_a_batch_it_is_named_as_well(browser: Browser) -> None:
    upload = browser.creates("a.bin", 1000).json()
    claims = [{"number": 1, "size": 1000, "sha256": sha256(browser.cut(upload)[0])}]
    answer = browser.post("/api/batch/sign", json={"uploads": [{"id": upload["id"], "parts": claims}]})
    (part,) = answer.json()["results"][0]["signed"]["parts"]
    assert part["relay"] == f"/api/uploads/{upload['id']}/parts/1/relay"


def test_where_it_is_off_there_is_nothing(make_site: Callable[..., Site]) -> None:
    browser = make_site().browser()
    upload, bodies, parts = signed(browser)
    assert "relay" not in parts[0]
    way = {"relay": f"/api/uploads/{upload['id']}/parts/1/relay"}
    is_problem(passes(browser, parts[0] | way, bodies[0]), 404, "not_found")


def test_only_its_owner(site: Site, browser: Browser) -> None:
    _, bodies, parts = signed(browser)
    mallory = site.browser()
    mallory.creates("hers.bin")
    is_problem(passes(mallory, parts[0], bodies[0]), 404, "upload_not_found")
    answer = passes(browser, parts[0], bodies[0], origin="https://other.example")
    is_problem(answer, 403, "cross_site")


def test_only_what_was_signed(browser: Browser) -> None:
    upload, bodies, parts = signed(browser)
    other = bytes([bodies[0][0] ^ 1]) + bodies[0][1:]
    is_problem(passes(browser, parts[0], other), 422, "invalid_request")
    forged = {"x-amz-checksum-sha256": sha256(other)}
    is_problem(passes(browser, parts[0], other, **forged), 422, "invalid_request")
    is_problem(passes(browser, parts[0], bodies[0][:-1]), 422, "part_size_mismatch")
    is_problem(passes(browser, parts[0], bodies[0] + b"x"), 422, "part_size_mismatch")
    is_problem(passes(browser, parts[0] | {"headers": {}}, bodies[0]), 422, "invalid_request")
    third = {"relay": f"/api/uploads/{upload['id']}/parts/3/relay"}
    is_problem(passes(browser, parts[1] | third, bodies[1]), 422, "part_out_of_range")
    unsized = browser.put(parts[0]["relay"], content=iter([bodies[0]]), headers=parts[0]["headers"])
    is_problem(unsized, 422, "part_size_mismatch")
    detail = browser.get(f"/api/uploads/{upload['id']}").json()
    assert detail["confirmed"] == [], "nothing of it has come of anything"


def test_only_while_it_is_wanted(browser: Browser) -> None:
    upload, bodies, parts = signed(browser)
    browser.post(f"/api/uploads/{upload['id']}/pause")
    is_problem(passes(browser, parts[0], bodies[0]), 409, "upload_paused")
    browser.post(f"/api/uploads/{upload['id']}/resume")
    for part, body in zip(parts, bodies, strict=True):
        assert passes(browser, part, body).status_code == 200
    assert browser.completes(upload).json()["state"] == "ready"
    is_problem(passes(browser, parts[0], bodies[0]), 409, "upload_not_open")
    upload, bodies, parts = signed(browser)
    browser.delete(f"/api/uploads/{upload['id']}")
    assert passes(browser, parts[0], bodies[0]).status_code in (404, 409)


def test_no_more_at_a_time_than_there_are_places(site: Site, browser: Browser) -> None:
    _, bodies, parts = signed(browser)
    site.api.state.relaying.free = 0
    assert is_problem(passes(browser, parts[0], bodies[0]), 429, "too_many_requests")["retry_after"] == 5
    site.api.state.relaying.free = relay.AT_ONCE
    assert passes(browser, parts[0], bodies[0]).status_code == 200
    assert site.api.state.relaying.free == relay.AT_ONCE
    site.api.state.relaying.here[browser.owner] = relay.WAITING
    is_problem(passes(browser, parts[1], bodies[1]), 429, "too_many_requests")
    site.api.state.relaying.here.clear()
    assert passes(browser, parts[1], bodies[1]).status_code == 200
    assert not site.api.state.relaying.here


def test_who_sends_too_slowly_keeps_no_place(
    site: Site, browser: Browser, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "SILENCE", 0.2)
    _, bodies, parts = signed(browser)
    over = Event()

    def stops() -> Iterator[bytes]:
        yield bodies[0][:1000]
        over.wait(20)
        raise ConnectionError("it never comes to its end")

    headers = {"origin": "http://localhost:3000", "cookie": "; ".join(f"{k}={v}" for k, v in browser.cookies.items())}
    length = {"content-length": str(len(bodies[0]))}
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(
            httpx.put, served + parts[0]["relay"], content=stops(), headers=headers | parts[0]["headers"] | length
        )
        wait_for(lambda: site.api.state.relaying.free < relay.AT_ONCE, 10, "it to take a place")
        wait_for(lambda: site.api.state.relaying.free == relay.AT_ONCE, 10, "its place to be free again")
        over.set()
        with contextlib.suppress(httpx.HTTPError, ConnectionError):
            assert sent.result().status_code == 422


def test_what_stands_in_the_way_is_one_line_in_the_log(site: Site, browser: Browser) -> None:
    host = site.context.store.origins[0]
    met = {"reason": "way_refused", "status": 403, "host": host}
    assert browser.post("/api/obstacles", json=met).status_code == 204
    assert not obstacles.note(site.context, obstacles.Met("way_refused", 403, host)), "written down already"
    assert obstacles.note(site.context, obstacles.Met("way_cut", 0, host))
    assert not obstacles.note(site.context, obstacles.Met("way_cut", 0, "http://elsewhere.example"))
    for wrong in ({"reason": "x"}, {"status": 700}, {"host": "h" * 301}, {"host": 1}):
        is_problem(browser.post("/api/obstacles", json=met | wrong), 422, "invalid_request")


def test_digest_of_the_body_is_what_the_store_says(browser: Browser) -> None:
    _, bodies, (part,) = signed(browser, 10)
    said = passes(browser, part, bodies[0]).headers["x-amz-checksum-sha256"]
    assert base64.b64decode(said) == hashlib.sha256(bodies[0]).digest()


def begun(served: str, browser: Browser, part: dict[str, Any], size: int, first: bytes) -> socket.socket:
    """A part that has begun to come, on a line of its own."""
    at = urlsplit(served)
    head = {
        "host": at.netloc,
        "origin": "http://localhost:3000",
        "cookie": "; ".join(f"{k}={v}" for k, v in browser.cookies.items()),
        "content-length": str(size),
        **part["headers"],
    }
    said = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    line = socket.create_connection((at.hostname or "", at.port or 0), timeout=20)
    line.sendall(f"PUT {part['relay']} HTTP/1.1\r\n{said}\r\n".encode() + first)
    return line


def test_a_part_that_breaks_off_is_no_error_and_keeps_no_place(
    site: Site, browser: Browser, served: str, caplog: pytest.LogCaptureFixture
) -> None:
    _, bodies, parts = signed(browser)
    relaying: relay.Relaying = site.api.state.relaying
    with structlog.testing.capture_logs() as logged:
        for line in [begun(served, browser, parts[0], len(bodies[0]), bodies[0][:300_000]) for _ in range(3)]:
            wait_for(lambda: relaying.free < relay.AT_ONCE, 10, "it to take a place")
            line.close()
        wait_for(lambda: relaying.free == relay.AT_ONCE and not relaying.here, 10, "the places to be free again")
        wait_for(lambda: len([one for one in logged if "broke off" in one["event"]]) == 3, 10, "a line for each")
    assert [one for one in logged if one["log_level"] not in ("debug", "info")] == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert not relaying.inside
    assert passes(browser, parts[0], bodies[0]).status_code == 200


def test_what_comes_to_its_end_after_its_upload_was_swept_goes_with_a_later_sweep(site: Site, browser: Browser) -> None:
    ctx = site.context
    upload, (body,), _ = signed(browser, 1000)
    ages(site, upload["id"], timedelta(hours=5))
    asked = (ctx, browser.owner, upload["id"], 1, 1000, sha256(body))
    part = passing.begin(*asked)

    async def pieces() -> AsyncIterator[bytes]:
        yield body[:500]
        await asyncio.to_thread(browser.delete, f"/api/uploads/{upload['id']}")
        await asyncio.to_thread(remove.sweep, ctx)
        yield body[500:]

    asyncio.run(passing.pass_on(ctx, part, pieces()))
    remove.sweep(ctx)
    assert ctx.store.head(part.row.key) is not None, "no address of it is too old yet"
    ages(site, upload["id"], timedelta(seconds=ctx.settings.url_expires_seconds, hours=1, minutes=1))
    assert late_parts.sweep_puts(ctx) == 1
    assert ctx.store.head(part.row.key) is None


def test_through_the_app_an_old_upload_is_written_down_as_signed_now(site: Site, browser: Browser) -> None:
    upload, (body,), (part,) = signed(browser, 1000)
    at = ages(site, upload["id"], timedelta(minutes=29))
    assert passes(browser, part, body).status_code == 200
    assert signed_at(site, upload["id"]) == at, "no transaction for what was signed just now"
    at = ages(site, upload["id"], timedelta(minutes=31))
    assert passes(browser, part, body).status_code == 200
    assert site.context.clock.now() - signed_at(site, upload["id"]) < timedelta(minutes=1)


def signed_at(site: Site, upload_id: str) -> Any:
    row = rows.find(site.context, upload_id)
    assert row is not None
    return row.signed_at


def ages(site: Site, upload_id: str, by: timedelta) -> Any:
    """As if it had been signed so long ago."""
    with site.context.db.write() as session:
        row = session.get(Upload, upload_id)
        assert row is not None
        assert row.signed_at is not None, "a sweep has been here"
        row.signed_at = site.context.clock.now() - by
        session.add(row)
    return signed_at(site, upload_id)


def test_who_has_waited_looks_again_whether_there_is_room() -> None:
    """Five owners fill most of it and wait for more of theirs; others come in as places get free."""
    relaying, inside, most, refused = relay.Relaying(), 0, 0, Counter[str]()

    async def one(owner: str, seconds: float) -> None:
        nonlocal inside, most
        try:
            async with relaying.place(owner, f"of {owner}"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(seconds)
                inside -= 1
        except TooManyRequests:
            refused[owner[0]] += 1

    async def everybody() -> None:
        some = [asyncio.create_task(one(f"o{number}", 0.05)) for number in range(5) for _ in range(relay.WAITING)]
        for number in range(200):
            await asyncio.sleep(0.001)
            some.append(asyncio.create_task(one(f"n{number}", 0.3)))
        await asyncio.gather(*some)

    asyncio.run(everybody())
    assert most == relay.AT_ONCE
    assert refused["o"], "of those who had waited, too"
    assert (relaying.free, relaying.here, relaying.inside) == (relay.AT_ONCE, Counter(), Counter())


def test_one_address_has_half_of_it_whoever_it_says_it_is() -> None:
    relaying = relay.Relaying()

    async def crowd() -> None:
        async with contextlib.AsyncExitStack() as stack:
            for number in range(relay.OF_ADDRESS):
                await stack.enter_async_context(relaying.place(f"m{number // relay.EACH}", "192.0.2.1"))
            with pytest.raises(TooManyRequests):
                await stack.enter_async_context(relaying.place("m9", "192.0.2.1"))
            for number in range(relay.AT_ONCE - relay.OF_ADDRESS):
                # Where the server knows no address nobody is counted with anybody.
                await stack.enter_async_context(relaying.place(f"n{number}", ""))
            with pytest.raises(TooManyRequests):
                await stack.enter_async_context(relaying.place("anna", "192.0.2.2"))

    asyncio.run(crowd())
    assert (relaying.free, relaying.here, relaying.inside) == (relay.AT_ONCE, Counter(), Counter())


def test_slow_bodies_of_one_address_keep_nobody_else_out(make_site: Callable[..., Site]) -> None:
    site = make_site(relay="on", trusted_proxies="127.0.0.0/8")
    relaying: relay.Relaying = site.api.state.relaying
    relaying.inside["192.0.2.1"] = relay.OF_ADDRESS
    browser = site.browser()
    _, bodies, parts = signed(browser)
    browser._transport.client = ("127.0.0.1", 1)
    answer = passes(browser, parts[0], bodies[0], **{"x-forwarded-for": "192.0.2.1"})
    assert is_problem(answer, 429, "too_many_requests")["retry_after"] == 5
    assert passes(browser, parts[0], bodies[0], **{"x-forwarded-for": "192.0.2.2"}).status_code == 200
    assert relaying.inside == {"192.0.2.1": relay.OF_ADDRESS}
