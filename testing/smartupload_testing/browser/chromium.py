"""A Chromium of our own on a profile that outlives it: opened, killed and opened again as a person's browser is."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
from websockets.exceptions import WebSocketException

from smartupload_testing.browser.devtools import DevTools
from smartupload_testing.browser.find import get
from smartupload_testing.wait import wait_for

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
    "--remote-allow-origins=*",
    "--remote-debugging-port=0",
]


class Chromium:
    """One running browser. `flags` are added to the usual ones."""

    def __init__(self, profile: Path, *flags: str) -> None:
        self.profile = profile
        # Written by the browser once it listens; a killed browser leaves the old one behind.
        port_file = profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        profile.mkdir(parents=True, exist_ok=True)
        self.log = profile.with_name(f"{profile.name}.log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [get(), *FLAGS, f"--user-data-dir={profile}", *flags, "about:blank"],
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        wait_for(lambda: port_file.is_file() and port_file.read_text().count("\n") >= 1, 30, "Chromium to listen")
        port, path = port_file.read_text().split("\n")[:2]
        self.address = f"127.0.0.1:{port}"
        self.browser_url = f"ws://{self.address}{path}"
        self._worker_link: DevTools | None = None

    def http(self, path: str, method: str = "GET") -> bytes:
        request = urllib.request.Request(f"http://{self.address}{path}", method=method)
        return urllib.request.urlopen(request, timeout=10).read()

    def targets(self) -> list[dict[str, Any]]:
        return json.loads(self.http("/json/list"))

    def open_tab(self, url: str) -> str:
        """Open a tab with no debugger attached to it; its id."""
        return json.loads(self.http(f"/json/new?{quote(url, safe=':/?&=')}", "PUT"))["id"]

    def close_tab(self, target: str) -> None:
        self.http(f"/json/close/{target}")

    def tools(self, target: str) -> DevTools:
        return DevTools(f"ws://{self.address}/devtools/page/{target}")

    def run_in_workers(self, script: str) -> None:
        """Run a script in every shared worker that starts from now on, before its own first line."""
        link = DevTools(self.browser_url)

        def attached(params: dict[str, Any], _: str) -> None:
            session = params["sessionId"]
            link.post("Runtime.evaluate", session, expression=script)
            link.post("Runtime.runIfWaitingForDebugger", session)

        link.on("Target.attachedToTarget", attached)
        only = [{"type": "shared_worker", "exclude": False}, {"exclude": True}]
        link.send("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True, filter=only)
        self._worker_link = link

    def processes(self) -> list[psutil.Process]:
        """Every process of this browser."""
        with contextlib.suppress(psutil.NoSuchProcess):
            root = psutil.Process(self.process.pid)
            return [root, *root.children(recursive=True)]
        return []

    def said(self) -> str:
        """What it wrote to its standard error since the profile was made, and how it ended."""
        ended = self.process.poll()
        return f"{self.log.read_text(errors='replace')}\n{'still runs' if ended is None else f'ended with {ended}'}\n"

    def kill(self) -> None:
        """SIGKILL for every process at once, as a crash of the machine would."""
        processes = self.processes()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(20)
        psutil.wait_procs(processes, timeout=20)
        for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            with contextlib.suppress(FileNotFoundError):
                (self.profile / name).unlink()

    def terminate(self) -> None:
        """SIGTERM, as a session that ends does: it stops in order, and a headless one loses its cookies."""
        processes = self.processes()
        self.process.terminate()
        self.process.wait(20)
        psutil.wait_procs(processes, timeout=20)

    def quit(self) -> None:
        """Close it as a person does."""
        processes = self.processes()
        # Not SIGTERM: a headless browser dies of it without writing its cookies.
        with contextlib.suppress(OSError, RuntimeError, WebSocketException):
            link = DevTools(self.browser_url)
            link.post("Browser.close")
            link.wait_closed()
        try:
            self.process.wait(15)
            _, alive = psutil.wait_procs(processes, timeout=5)
        except subprocess.TimeoutExpired:
            alive = processes
        for process in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(10)


def limit_room(chromium: Chromium, url: str, room: int) -> DevTools:
    """Let the site keep so many bytes, for as long as the connection that is given back is open.

    Before any page of the app: IndexedDB asks for its room at the first write, and believes the answer for half a minute. So
    it is told through a page that runs no engine.
    """
    link = chromium.tools(chromium.open_tab(f"{url}/api/openapi.json"))
    link.send("Storage.overrideQuotaForOrigin", origin=url, quotaSize=room)
    return link


def always_allow(profile: Path, url: str, *files: Path) -> None:
    """As if the person had answered "Allow on every visit" when the site asked to read these files. Not while it runs."""
    preferences = profile / "Default" / "Preferences"
    kept = json.loads(preferences.read_text())
    exceptions = kept["profile"]["content_settings"]["exceptions"]
    exceptions["file_system_access_extended_permission"] = {f"{url},*": {"setting": 1}}
    objects = [{"path": str(file), "is-directory": False, "readable": True} for file in files]
    exceptions["file_system_access_chooser_data"] = {f"{url},*": {"setting": {"chosen-objects": objects}}}
    preferences.write_text(json.dumps(kept))
