"""A store of one's own with an empty account: after the start its bucket is there, and a browser sends to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from smartupload_testing.files import MIB, Original

from smartupload.adapters.s3.bucket import cors, lifecycle
from smartupload.devstack import DevStack
from tests.browser.conftest import Servers
from tests.browser.person import Person
from tests.browser.server import Server
from tests.fixtures_store import stack

__all__ = ["stack"]

BUCKET = "never-seen-before"


class Named(Server):
    """A server whose settings name a store; the one of the fixture stands for it."""

    named: DevStack

    @property
    def store(self) -> psutil.Process:
        return psutil.Process(self.named.pid)

    def store_address(self) -> tuple[str, int]:
        return "127.0.0.1", self.named.identity.ports["s3.port"]

    def store_identity(self) -> dict[str, Any]:
        return vars(self.named.identity)


@pytest.fixture
def server(servers: Servers, stack: DevStack, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    servers.close()  # it has the port for which the pages are built
    settings = {
        "S3_ENDPOINT_URL": stack.endpoint_url,
        "S3_ACCESS_KEY_ID": stack.identity.access_key_id,
        "S3_SECRET_ACCESS_KEY": stack.identity.secret_access_key,
        "S3_BUCKET": BUCKET,
    }
    one = Named(servers.build, tmp_path / "data", settings)
    one.named = stack
    request.node.server_of_test = one
    one.start()
    yield one
    one.close()


def test_a_store_with_an_empty_account(server: Server, person: Person, original: Callable[..., Original]) -> None:
    file = original(20 * MIB + 77)
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
    store = server.s3()
    page_rules = store.get_bucket_cors(Bucket=BUCKET)["CORSRules"]
    assert cors.lacking(page_rules, server.url, [*cors.SENT, "x-amz-server-side-encryption"]) == ""
    life_rules = store.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    assert lifecycle.missing(life_rules, 37) == []
    ready = httpx.get(f"{server.url}/readyz").json()
    assert (ready["status"], ready["notes"]) == ("ok", [])
