"""Many small files chosen at once: when the store has all of them, when the peer is done with all, and what one of them cost."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.database import ready
from benchmarks.peers import WORK
from benchmarks.peers.catalog import BrowserPeer, Ours
from benchmarks.peers.measure import TIMEOUT, Meter, Run, browser, long_tasks
from benchmarks.peers.proc import cpu_of
from benchmarks.peers.store import BUCKET

LOOK = 0.2  # s between two looks at what there is


def crowd_of(setting: str) -> tuple[int, int] | None:
    """How many files of how many bytes are meant by a name like `1000x64KiB`."""
    found = re.fullmatch(r"(\d+)x(\d+)KiB", setting)
    return (int(found[1]), int(found[2]) << 10) if found else None


def random_files(many: int, size: int) -> list[str]:
    folder = Path(WORK) / f"random-{many}x{size}"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"file-{number:05}.bin" for number in range(many)]
    for path in paths:
        if not path.exists():
            path.write_bytes(os.urandom(size))
    return [str(path) for path in paths]


def stored(run: Run, size: int) -> int:
    """Objects of this size; what else the store has is not one of the files."""
    pages = run.store.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    return sum(entry["Size"] == size for page in pages for entry in page.get("Contents", ()))


def passed(what: str, is_so: Callable[[], bool], begun: float) -> float:
    """Seconds until it is so."""
    while not is_so():
        if time.monotonic() - begun > TIMEOUT:
            raise RuntimeError(f"not within {TIMEOUT:g} s: {what}")
        time.sleep(LOOK)
    return round(time.monotonic() - begun, 2)


def run_crowd(setting: Any, peer: BrowserPeer, paths: list[str]) -> dict[str, Any]:
    """CPU in ms a file: of the browser, and of the server that names and signs (ours also verifies and finishes)."""
    many, size = len(paths), os.path.getsize(paths[0])
    run = Run(setting, peer)
    try:
        with browser(run, peer, many) as page:

            def is_done() -> bool:
                if isinstance(peer, Ours):
                    return ready(Path(run.workdir, "data")) >= many
                text = str(page.evaluate(peer.done) or "")
                if text.startswith("ERROR"):
                    raise RuntimeError(text)
                return bool(text)

            server = run.servers[0].pid if run.servers else run.web.process.pid
            meter, since, before = Meter(run, page.process.pid), page.evaluate("performance.now()"), cpu_of(server)
            page.choose_file(peer.input, *paths)
            in_store = passed("all are in the store", lambda: stored(run, size) >= many, meter.start)
            passed("all are done", is_done, meter.start)
            line = meter.finish(many * size) | long_tasks(page, since)
            return line | {
                "stored_s": in_store,
                "client_ms": round(line["cpu_s"] / many * 1000, 1),
                "server_ms": round((cpu_of(server) - before) / many * 1000, 1),
            }
    finally:
        run.close()
