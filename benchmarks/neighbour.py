"""What a person has left of the server beside a neighbour who asks for too much (`benchmarks/crowd.py`): throughput of an upload, and the time of pages, as ratios to the same alone.

The upload goes over a line, as uploads do: on one machine without one it would be measured who gets the processor, and not what the server does.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
from smartupload_testing.files import MIB, make_file

from smartupload.client import SmartUploadClient
from smartupload.settings import load
from tests.browser.server import ROOT, Build, Server

PACE = 8 * MIB
"""Bytes a second of the line to the store."""
SIZE = int(os.environ.get("MIB", "192")) * MIB
SECONDS = 60.0
THROUGHPUT = 0.8
SLOWER = 2.0
PAGES = ("/", "/files/", "/api/uploads", "/healthz")
BETWEEN = 0.25


def run() -> bool:
    """Prints figures; whether the limits are kept."""
    build = Build()
    try:
        with tempfile.TemporaryDirectory(prefix="smartupload-bench-") as name:
            folder = Path(name)
            with closing(Server(build, folder / "data")) as server:
                server.start()
                server.line.shape(PACE)
                warm = upload(server, folder, MIB, 0)
                alone = measured(server, folder, 1)
                before, cpu = rows(server), spent(server)
                with neighbour(server) as answers:
                    beside = measured(server, folder, 2)
                    cpu = spent(server) - cpu
                grown = rows(server) - before - 1
                print(
                    f"the first byte counts for {warm:.1f} s; the server used {cpu:.0f} s of a processor beside the neighbour"
                )
                return told(alone, beside, grown, server, answers)
    finally:
        build.release()


def told(
    alone: dict[str, float], beside: dict[str, float], grown: int, server: Server, answers: dict[str, int]
) -> bool:
    most = load({"SMARTUPLOAD_DATA_DIR": str(server.data)}).open_uploads
    print(f"the neighbour was answered: {json.dumps(answers)}")
    print(f"rows of uploads: {grown} more (at most {most})")
    kept = grown <= most
    ratio = alone["upload"] / beside["upload"]
    print(
        f"upload of {SIZE // MIB} MiB: {alone['upload']:.2f} s alone, {beside['upload']:.2f} s beside: {ratio:.2f} of the throughput (at least {THROUGHPUT})"
    )
    kept = kept and ratio >= THROUGHPUT
    for page in PAGES:
        slower = beside[page] / alone[page]
        print(
            f"{page}: median {alone[page] * 1000:.1f} ms alone, {beside[page] * 1000:.1f} ms beside: {slower:.2f} times (at most {SLOWER})"
        )
        kept = kept and slower <= SLOWER
    return kept


@contextmanager
def neighbour(server: Server) -> Generator[dict[str, int]]:
    """There for as long as the block lasts at least; what it was answered is known afterwards."""
    answers: dict[str, int] = {}
    command = [sys.executable, "-m", "benchmarks.crowd", str(server.port), str(SECONDS)]
    crowd = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert crowd.stdout is not None
    try:
        assert crowd.stdout.readline() == "ready\n", "the neighbour has not begun"
        yield answers
        out, _ = crowd.communicate(timeout=SECONDS + 30)
        answers |= json.loads(out)
    finally:
        crowd.kill()
        crowd.wait()


def measured(server: Server, folder: Path, number: int) -> dict[str, float]:
    """Seconds of the upload, and of each page while it goes on."""
    took: dict[str, list[float]] = {page: [] for page in PAGES}
    done = threading.Event()

    def looks() -> None:
        with httpx.Client(base_url=server.url, timeout=60) as client:
            client.get("/api/client-settings")
            while not done.is_set():
                for page in PAGES:
                    began = time.monotonic()
                    client.get(page).raise_for_status()
                    took[page].append(time.monotonic() - began)
                done.wait(BETWEEN)

    looking = threading.Thread(target=looks)
    looking.start()
    try:
        seconds = upload(server, folder, SIZE, number)
    finally:
        done.set()
        looking.join()
    return {"upload": seconds} | {page: statistics.median(found) for page, found in took.items()}


def upload(server: Server, folder: Path, size: int, number: int) -> float:
    """Until its last byte is confirmed and the file is ready."""
    file = make_file(folder / f"{number}.bin", size, seed=number)
    with SmartUploadClient(server.url, state_dir=folder / "state") as client:
        began = time.monotonic()
        client.upload(file.path)
        return time.monotonic() - began


def rows(server: Server) -> int:
    path = load({"SMARTUPLOAD_DATA_DIR": str(server.data)}).database.partition("///")[2]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
        return database.execute("SELECT count(*) FROM upload").fetchone()[0]


def spent(server: Server) -> float:
    """Seconds of a processor that the server's process has used."""
    assert server.process is not None
    times: Any = psutil.Process(server.process.pid).cpu_times()
    return times.user + times.system
