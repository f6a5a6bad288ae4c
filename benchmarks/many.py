"""A hundred uploads that are completed in the same second: all ready, how long each takes beside one alone, and how soon others are answered."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import statistics
import threading
import time
from typing import Any

import httpx
from smartupload_testing.files import MIB

from benchmarks.stage import Stage

MANY = 100
SIZE = MIB
LIMIT = 2.0
ALONE = 7
EVERY = 0.05
OTHERS = ("/healthz", "/", "/api/uploads")


def run(stage: Stage) -> bool:
    """Whether all are ready and the limit is kept."""
    return asyncio.run(measure(stage.server.url))


async def measure(url: str) -> bool:
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=httpx.Limits(max_connections=MANY)) as client:
        await client.get("/api/client-settings")  # the owner's cookie
        body = os.urandom(SIZE)
        alone = [await ready(client, await sent(client, body)) for _ in range(ALONE)]
        one = statistics.median(alone)
        uploads = [await sent(client, body) for _ in range(MANY)]
        with Bystander(url, dict(client.cookies)) as quiet:
            await asyncio.sleep(3)
        with Bystander(url, dict(client.cookies)) as busy:
            began = time.monotonic()
            times = await asyncio.gather(*(ready(client, upload) for upload in uploads))
            took = time.monotonic() - began
    ratio = took / MANY / one
    print(f"one alone is ready after {one * 1000:.0f} ms (median of {ALONE})")
    print(f"{MANY} at once are all ready after {took:.2f} s, the median after {statistics.median(times):.2f} s")
    print(f"{took / MANY * 1000:.0f} ms an upload, {ratio:.2f} times one alone (at most {LIMIT})")
    for path in OTHERS:
        print(f"{path} meanwhile: at most {busy.slowest(path):.2f} s (at rest {quiet.slowest(path):.2f} s)")
    return ratio <= LIMIT


async def sent(client: httpx.AsyncClient, body: bytes) -> dict[str, Any]:
    """An upload whose bytes are in the store."""
    headers = {"Idempotency-Key": os.urandom(8).hex()}
    upload = (await client.post("/api/uploads", json={"name": "a.bin", "size": SIZE}, headers=headers)).json()
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    claims = {"parts": [{"number": 1, "size": SIZE, "sha256": digest}]}
    (part,) = (await client.post(f"/api/uploads/{upload['id']}/parts", json=claims)).json()["parts"]
    async with httpx.AsyncClient(timeout=60) as store:
        (await store.put(part["url"], content=body, headers=part["headers"])).raise_for_status()
    return upload


async def ready(client: httpx.AsyncClient, upload: dict[str, Any]) -> float:
    """Complete it; the seconds until it is ready."""
    began = time.monotonic()
    state = (await client.post(f"/api/uploads/{upload['id']}/complete")).raise_for_status().json()["state"]
    while state != "ready":
        assert state == "scanning", state
        await asyncio.sleep(0.25)
        state = (await client.get(f"/api/uploads/{upload['id']}")).raise_for_status().json()["state"]
    return time.monotonic() - began


class Bystander:
    """Somebody else, who asks again and again while the block runs."""

    def __init__(self, url: str, cookies: dict[str, str]) -> None:
        self.answers: dict[str, list[float]] = {path: [] for path in OTHERS}
        self._client = httpx.Client(base_url=url, timeout=60, cookies=cookies)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Bystander:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        self._client.close()

    def slowest(self, path: str) -> float:
        return max(self.answers[path])

    def _ask(self) -> None:
        while not self._done.is_set():
            for path, answers in self.answers.items():
                began = time.monotonic()
                self._client.get(path).raise_for_status()
                answers.append(time.monotonic() - began)
            self._done.wait(EVERY)
