"""What the ZIP of a group costs a server in memory: 10 GiB in one archive, taken as fast as a loopback does, and what comes of whoever goes away."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import psutil
import uvicorn
from smartupload_testing.wait import wait_for

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.adapters.memory import MemoryStore
from smartupload.api.app import make_api
from smartupload.db import Database
from smartupload.models import READY
from smartupload.service.context import Context
from smartupload.service.links import groups
from smartupload.service.uploads import create
from smartupload.settings import load
from tests.unit.person import put_into

MIB = 1024 * 1024
SIZE = int(os.environ.get("MIB", "10240")) * MIB
FILES = 10
MOST_MORE = 64 * MIB
"""So much more memory it may take."""
PIECE = bytes(MIB)


class Zeros(MemoryStore):
    """A store of zeros, which costs nothing to read."""

    read_bytes = 0

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        left = length or 0
        while left > 0:
            piece = PIECE[: min(left, MIB)]
            left -= len(piece)
            self.read_bytes += len(piece)
            yield piece


def run() -> bool:
    """Prints figures; whether the limit is kept."""
    with tempfile.TemporaryDirectory(prefix="smartupload-bench-") as folder:
        settings = load({"SMARTUPLOAD_DATABASE_URL": f"sqlite:///{folder}/archive.sqlite"})
        store = Zeros()
        with closing(Database(settings.database)) as db:
            db.upgrade()
            ctx = Context(settings, db, store, NoLive(), SystemClock())
            made = [
                create.create_upload(ctx, "anna", create.NewFile(f"{at}.bin", SIZE // FILES, group="g"), f"key {at}")
                for at in range(FILES)
            ]
            for one in made:
                put_into(ctx, one.id, READY)
            return asyncio.run(_measured(ctx, store, groups.make_link(ctx, "anna", "g").link.token))


async def _measured(ctx: Context, store: Zeros, token: str) -> bool:
    server = uvicorn.Server(uvicorn.Config(make_api(lambda: ctx), port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    await asyncio.to_thread(wait_for, lambda: server.started, 30, "the server to be up")
    port = server.servers[0].sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}/api/shared-group/{token}/download"
    try:
        return await asyncio.to_thread(_take, url, store)
    finally:
        server.should_exit = True
        await serving


def _take(url: str, store: Zeros) -> bool:
    me = psutil.Process()
    before = most = me.memory_info().rss
    began = time.monotonic()
    got = 0
    with httpx.stream("GET", url, timeout=60) as answer:
        length = int(answer.headers["content-length"])
        for piece in answer.iter_raw(MIB):
            got += len(piece)
            most = max(most, me.memory_info().rss)
    seconds = time.monotonic() - began
    more = most - before
    print(
        f"archive: {got / MIB:,.0f} MiB of {length / MIB:,.0f} in {seconds:.1f} s, {got / MIB / seconds:,.0f} MiB/s, {more / MIB:.0f} MiB more memory (limit {MOST_MORE // MIB})"
    )
    store.read_bytes = 0
    with httpx.stream("GET", url, timeout=60) as answer:
        next(answer.iter_raw(MIB))
    time.sleep(2)
    print(f"archive: whoever goes away at once has caused {store.read_bytes / MIB:.0f} MiB to be read")
    return got == length and more <= MOST_MORE and store.read_bytes < SIZE / 10
