"""What the real start does while it is not up yet, and what two of one checkout do to each other."""

from __future__ import annotations

import contextlib
import signal
from pathlib import Path

import httpx
import psutil
import pytest
from smartupload_testing.wait import wait_for

from tests.browser.server import BUILD_SECONDS, Build, Server, free_port


class SameBuild(Build):
    """The same folder for building, and another port where one is given."""

    def __init__(self, like: Server, port: int = 0) -> None:
        self.web = like.web
        self.port = port or like.port


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_told_to_stop_while_the_store_starts(server: Server, number: signal.Signals) -> None:
    server.stop()
    assert server.process
    assert server.process.returncode == 0, "one that was up ends in order"
    said = len(server.log.read_bytes())
    server.start(wait=False)
    process = server.process
    assert process
    running = psutil.Process(process.pid)

    def stores() -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            return running.children()
        return []

    wait_for(stores, 60, "the store's process", every=0.02)
    begun = stores()
    process.send_signal(number)
    assert process.wait(60) == 128 + number
    lines = server.log.read_bytes()[said:].decode().splitlines()
    assert lines[-1] == "smartupload: stopped before it was up."
    assert not any("Traceback" in line or "running at" in line for line in lines), lines
    wait_for(lambda: not any(one.is_running() for one in begun), 20, "the store to end")
    server.start()


@pytest.mark.long
def test_two_addresses_from_one_checkout(server: Server, tmp_path: Path) -> None:
    """A start with another port builds pages of its own, and the site that runs keeps its own all the while."""
    page = httpx.get(f"{server.url}/").text
    other = Server(SameBuild(server, free_port()), tmp_path / "data")
    try:
        other.start(wait=False)

        def up() -> bool:
            assert other.process
            assert other.process.poll() is None, other.tail()
            there = httpx.get(f"{server.url}/")
            assert (there.status_code, there.text) == (200, page), "while the other one builds"
            with contextlib.suppress(httpx.HTTPError):
                return httpx.get(f"{other.url}/readyz", timeout=5).status_code == 200
            return False

        wait_for(up, BUILD_SECONDS, "the other one", every=0.2)
        assert httpx.get(f"{other.url}/").status_code == 200
        assert httpx.get(f"{server.url}/").text == page
        for one in (server, other):
            assert httpx.get(f"{one.url}/api/client-settings").status_code == 200
    finally:
        other.close()


@pytest.mark.long
def test_a_database_that_cannot_be_opened(server: Server, tmp_path: Path) -> None:
    server.stop()
    broken = Server(SameBuild(server), tmp_path / "data", {"DATABASE_URL": f"sqlite:///{tmp_path}"})
    try:
        broken.start(wait=False)
        assert broken.process
        assert broken.process.wait(100) == 1
        said = broken.log.read_text()
        assert "the database cannot be used" in said
        assert "unable to open database file" in said
        assert "Traceback" not in said
        assert "Exiting" not in said
    finally:
        broken.close()
        server.start()
