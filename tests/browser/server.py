"""The real server with its embedded store, started as `make run` does it, on a port and a data folder of a test's own."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import httpx
import psutil
from botocore.config import Config
from smartupload_testing.wait import outage, wait_for

from tests.browser.line import Line

ROOT = Path(__file__).resolve().parents[2]
BUILDS = ROOT / "build" / "test-web"
START_SECONDS = 60
# The first start builds the pages.
BUILD_SECONDS = 300


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Build:
    """A folder in which the pages are built, kept between sessions, and used by one session at a time.

    The address is baked into the pages, so the port is remembered with them and taken again while it is free.
    """

    def __init__(self, parent: Path = BUILDS) -> None:
        for number in itertools.count(1):
            self.folder = parent / str(number)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("w")
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            self._lock.close()
        self.web = self.folder / "web"
        self.port = self._steady_port()

    def _steady_port(self) -> int:
        memory = self.folder / "port"
        with contextlib.suppress(FileNotFoundError, ValueError):
            port = int(memory.read_text())
            if is_free(port):
                return port
        port = free_port()
        memory.write_text(str(port))
        return port

    def release(self) -> None:
        self._lock.close()


class Server:
    """One server: `start`, `kill` (SIGKILL), `stop` (SIGTERM). Its browsers reach the store over `line`."""

    python: str = sys.executable
    command: tuple[str, ...] = ("smartupload", "run")
    folder: Path = ROOT

    def __init__(self, build: Build, data: Path, settings: dict[str, str] | None = None) -> None:
        self.port = port = build.port
        self.web = build.web
        self.data = data
        self.settings = settings or {}
        self.url = f"http://localhost:{port}"
        self.log = data.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None
        self._store: psutil.Process | None = None
        self.line = Line(self.store_address)

    def start(self, wait: bool = True) -> None:
        # Reflex looks at less where it is told that a test runs.
        others = ("SMARTUPLOAD_", "PYTEST_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        wanted = {
            "PORT": str(self.port),
            "DATA_DIR": str(self.data),
            "S3_PUBLIC_ENDPOINT_URL": "http://127.0.0.1:{line}",
            # A page on which people go on working.
            "EXAMPLES": "on",
            **self.settings,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.python, "-m", *self.command],
                cwd=self.folder,
                env={
                    **inherited,
                    "REFLEX_WEB_WORKDIR": str(self.web),
                    "PATH": f"{Path(self.python).parent}{os.pathsep}{os.environ['PATH']}",
                    **{f"SMARTUPLOAD_{name}": self.with_line(value) for name, value in wanted.items()},
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if wait:
            self.wait_until_up(BUILD_SECONDS)

    def with_line(self, value: str) -> str:
        """A setting in which `{line}` stands for the port of the line."""
        return value.replace("{line}", str(self.line.port))

    def wait_until_up(self, seconds: float = START_SECONDS) -> None:
        def up() -> bool:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.tail()}")
            try:
                answer = httpx.get(f"{self.url}/api/client-settings", timeout=5)
                return answer.status_code == 200 and self.store is not None
            except httpx.HTTPError:
                return False

        wait_for(up, seconds, f"the server on {self.url}; its log ends with:\n{self.tail()}", every=0.1)

    def kill(self) -> None:
        """SIGKILL for the server's process alone; what becomes of its store is the server's business."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> None:
        """SIGTERM, and SIGKILL for whatever is still there after a while."""
        if self.process is None:
            return
        family = self._family()
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self._end(family)

    def _family(self) -> list[psutil.Process]:
        assert self.process is not None
        with contextlib.suppress(psutil.NoSuchProcess):
            root = psutil.Process(self.process.pid)
            return [root, *root.children(recursive=True)]
        return []

    def _end(self, family: list[psutil.Process]) -> None:
        assert self.process is not None
        strays = [process for process in psutil.process_iter(["cmdline"]) if self._is_our_store(process)]
        for process in [*family, *strays]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(20)

    def close(self) -> None:
        self.stop()
        self.line.close()

    # The store.

    def _is_our_store(self, process: psutil.Process) -> bool:
        try:
            command = process.cmdline()
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            return False
        return bool(command) and Path(command[0]).name == "weed" and any(str(self.data) in part for part in command)

    @property
    def store(self) -> psutil.Process | None:
        """The process of the embedded store."""
        if self._store is None or not self._store.is_running() or not self._is_our_store(self._store):
            self._store = next((process for process in psutil.process_iter() if self._is_our_store(process)), None)
        return self._store

    def store_address(self) -> tuple[str, int]:
        """Where the store listens now. Raises ConnectionError while there is none."""
        with contextlib.suppress(FileNotFoundError, KeyError, ValueError):
            return "127.0.0.1", self.store_identity()["ports"]["s3.port"]
        raise ConnectionError("no store is running")

    def store_identity(self) -> dict[str, Any]:
        """What the server remembers of its store: ports and keys."""
        return json.loads((self.data / "store.json").read_text())

    def s3(self) -> Any:
        """A client of the store, past the line."""
        identity = self.store_identity()
        host, port = self.store_address()
        return boto3.client(
            "s3",
            endpoint_url=f"http://{host}:{port}",
            region_name="us-east-1",
            aws_access_key_id=identity["access_key_id"],
            aws_secret_access_key=identity["secret_access_key"],
            config=Config(s3={"addressing_style": "path"}, request_checksum_calculation="when_required"),
        )

    def freeze_store(self) -> psutil.Process:
        """SIGSTOP; resume the process that is given back."""
        store = self.store
        assert store is not None, "no store is running"
        store.send_signal(signal.SIGSTOP)
        return store

    def kill_store(self) -> None:
        """SIGKILL, and wait until it is gone; what comes next is the app's business."""
        store = self.store
        assert store is not None, "no store is running"
        store.kill()
        wait_for(lambda: not self._is_our_store(store), 10, "the killed store to be gone")

    def wait_for_store(self) -> None:
        """Wait until the app has started its store again."""
        wait_for(lambda: self.store is not None, 30, "the app to start its store again")

    # What a client sees.

    def get(self, path: str, cookies: dict[str, str] | None = None) -> httpx.Response:
        return httpx.get(self.url + path, cookies=cookies, timeout=20)

    def wait_counted(self, token: str) -> None:
        """What a browser that is gone had on the line may arrive yet, and looks then as if another one sent: until nothing more has."""

        def percent() -> int:
            return self.get(f"/api/shared/{token}").json()["percent"]

        def stands() -> bool:
            before = percent()
            outage(5)
            return percent() == before

        wait_for(lambda: not self.line.in_flight() and stands(), 90, "what was on the line to be counted")

    def downloaded(self, token: str) -> tuple[int, str]:
        """Size and SHA-256 of what the share link gives."""
        state, size = hashlib.sha256(), 0
        address = f"{self.url}/api/shared/{token}/download"
        with httpx.stream("GET", address, follow_redirects=True, timeout=60) as answer:
            assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.read()[:300]!r}"
            for chunk in answer.iter_bytes(1024 * 1024):
                state.update(chunk)
                size += len(chunk)
        return size, state.hexdigest()

    def tail(self, lines: int = 60) -> str:
        return _last(self.log, lines)

    def logs(self, lines: int | None = 25) -> dict[str, str]:
        """The ends of the server's own log and of every log file in its data folder; all of them with `lines=None`."""
        files = {"server": self.log, **{path.name: path for path in sorted((self.data / "logs").glob("*.log"))}}
        return {name: _last(path, lines) for name, path in files.items()}


def _last(path: Path, lines: int | None) -> str:
    text = path.read_text(errors="replace") if path.exists() else ""
    return text if lines is None else "\n".join(text.splitlines()[-lines:])
