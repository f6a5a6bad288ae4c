"""The stores that the contract is held against."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Generator
from typing import Any

import pytest
from moto.server import ThreadedMotoServer

from smartupload.adapters.memory import MemoryStore
from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from tests.contract.ceph import Ceph, running
from tests.fixtures_store import s3_store, seaweed, stack

__all__ = ["seaweed", "stack"]

STORES = ("memory", "memory that lists digests", "seaweedfs", "seaweedfs by host")
#: For a test that holds where a store looks at no digest, too.
ANYWHERE = pytest.mark.parametrize("store", [*STORES, "ceph"], indirect=True)


@pytest.fixture(scope="session")
def by_host(stack: DevStack) -> Generator[S3Store]:
    """The same one, with the bucket in the name of the host."""
    look_up = socket.getaddrinfo

    def near(host: Any, *given: Any, **more: Any) -> Any:
        """What browsers do by themselves: names below localhost are this machine (RFC 6761)."""
        name = host.decode() if isinstance(host, bytes) else host
        is_near = isinstance(name, str) and name.endswith(".localhost")
        return look_up("127.0.0.1" if is_near else host, *given, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", near)
        store = s3_store(
            stack.endpoint_url.replace("127.0.0.1", "localhost"),
            access_key_id=stack.identity.access_key_id,
            secret_access_key=stack.identity.secret_access_key,
            addressing="host",
            encryption="AES256",
            single_put=True,
        )
        yield store
        store.close()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Any:
    """Each of them in turn."""
    if request.param.startswith("seaweedfs"):
        return request.getfixturevalue("by_host" if "host" in request.param else "seaweed")
    if request.param == "ceph":
        return request.getfixturevalue("over_ceph")
    return MemoryStore(lists_digests="digests" in request.param)


@pytest.fixture(scope="session")
def ceph() -> Generator[Ceph]:
    """A real Ceph with an empty account; skipped where it cannot be had."""
    with contextlib.ExitStack() as around:
        try:
            yield around.enter_context(running())
        except SystemExit as missing:
            pytest.skip(str(missing))


@pytest.fixture(scope="session")
def over_ceph(ceph: Ceph) -> Generator[S3Store]:
    """The port over it, as a start leaves it."""
    keys = {"access_key_id": ceph.access_key_id, "secret_access_key": ceph.secret_access_key}
    store = s3_store(ceph.endpoint_url, encryption="AES256", **keys)
    store.look_at_bucket(["http://localhost:3000"], 37, 7)
    yield store
    store.close()


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
