"""A small program that takes uploads, with a store of its own, and a disk that is as small as a test wants it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from smartupload_testing.wait import wait_for

from tests.browser.server import free_port

ROOT = Path(__file__).resolve().parents[2]
PATHS = os.pathsep.join([str(ROOT), str(ROOT / "custom_components"), str(ROOT / "testing")])

APP = """
import uvicorn, os
from starlette.applications import Starlette
from starlette.routing import Mount
from smartupload import SmartUpload, logs

logs.configure("console")
uploads = SmartUpload()
app = Starlette(routes=[Mount("/", uploads.api)], lifespan=uploads.lifespan)
if __name__ == "__main__":
    uvicorn.run(app, port=int(os.environ["SMARTUPLOAD_PORT"]), log_config=None, access_log=False, timeout_graceful_shutdown=2)
"""


def clean_environment() -> dict[str, str]:
    """Ours, without what is for this app, and without what tells Reflex that a test runs: it looks at less then."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SMARTUPLOAD_", "PYTEST_"))}
    return kept | {"PYTHONPATH": PATHS}


class Program:
    """The app over its embedded store, in a process of its own, with no pages."""

    def __init__(self, folder: Path, extra: Mapping[str, str], **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = folder / "program.log"
        given = {"PORT": str(self.port), **{name.upper(): value for name, value in settings.items()}}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", APP],
                cwd=folder,
                env={**clean_environment(), **{f"SMARTUPLOAD_{name}": value for name, value in given.items()}, **extra},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_up(self) -> None:
        def up() -> bool:
            assert self.process.poll() is None, self.said()
            with contextlib.suppress(httpx.HTTPError):
                return self.ready()[0] == 200
            return False

        wait_for(up, 100, f"the app; its log:\n{self.said()}", every=0.1)

    def ready(self) -> tuple[int, dict[str, Any]]:
        """What it says of itself."""
        answer = httpx.get(f"{self.url}/readyz", timeout=10, trust_env=False)
        return answer.status_code, answer.json()

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)


@pytest.fixture
def small_disk(request: pytest.FixtureRequest) -> Generator[Path]:
    """A disk in memory, of 200 MiB or of the parameter's; skipped where nothing may be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    mib = getattr(request, "param", 200)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0700", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        folder.rmdir()
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def fill(disk: Path) -> Path:
    """Take all that is free; the file to delete."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as out, contextlib.suppress(OSError):
        while True:
            out.write(bytes(1 << 16) if shutil.disk_usage(disk).free >= 1 << 16 else b"x")
    return ballast
