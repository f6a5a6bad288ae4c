"""From when to when a SmartUpload runs, what its signals and addresses are, and what it says to who holds it wrong."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from smartupload_testing.wait import wait_for
from sqlalchemy.exc import OperationalError

from smartupload import SmartUpload
from smartupload.adapters.s3.store import S3Store
from smartupload.api.addresses import is_ours
from smartupload.api.app import make_api
from smartupload.api.limits.connections import Connections
from smartupload.devstack import DevStack
from smartupload.errors import StoreUnavailable
from smartupload.settings import load
from smartupload.signals import at_the_signal


@pytest.fixture
def make(stack: DevStack, seaweed: S3Store) -> Callable[[Path], SmartUpload]:
    def make(folder: Path, bucket: str = "smartupload") -> SmartUpload:
        given = {
            "s3_bucket": bucket,
            "data_dir": str(folder),
            "s3_endpoint_url": seaweed.endpoint_url,
            "s3_access_key_id": stack.identity.access_key_id,
            "s3_secret_access_key": stack.identity.secret_access_key,
        }
        return SmartUpload(load({f"SMARTUPLOAD_{name.upper()}": value for name, value in given.items()}))

    return make


@pytest.fixture
def uploads(make: Callable[[Path], SmartUpload], tmp_path: Path) -> SmartUpload:
    return make(tmp_path)


def test_it_runs_as_often_as_it_is_started_and_once_at_a_time(uploads: SmartUpload) -> None:
    async def scene() -> None:
        transport = httpx.ASGITransport(uploads.api)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3000") as client:
            for _ in range(2):
                with pytest.raises(StoreUnavailable, match=r"lifespan=uploads\.lifespan"):
                    _ = uploads.context
                assert (await client.get("/api/uploads")).status_code == 503
                async with uploads.lifespan():
                    assert (await client.get("/readyz")).status_code == 200
                    with pytest.raises(RuntimeError, match="runs already"):
                        async with uploads.lifespan():
                            pass
                    assert (await client.get("/readyz")).status_code == 200
                    # Streams are open in each of its lives, and end with it.
                    streams = uploads.context.streams
                    assert streams is not None
                    subscription = streams.subscribe("anna")
                    assert not subscription.ended
                assert subscription.ended

    asyncio.run(scene())


def test_several_start_at_once(make: Callable[[Path], SmartUpload], tmp_path: Path) -> None:
    """In one loop, and in loops of their own."""

    async def starts(one: SmartUpload) -> list[Any]:
        async with one.lifespan():
            return one.context.db.drift()

    async def all_of(several: list[SmartUpload]) -> list[list[Any]]:
        return await asyncio.gather(*map(starts, several))

    made = [make(tmp_path / str(number)) for number in range(6)]
    assert asyncio.run(all_of(made[:3])) == [[]] * 3
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda one: asyncio.run(starts(one)), made[3:])) == [[]] * 3


def test_a_start_that_fails_can_be_tried_again(uploads: SmartUpload, tmp_path: Path) -> None:
    async def starts() -> None:
        async with uploads.lifespan():
            pass

    # In the place of the database there is something else.
    database = tmp_path / "smartupload.sqlite"
    database.mkdir()
    for _ in range(2):
        with pytest.raises(OperationalError, match="unable to open database file"):
            asyncio.run(starts())
    database.rmdir()
    asyncio.run(starts())


def test_an_app_that_is_none_of_reflex_is_told_how_to_mount_it(uploads: SmartUpload) -> None:
    with pytest.raises(TypeError, match=r"lifespan=uploads\.lifespan"):
        uploads.mount(FastAPI())  # pyright: ignore[reportArgumentType]


def test_streams_of_the_api_and_websockets_of_the_pages_count_together(uploads: SmartUpload) -> None:
    async def served(*_: Any) -> None: ...

    api, pages = uploads._limited(served), uploads._limited(served)
    assert isinstance(api, Connections)
    assert isinstance(pages, Connections)
    assert api.open is pages.open


def test_every_route_is_at_an_address_of_ours() -> None:
    described = set(make_api(lambda: None).openapi()["paths"])  # pyright: ignore[reportArgumentType]
    found = described | {"/f/{token}", "/api/openapi.json"}
    assert len(found) > 30
    assert [path for path in found if not is_ours(path)] == []
    assert is_ours("/drop/a1", has_drops=True)
    assert not any(is_ours(path) for path in ("/", "/f", "/drop/a1", "/files", "/apis", "/_event", "/api-docs"))


class TestSignals:
    @pytest.fixture
    def heard(self) -> Iterator[list[Any]]:
        """What the server's own handler hears."""
        found: list[Any] = []
        before = signal.signal(signal.SIGTERM, lambda *_: found.append("server"))
        yield found
        signal.signal(signal.SIGTERM, before)

    def test_ours_is_done_and_the_servers_too(self, heard: list[Any]) -> None:
        async def scene() -> None:
            done = asyncio.Event()
            with at_the_signal(done.set):
                os.kill(os.getpid(), signal.SIGTERM)
                await asyncio.wait_for(done.wait(), 5)

        server = signal.getsignal(signal.SIGTERM)
        asyncio.run(scene())
        assert heard == ["server"]
        assert signal.getsignal(signal.SIGTERM) is server

    def test_two_may_end_in_any_order(self, heard: list[Any]) -> None:
        async def scene() -> None:
            one, two = at_the_signal(lambda: heard.append("one")), at_the_signal(lambda: heard.append("two"))
            one.__enter__()
            two.__enter__()
            one.__exit__(None, None, None)
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0)  # the turn of the loop in which it is done
            await asyncio.sleep(0)
            two.__exit__(None, None, None)

        asyncio.run(scene())
        assert heard == ["server", "two"]


def test_a_store_that_is_away_at_the_start_holds_nothing_up_and_is_looked_at_when_it_is_back(
    make: Callable[..., SmartUpload], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartupload.runtime.LOOK_PATIENCE", 0.2)
    monkeypatch.setattr("smartupload.runtime.LOOK_SECONDS", (0.1, 0.1, 0.1))
    away, looked = threading.Event(), S3Store.look_at_bucket
    away.set()

    def look(store: S3Store, *given: Any) -> None:
        if away.is_set():
            raise StoreUnavailable
        looked(store, *given)

    monkeypatch.setattr(S3Store, "look_at_bucket", look)
    uploads = make(tmp_path, bucket="away-at-first")

    async def scene() -> None:
        transport = httpx.ASGITransport(uploads.api)
        async with (
            uploads.lifespan(),
            httpx.AsyncClient(transport=transport, base_url="http://localhost:3000") as client,
        ):
            assert (await client.get("/healthz")).status_code == 200
            with pytest.raises(StoreUnavailable):
                await asyncio.to_thread(uploads.context.store.ping)
            away.clear()
            await asyncio.to_thread(wait_for, lambda: not is_away(uploads), 20, "the bucket to be there", 0.05)

    asyncio.run(scene())


def is_away(uploads: SmartUpload) -> bool:
    try:
        uploads.context.store.ping()
    except StoreUnavailable:
        return True
    return False
