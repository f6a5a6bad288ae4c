"""What strangers do to a site that stands open: floods, what is too large, what is not there any more."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psutil
from websockets.exceptions import ConnectionClosed

from tests.browser.server import Server
from tests.browser.stranger import PROJECTS, Stranger

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
