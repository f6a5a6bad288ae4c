"""A thousand small files at once: what each costs the server's Python, and how soon all are in the store and ready, beside one call per file."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psutil

from benchmarks.database import ready
from tests.browser.server import Build, Server
from tests.fixtures_store import noise, sha256

MANY = int(os.environ.get("MANY", "1000"))
SIZE = 64 * 1024
BATCH = 100
LINES = 6
"""Requests at a time, as a browser has connections."""
LIMIT = 3.0
"""ms of Python a file."""


class Figures(NamedTuple):
    """ms of the server's Python a file; seconds until all bytes are in the store, and until all files are ready."""

    python: float
    sent: float
    ready: float


def run() -> bool:
    """Whether the limit is kept."""
    with tempfile.TemporaryDirectory(prefix="smartupload-bench-") as folder:
        build = Build()
        server = Server(build, Path(folder) / "data", {"S3_PUBLIC_ENDPOINT_URL": ""})
        try:
            server.start()
            measured(server, one_by_one, 2 * LINES)  # what a first request loads does not count
            measured(server, in_batches, 2 * LINES)
            alone = told("one call per file", measured(server, one_by_one, MANY))
            together = told("batch calls", measured(server, in_batches, MANY))
        finally:
            server.close()
            build.release()
    ratios = ", ".join(
        f"{name} {after / before:.2f}" for name, before, after in zip(Figures._fields, alone, together, strict=True)
    )
    print(f"batch calls beside one call per file: {ratios}")
    print(f"{together.python:.1f} ms of Python a file (at most {LIMIT})")
    return together.python <= LIMIT


def told(title: str, figures: Figures) -> Figures:
    print(
        f"{title}: {figures.python:.1f} ms of Python a file, {MANY} files are in the store after {figures.sent:.2f} s, "
        f"all ready after {figures.ready:.2f} s"
    )
    return figures


def measured(server: Server, way: Callable[[httpx.Client, Sequence[bytes]], None], many: int) -> Figures:
    assert server.process is not None
    python = psutil.Process(server.process.pid)
    bodies = [noise(SIZE, seed) for seed in range(many)]
    with httpx.Client(base_url=server.url, timeout=120, limits=httpx.Limits(max_connections=LINES)) as client:
        client.get("/api/client-settings")  # the owner's cookie
        before, began = ready(server.data), time.monotonic()
        cpu = spent(python)
        way(client, bodies)
        sent = time.monotonic() - began
        rest = threading.Event()
        while ready(server.data) < before + many:
            rest.wait(0.02)
        took = time.monotonic() - began
        rest.wait(0.5)  # what is cleared up afterwards belongs to it
        return Figures((spent(python) - cpu) / many * 1000, sent, took)


def spent(process: psutil.Process) -> float:
    """Seconds; the store is a process of its own."""
    times = process.cpu_times()
    return times.user + times.system


def new_file(number: int) -> dict[str, Any]:
    return {"name": f"{number}.bin", "size": SIZE, "type": "application/octet-stream"}


def part(body: bytes) -> dict[str, Any]:
    return {"number": 1, "size": len(body), "sha256": sha256(body)}


def put(store: httpx.Client, signed: dict[str, Any], body: bytes) -> None:
    (one,) = signed["parts"]
    store.put(one["url"], content=body, headers=one["headers"]).raise_for_status()


def one_by_one(client: httpx.Client, bodies: Sequence[bytes]) -> None:
    with httpx.Client(timeout=120) as store, ThreadPoolExecutor(LINES) as pool:

        def send(number: int) -> None:
            headers = {"Idempotency-Key": os.urandom(16).hex()}
            upload = client.post("/api/uploads", json=new_file(number), headers=headers).raise_for_status().json()
            claims = {"parts": [part(bodies[number])], "version": "v", "epoch": 1}
            signed = client.post(f"/api/uploads/{upload['id']}/parts", json=claims).raise_for_status().json()
            put(store, signed, bodies[number])
            client.post(f"/api/uploads/{upload['id']}/complete").raise_for_status()

        list(pool.map(send, range(len(bodies))))


def in_batches(client: httpx.Client, bodies: Sequence[bytes]) -> None:
    def asked(verb: str, **body: Any) -> list[Any]:
        return client.post(f"/api/batch/{verb}", json=body).raise_for_status().json()["results"]

    with httpx.Client(timeout=120) as store, ThreadPoolExecutor(LINES) as pool:
        for at in range(0, len(bodies), BATCH):
            some = bodies[at : at + BATCH]
            files = [{"key": os.urandom(16).hex(), **new_file(at + number)} for number in range(len(some))]
            ids = [one["upload"]["id"] for one in asked("create", files=files)]
            claims = [
                {"id": upload_id, "parts": [part(body)], "version": "v", "epoch": 1}
                for upload_id, body in zip(ids, some, strict=True)
            ]
            signed = [one["signed"] for one in asked("sign", uploads=claims)]
            done(pool.map(lambda one: put(store, *one), zip(signed, some, strict=True)))
            assert all("upload" in one for one in asked("complete", ids=ids))


def done(results: Iterable[None]) -> None:
    for _ in results:
        pass
