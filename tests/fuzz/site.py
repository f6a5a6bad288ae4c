"""A running app with a store, a database and a port of its own, for as long as a block lasts."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import httpx
from smartupload_testing.wait import wait_for

from tests.browser.server import free_port

ROOT = Path(__file__).resolve().parents[2]
ADMIN = "an-operator-of-the-fuzzed-site"
"""The token of its operator."""
SETTINGS = {"RATES": "off", "OPEN_UPLOADS": "1000000", "ADMIN_TOKEN": ADMIN}
"""What is counted would be refused soon, and a refusal tries nothing."""


@contextlib.contextmanager
def running(folder: Path) -> Generator[str]:
    """Its address. The log of it is `folder/log`."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SMARTUPLOAD_", "PYTEST_"))}
    given = {**SETTINGS, "DATA_DIR": str(folder / "data"), "PUBLIC_URL": url, "PORT": str(port)}
    environment = kept | {f"SMARTUPLOAD_{name}": value for name, value in given.items()}
    path = (str(ROOT), str(ROOT / "custom_components"), str(ROOT / "testing"))
    command = [sys.executable, "-m", "uvicorn", "--factory", "tests.fuzz.served:make", "--port", str(port)]
    options = ["--no-access-log", "--timeout-graceful-shutdown", "5"]
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=environment | {"PYTHONPATH": os.pathsep.join(path)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(lambda: _is_up(server, url, folder / "log"), 60, f"the app on {url}", every=0.1)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(20)


def _is_up(server: subprocess.Popen[bytes], url: str, log: Path) -> bool:
    assert server.poll() is None, log.read_text()
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def faults(folder: Path) -> list[str]:
    """What the app has logged as a fault of its own."""
    lines = (folder / "log").read_text(errors="replace").splitlines()
    return [line for line in lines if "[error" in line or "Traceback" in line]
