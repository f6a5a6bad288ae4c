"""A store that browsers reach by two host names: parts use both, and one of them that cannot be reached holds up none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import Person
from tests.browser.server import Server

FIRST = "http://127.0.0.1:{line}"


def hosts_of(server: Server) -> Counter[str]:
    """Parts that the store has taken, by the name at which they came."""
    return Counter(put.host.split(":")[0] for put in server.line.puts if put.status == 200)


@pytest.mark.settings(S3_PUBLIC_ENDPOINT_URL=f"{FIRST}, http://localhost:{{line}}")
def test_parts_go_to_both_hosts(server: Server, person: Person, original: Callable[..., Original]) -> None:
    file = original(90 * MIB)
    server.line.shape(12 * MIB)
    page = person.open()
    person.pick(page, file)

    def both_full() -> bool:
        flying = Counter(put.host for put in server.line.in_flight() if put.received)
        assert max(flying.values(), default=0) <= 6, f"more than a browser opens connections to one host: {flying}"
        return sum(flying.values()) > 6

    wait_for(both_full, 60, "more parts on the line than one host takes", every=0.02)
    person.finished(page, file)
    assert server.line.received == file.size, "parts went twice"
    assert min(hosts_of(server)["127.0.0.1"], hosts_of(server)["localhost"]) >= 4


@pytest.mark.settings(S3_PUBLIC_ENDPOINT_URL=f"{FIRST} http://nowhere.invalid")
def test_a_second_host_that_is_not_there(server: Server, person: Person, original: Callable[..., Original]) -> None:
    file = original(60 * MIB)
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
    assert server.line.received == file.size, "parts went twice"
    assert set(hosts_of(server)) == {"127.0.0.1"}
