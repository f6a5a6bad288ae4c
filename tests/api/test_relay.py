"""Parts through the app: byte for byte, without holding them, and only what was signed, for whom it was signed, while it is wanted."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import random
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import Any

import httpx
import psutil
import pytest
import uvicorn
from smartupload_testing.wait import wait_for
from starlette.types import ASGIApp

from smartupload.api.routes import relay
from smartupload.service.parts import obstacles
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
