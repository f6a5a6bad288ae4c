"""The stores that the contract is held against."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from moto.server import ThreadedMotoServer

from smartupload.adapters.memory import MemoryStore
from smartupload.adapters.s3.store import S3Store
from tests.fixtures_store import s3_store, seaweed, stack

__all__ = ["seaweed", "stack"]


@pytest.fixture(params=["memory", "memory that lists digests", "seaweedfs"])
def store(request: pytest.FixtureRequest) -> Any:
    """Each of them in turn."""
    if request.param == "seaweedfs":
        return request.getfixturevalue("seaweed")
    return MemoryStore(lists_digests="digests" in request.param)


@pytest.fixture(scope="session")
def moto() -> Generator[S3Store]:
    """A store of another kind."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    store = s3_store(f"http://{host}:{port}")
    store.make_bucket(["http://localhost:3000"])
    yield store
    store.close()
    server.stop()
