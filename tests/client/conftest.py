"""The client beside the real app, over HTTP, and the real store, behind a line that can be slowed down, cut and damaged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from smartupload_testing.files import Original
from smartupload_testing.wait import wait_for

from smartupload.adapters.s3.store import S3Store
from smartupload.client import SmartUploadClient
from smartupload.devstack import DevStack
from tests.api.conftest import Site, make_site
from tests.browser.line import Line
from tests.browser.server import free_port
from tests.fixtures_store import seaweed, stack

__all__ = ["make_site", "seaweed", "stack"]

ROOT = Path(__file__).resolve().parents[2]


class App:
    """The app of a site on a port of its own, in a thread; it can be stopped and started again."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        config = uvicorn.Config(
            self.site.app, port=self.port, log_config=None, lifespan="off", timeout_graceful_shutdown=1
        )
        server = self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=server.run)
        self._thread.start()
        wait_for(lambda: server.started, 30, "uvicorn to listen")

    def stop(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(60)
        self._server = None


@pytest.fixture
def line(stack: DevStack, seaweed: S3Store) -> Generator[Line]:
    """Between clients and the store."""
    host, _, port = seaweed.endpoint_url.rpartition("//")[2].partition(":")
    line = Line(lambda: (host, int(port)))
    yield line
    line.close()


@pytest.fixture
def store(stack: DevStack, seaweed: S3Store, line: Line) -> Generator[S3Store]:
    """The store as the app has it: clients reach it over the line."""
    store = S3Store(
        endpoint_url=seaweed.endpoint_url,
        public_endpoint_urls=[f"http://127.0.0.1:{line.port}"],
        bucket=seaweed.bucket,
        region="us-east-1",
        access_key_id=stack.identity.access_key_id,
        secret_access_key=stack.identity.secret_access_key,
        encryption="AES256",
        single_put=True,
    )
    yield store
    store.close()


@pytest.fixture
def make_app(make_site: Callable[..., Site], store: S3Store) -> Generator[Callable[..., App]]:
    """Running apps; settings are given by their short names."""
    made: list[App] = []

    def make(**settings: str) -> App:
        app = App(make_site(store, **settings))
        made.append(app)
        app.start()
        return app

    yield make
    for app in made:
        app.stop()


@pytest.fixture
def app(make_app: Callable[..., App]) -> App:
    """One with nothing set."""
    return make_app()


@pytest.fixture
def make_client(tmp_path: Path) -> Generator[Callable[..., SmartUploadClient]]:
    """Clients with one state directory."""
    made: list[SmartUploadClient] = []

    def make(url: str, **more: Any) -> SmartUploadClient:
        given: dict[str, Any] = {"state_dir": tmp_path / "state", **more}
        made.append(SmartUploadClient(url, **given))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(app: App, make_client: Callable[..., SmartUploadClient]) -> SmartUploadClient:
    """One of the app's, with two parts on the line at most."""
    return make_client(app.url, parallel=2)


def hears_ctrl_c() -> None:
    """Also where whoever runs the tests ignores it, as a shell has its background jobs do."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Command:
    """`smartupload put`, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("SMARTUPLOAD_", "PYTEST_"))
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "smartupload", "put", "--state-dir", str(self._folder / "state"), *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hears_ctrl_c,
        )
        self._processes.append(process)
        return process

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """The exit code, and what it printed."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.communicate()


@pytest.fixture
def command(tmp_path: Path) -> Generator[Command]:
    """Its processes end with the test."""
    command = Command(tmp_path)
    yield command
    command.close()


def is_whole(client: SmartUploadClient, link: str, original: Original) -> None:
    """What the link gives is the file."""
    path = original.path.with_name("back.bin")
    assert client.download(link, path).sha256 == original.sha256
    path.unlink()


def uploads_of(app: App, client: SmartUploadClient) -> list[dict[str, Any]]:
    """All uploads of this client's owner."""
    with app.site.browser(cookie=client._site.api._owner.cookie) as browser:
        return browser.get("/api/uploads").json()["uploads"]
