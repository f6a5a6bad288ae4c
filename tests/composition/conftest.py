"""Apps of other people that take uploads: each a program of its own, over the real store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from smartupload_testing.wait import wait_for

from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from tests.api.conftest import Engine
from tests.browser.server import free_port
from tests.fixtures_store import MIB, noise, seaweed, stack

__all__ = ["seaweed", "stack"]

ROOT = Path(__file__).resolve().parents[2]
SIZE = 20 * MIB + 7
"""Three parts."""

RXCONFIG = """
import reflex as rx
from reflex_smartupload import SmartuploadPlugin

config = rx.Config(app_name="own", plugins=[SmartuploadPlugin()], disable_plugins=[rx.plugins.SitemapPlugin],
                   telemetry_enabled=False, show_built_with_reflex=False)
"""


class Somebody(Engine, httpx.Client):
    """Somebody with a browser of their own, on the site of an app."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        super().__init__(base_url=url, headers=headers, timeout=30)

    def sees(self) -> list[str]:
        """The names of their files."""
        return [upload["name"] for upload in self.get("/api/uploads").json()["uploads"]]

    def sends_a_file(self, name: str = "film.mov") -> dict[str, Any]:
        """One of several parts, from its first byte to the download; what the server says of it then."""
        upload = self.uploads(name, SIZE)
        assert upload["part_count"] == 3
        wait_for(
            lambda: self.get(f"/api/uploads/{upload['id']}").json()["state"] == "ready", 30, "the file to be ready"
        )
        found = self.get(f"/api/uploads/{upload['id']}/download")
        assert httpx.get(found.headers["location"]).content == noise(SIZE)
        return self.get(f"/api/uploads/{upload['id']}").json()


class OwnApp:
    """An app as its team wrote it, served by uvicorn."""

    def __init__(self, folder: Path, source: str, settings: dict[str, str], extra: dict[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = folder / "log"
        (folder / "own").mkdir(parents=True)
        (folder / "own" / "__init__.py").touch()
        (folder / "own" / "own.py").write_text(source)
        (folder / "rxconfig.py").write_text(RXCONFIG)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SMARTUPLOAD_", "PYTEST_"))}
        path = os.pathsep.join([str(folder), str(ROOT), str(ROOT / "custom_components")])
        # Pages are built by Reflex's own command; what is tested here is the app behind them.
        self.environment = kept | {"PYTHONPATH": path, "__REFLEX_SKIP_COMPILE": "true", "REFLEX_ENV_MODE": "prod"}
        self.environment |= {f"SMARTUPLOAD_{name.upper()}": value for name, value in settings.items()}
        self.environment |= {"SMARTUPLOAD_PUBLIC_URL": self.url} | extra
        self._processes: list[subprocess.Popen[bytes]] = []
        self._people: list[Somebody] = []

    def start(self) -> None:
        command = ["uvicorn", "own.own:app", "--port", str(self.port), "--timeout-graceful-shutdown", "5"]
        if "rx.App" in (self.folder / "own" / "own.py").read_text():
            command.append("--factory")
        server = self.runs("-m", *command)

        def up() -> bool:
            assert server.poll() is None, self.log.read_text()
            try:
                return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
            except httpx.HTTPError:
                return False

        wait_for(up, 60, f"the app on {self.url}; see {self.log}", every=0.1)

    def runs(self, *command: str) -> subprocess.Popen[bytes]:
        """Python in its folder, with its settings."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )
        self._processes.append(process)
        return process

    def somebody(self, **headers: str) -> Somebody:
        """A visitor with a cookie jar of their own."""
        self._people.append(Somebody(self.url, headers))
        return self._people[-1]

    def stop(self) -> int:
        """SIGTERM; the exit code of what was started last."""
        process = self._processes[-1]
        process.terminate()
        return process.wait(30)

    def close(self) -> None:
        for person in self._people:
            person.close()
        for process in self._processes:
            process.kill()
            process.wait(20)


@pytest.fixture
def make_app(tmp_path: Path, stack: DevStack, seaweed: S3Store) -> Generator[Callable[..., OwnApp]]:
    """Apps from their source, running; settings are given by their short names, `extra` variables as they are."""
    made: list[OwnApp] = []

    def make(source: str, extra: dict[str, str] | None = None, start: bool = True, **settings: str) -> OwnApp:
        folder = tmp_path / f"app{len(made)}"
        given = {
            "data_dir": str(folder / "data"),
            "s3_endpoint_url": seaweed.endpoint_url,
            "s3_access_key_id": stack.identity.access_key_id,
            "s3_secret_access_key": stack.identity.secret_access_key,
            **settings,
        }
        made.append(OwnApp(folder, source, given, extra or {}))
        if start:
            made[-1].start()
        return made[-1]

    yield make
    for app in made:
        app.close()
