"""One upload by one peer: where its traffic goes, what is started for it, and what it took."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from typing import Any

from benchmarks.peers import WORK, proc
from benchmarks.peers.browser import Chromium
from benchmarks.peers.catalog import BrowserPeer, CommandPeer
from benchmarks.peers.link import SERVER_IP, Link, enter_namespace
from benchmarks.peers.store import Store
from benchmarks.peers.web import Web

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
TIMEOUT, QUEUE_MS, CONGESTION = 900.0, 100.0, "cubic"
LONG_TASKS = """
window.benchLongTasks = [];
new PerformanceObserver(list => { for (const e of list.getEntries()) benchLongTasks.push([e.startTime, e.duration]) })
  .observe({ type: 'longtask', buffered: true });
"""


class Setting:
    """Where the traffic goes: plain loopback, or a shaped link between two namespaces (Mbit/s, ms there and back, loss in percent)."""

    def __init__(self, text: str):
        self.link: Link | None = None
        self.rate: float | None = None
        self.ip = "127.0.0.1"
        self.prefix: list[str] = []
        if text == "loopback":
            return
        rate, rtt, loss = (float(word) for word in text.split("/"))
        self.rate = rate * 1e6 / 8
        self.link = Link(rate, rtt, loss / 100, QUEUE_MS, CONGESTION, WORK, seed=int(time.time()))
        self.ip, self.prefix = SERVER_IP, ["ip", "netns", "exec", self.link.client_ns]
        enter_namespace(self.link.server_ns)  # this process and its servers live on the far side

    def wire_bytes(self) -> int | None:
        return self.link.stats()["up"]["bytes"] if self.link else None

    def close(self) -> None:
        if self.link:
            enter_namespace(None)
            self.link.close()


class Run:
    """A fresh store, the signing server and a peer's own servers, for one upload."""

    def __init__(self, setting: Setting, peer: BrowserPeer):
        self.setting, self.ip, self.workdir = setting, setting.ip, WORK
        self._stack = contextlib.ExitStack()
        try:
            self.store = Store(setting.ip, f"/dev/shm/bench-store-{os.getpid()}")
            self._stack.callback(self.store.close)
            self.web = Web(setting.ip, self.store.ports["web"], self.store.endpoint)
            self._stack.callback(self.web.close)
            self.servers = peer.start(self)
            for server in self.servers:
                self._stack.callback(server.wait)
                self._stack.callback(server.terminate)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._stack.close()


class Meter:
    """Time, CPU and memory between its making and finish()."""

    def __init__(self, run: Run, client_pid: int):
        self.run = run
        self.trees = {
            "client": proc.Tree(client_pid),
            "store": proc.Tree(run.store.process.pid, 1.0),
            "web": proc.Tree(run.web.process.pid, 1.0),
        }
        self.trees |= {f"peer{i}": proc.Tree(server.pid, 1.0) for i, server in enumerate(run.servers)}
        self.wire, self.link_cpu = run.setting.wire_bytes(), self._link_cpu()
        self.own = time.process_time()
        self.busy, self.start = proc.busy_seconds(), time.monotonic()

    def _link_cpu(self) -> float:
        return self.run.setting.link.stats()["cpu_s"] if self.run.setting.link else 0.0

    def finish(self, size: int) -> dict[str, Any]:
        seconds = time.monotonic() - self.start
        busy = proc.busy_seconds() - self.busy
        trees = {name: tree.close() for name, tree in self.trees.items()}
        servers = sum(tree.cpu_s for name, tree in trees.items() if name != "client")
        known = sum(tree.cpu_s for tree in trees.values()) + time.process_time() - self.own
        if self.run.setting.link:
            known += self._link_cpu() - self.link_cpu
        rate, wire = self.run.setting.rate, self.run.setting.wire_bytes()
        return {
            "bytes": size,
            "seconds": round(seconds, 3),
            "MBps": round(size / seconds / 1e6, 2),
            "utilisation": round(size / (seconds * rate), 4) if rate else None,
            "cpu_s": round(trees["client"].cpu_s, 2),
            "server_cpu_s": round(servers, 2),
            "cpu_by": {name: round(tree.cpu_s, 2) for name, tree in trees.items() if name != "client"},
            "pss_mb": round(trees["client"].peak_pss / 1e6),
            "noise": round(
                max(0.0, busy - known) / seconds / (os.cpu_count() or 1), 3
            ),  # share of the CPUs that others used
            "wire_mb": round((wire - self.wire) / 1e6, 1) if wire is not None and self.wire is not None else None,
        }


def wait_until_stored(run: Run, size: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while run.store.find(size) is None:
        if time.monotonic() > deadline:
            raise RuntimeError("the peer says done, but the store has no object of that size")
        time.sleep(0.05)


def run_command(run: Run, peer: CommandPeer, path: str) -> dict[str, Any]:
    # The program waits on a pipe until the meter runs, so that its start-up counts.
    child = subprocess.Popen(
        [*run.setting.prefix, "sh", "-c", 'read go && exec "$@"', "sh", *peer.argv(run, path)],
        env=peer.env(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    meter = Meter(run, child.pid)
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.close()
    if child.wait(TIMEOUT) != 0:
        raise RuntimeError(f"exit status {child.returncode}")
    wait_until_stored(run, os.path.getsize(path))
    return meter.finish(os.path.getsize(path))


@contextlib.contextmanager
def browser(run: Run, peer: BrowserPeer, files: int = 1):
    """A Chromium with a new profile, at the peer's URL."""
    url = peer.url(run, files)
    origin = "/".join(url.split("/")[:3])
    addresses = (origin, run.store.endpoint, *run.store.addresses(peer.hosts))
    page = Chromium(
        CHROMIUM,
        run.setting.prefix,
        os.path.join(WORK, f"profile-{os.getpid()}"),
        [
            f"--unsafely-treat-insecure-origin-as-secure={','.join(addresses)}",
            "--host-resolver-rules=" + ",".join(f"MAP {host} {run.ip}" for host in peer.hosts),
        ],
    )  # OPFS, crypto.subtle, Background Fetch: as under HTTPS
    try:
        page.on_every_page(LONG_TASKS + peer.script)
        page.goto(url)
        time.sleep(0.5)
        peer.ready(page)
        yield page
    finally:
        page.close()


def wait_until_done(run: Run, peer: BrowserPeer, page: Chromium, size: int) -> None:
    text = page.wait_for(peer.done, TIMEOUT)
    if str(text).startswith("ERROR"):
        raise RuntimeError(text)
    wait_until_stored(run, size)


def long_tasks(page: Chromium, since: float) -> dict[str, Any]:
    durations = [duration for start, duration in page.evaluate("benchLongTasks") if start >= since]
    return {"longtasks_ms": round(sum(durations)), "longtask_max_ms": round(max(durations, default=0))}


def run_browser(run: Run, peer: BrowserPeer, path: str) -> dict[str, Any]:
    size = os.path.getsize(path)
    with browser(run, peer) as page:
        meter = Meter(run, page.process.pid)
        since = page.evaluate("performance.now()")
        page.choose_file(peer.input, path)
        wait_until_done(run, peer, page, size)
        return meter.finish(size) | long_tasks(page, since) | peer.notes(page, since)


def one_run(setting: Setting, peer: BrowserPeer, path: str) -> dict[str, Any]:
    """Starts what the peer needs, measures one upload and ends everything."""
    run = Run(setting, peer)
    try:
        return run_command(run, peer, path) if isinstance(peer, CommandPeer) else run_browser(run, peer, path)
    finally:
        run.close()
