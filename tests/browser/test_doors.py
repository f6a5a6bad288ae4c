"""What strangers do to a site that stands open: floods, what is too large, what is not there any more."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import httpx
import psutil
import pytest
from websockets.exceptions import ConnectionClosed

from tests.browser.server import Server
from tests.browser.stranger import FILES, LINK, NOTICES, PROJECTS, SHARED_FILE, VISITOR, Stranger

MIB = 2**20


@contextlib.contextmanager
def strangers(server: Server, count: int, cookie: str = "") -> Iterator[list[Stranger]]:
    with contextlib.ExitStack() as stack:
        some = [Stranger(server, "/projects", cookie) for _ in range(count)]
        for one in some:
            stack.callback(one.close)
        yield some


def memory(server: Server) -> int:
    assert server.process is not None
    return psutil.Process(server.process.pid).memory_info().rss


def file_named(name: str) -> dict[str, object]:
    texts = dict.fromkeys(("id", "path", "state", "share_url", "download_url", "error", "error_code"), "")
    return {"file": {**texts, "name": name, "size": 1}}


def test_what_pages_are_told_stays_small(server: Server) -> None:
    before = memory(server)
    for size in (800_000, 50_000, 9_000):
        with strangers(server, 40) as some:
            for one in some:
                for _ in range(10):
                    with contextlib.suppress(ConnectionClosed):
                        one.call(f"{PROJECTS}.take_in", file_named("a" * size))
            for one in some:
                # In their order: after this one is answered, all before it were dealt with.
                with contextlib.suppress(ConnectionClosed):
                    one.call(f"{PROJECTS}.choose", {"stage": "New"})
                    assert len(one.until('"stage')) < 20_000
            assert memory(server) - before < 150 * MIB, f"names of {size}: each tab keeps what it was told"


def test_the_log_holds_no_cookie_and_little_of_what_strangers_say(server: Server) -> None:
    secret, before = somebody(server), server.log.stat().st_size
    with strangers(server, 1, f"smartupload_owner={secret}") as (one,):
        for number in range(300):
            one.call(f"{PROJECTS}.gone_since_{number}", {"what": "b" * 10_000})
            one.call(f"{FILES}.ask", {"upload_id": 3, "more": "c" * 10_000})
            one.call(f"{FILES}.setvar", {"var_name": "d" * 10_000, "value": 1})
        one.call("a\nline of its own" + "e" * 10_000)
        one.call(f"{PROJECTS}.choose", {"stage": "New"})
        one.until('"stage')
    with server.log.open() as log:
        log.seek(before)
        told = log.read()
    assert "gone_since_0" in told, "an operator sees that it happens"
    assert secret[:30] not in told
    assert len(told) < 50_000
    assert not re.search("bbb|ccc|d{300}|e{300}|^line of its own", told, re.MULTILINE)


@pytest.mark.parametrize("data", ['"text"', "[1]", "{}", "7", '{"name":"x","payload":[]}', '{"name":{},"payload":7}'])
def test_what_is_no_event(server: Server, data: str) -> None:
    before = server.log.stat().st_size
    with strangers(server, 1) as (one,):
        one.line.send(f'42/_event,["event",{data}]')
    with strangers(server, 1) as (one,):
        one.call(f"{PROJECTS}.choose", {"stage": "New"})
        one.until('"stage')
    assert server.log.stat().st_size - before < 10_000


def somebody(server: Server) -> str:
    """The cookie of a new visitor."""
    return httpx.get(f"{server.url}/api/client-settings", timeout=20).cookies["smartupload_owner"]


def begun(server: Server, owner: str, name: str) -> dict[str, str]:
    """An upload on its way."""
    answer = httpx.post(
        f"{server.url}/api/uploads",
        json={"name": name, "size": 1000},
        headers={"Idempotency-Key": name, "Cookie": f"smartupload_owner={owner}"},
        timeout=20,
    )
    assert answer.status_code == 201
    return answer.json()


def test_only_those_are_told_whose_page_changes(server: Server) -> None:
    owner = somebody(server)
    files = [begun(server, owner, "one.bin"), begun(server, owner, "two.bin")]
    with contextlib.ExitStack() as stack:
        visitors: list[list[Stranger]] = []
        for file in files:
            path = f"/f/{file['share_token']}"
            visitors.append([Stranger(server, path) for _ in range(5)])
            for one in visitors[-1]:
                stack.callback(one.close)
                one.call(f"{VISITOR}.open")
                one.call(f"{SHARED_FILE}.load")
                one.until(file["name"])
        of_one, of_two = visitors
        for one in [*of_one, *of_two]:
            with contextlib.suppress(TimeoutError):
                while True:
                    one.hear(0.5)
            one.heard.clear()
        for _ in range(20):
            of_one[0].call(f"{SHARED_FILE}.load")
            of_one[0].call(f"{LINK}.keep")
        renewed = httpx.post(
            f"{server.url}/api/uploads/{files[0]['id']}/pause",
            headers={"Cookie": f"smartupload_owner={owner}"},
            timeout=20,
        )
        assert renewed.status_code == 200
        for one in of_one:
            one.until("revision")
        for one in [*of_one[1:], *of_two]:
            with contextlib.suppress(TimeoutError):
                while True:
                    one.hear(1)
        assert [len(one.heard) for one in of_one[1:]] == [1] * 4, "each was told once, of the pause"
        assert [one.heard for one in of_two] == [[]] * 5


HANDLERS: dict[str, list[str]] = {
    f"{PROJECTS}.take_in": ["file"],
    f"{PROJECTS}.search": ["query"],
    f"{PROJECTS}.choose": ["stage"],
    f"{FILES}.search": ["query"],
    f"{FILES}.ask": ["upload_id"],
    f"{FILES}.delete": ["upload_id"],
    f"{LINK}.ask": ["what"],
    f"{LINK}.stop": ["upload_id"],
    f"{LINK}.share": ["upload_id"],
    f"{LINK}.renew": ["upload_id"],
    f"{LINK}.limit": ["upload_id", "until", "downloads"],
    f"{NOTICES}.save": ["form"],
}
VALUES: list[Any] = [
    "é", "\0", "\ud800", "a" * 5000, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T00:00:00", "x", "-1", "1" * 99, "٣",
    None, True, 0, 2**80, 1.5, [], {}, [[]], {"a": {}}, {"email": 7}, {"email": "é@é"}, {"email": "\ud800@a.example"}, {"email": None},
]  # fmt: skip


def test_arguments_of_any_sort_are_no_fault_of_the_server(server: Server) -> None:
    secret, before = somebody(server), server.log.stat().st_size
    upload = begun(server, secret, "mine.bin")
    with strangers(server, 1, f"smartupload_owner={secret}") as (one,):
        for handler, arguments in HANDLERS.items():
            sound = {name: upload["id"] if name == "upload_id" else "" for name in arguments}
            for value in VALUES:
                for name in arguments:
                    one.call(handler, {**sound, name: value})
            one.call(handler, {})
            one.call(handler, {**sound, "more": 1})
        one.call(f"{PROJECTS}.choose", {"stage": "New"})
        one.until('"New"')
    for path in ("/f/\0", "/f/" + "a" * 3000, "//"):
        with strangers(server, 1) as (one,):
            one.path = path
            one.call(f"{SHARED_FILE}.load")
            one.until("missing")
    with server.log.open() as log:
        log.seek(before)
        told = log.read()
    assert "Backend Exception" not in told, told
    assert "Traceback" not in told, told
