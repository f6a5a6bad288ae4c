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
from tests.browser.conftest import Servers
from tests.browser.person import Person
from tests.browser.server import Server
from tests.contract.ceph import Ceph
from tests.contract.conftest import ceph
from tests.fixtures_store import stack

__all__ = ["ceph", "stack"]

BUCKET = "never-seen-before"
SAID = {
    "stack": [],
    "ceph": [
        "The store takes other bytes than the signed ones: whoever gets hold of an address can write what they like, and damage is not found."
    ],
}


class Named(Server):
    """A server whose settings name a store; the one of the fixture stands for it."""

    named: Ceph

    @property
    def store(self) -> psutil.Process:
        return psutil.Process(self.named.pid)

    def store_address(self) -> tuple[str, int]:
        return "127.0.0.1", self.named.port

    def store_identity(self) -> dict[str, Any]:
        return vars(self.named)


@pytest.fixture(params=[pytest.param(one, marks=pytest.mark.long) for one in ("stack", "ceph")])
def own(request: pytest.FixtureRequest) -> Ceph:
    """Each of them in turn, with an empty account."""
    there = request.getfixturevalue(request.param)
    if request.param == "ceph":
        return there
    assert there.pid is not None
    keys = there.identity
    return Ceph(keys.ports["s3.port"], there.pid, keys.access_key_id, keys.secret_access_key)


@pytest.fixture
def server(servers: Servers, own: Ceph, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    servers.close()  # it has the port for which the pages are built
    settings = {
        "S3_ENDPOINT_URL": own.endpoint_url,
        "S3_ACCESS_KEY_ID": own.access_key_id,
        "S3_SECRET_ACCESS_KEY": own.secret_access_key,
        "S3_BUCKET": BUCKET,
    }
    one = Named(servers.build, tmp_path / "data", settings)
    one.named = own
    request.node.server_of_test = one
    one.start()
    yield one
    one.close()


def test_a_store_with_an_empty_account(
    server: Server, person: Person, original: Callable[..., Original], request: pytest.FixtureRequest
) -> None:
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
    assert (ready["status"], ready["notes"]) == ("ok", SAID[request.node.callspec.params["own"]])
