"""The uploaders that are measured: pages with a file input, our product and a program."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from typing import Any

from benchmarks.peers import ROOT
from benchmarks.peers.store import ACCESS_KEY, BUCKET, REGION, SECRET_KEY


class BrowserPeer:
    """A page that uploads the file chosen in it; `done` is asked of the page until it is truthy."""

    input = "#file"
    done = "(t => /^(DONE|ERROR)/.test(t) && t)(document.querySelector('#status')?.textContent)"
    script = ""
    hosts: tuple[str, ...] = ()  # names that lead its browser to the store

    def __init__(self, page: str = "", *, crowds: bool = False) -> None:
        self.page, self.crowds = page, crowds  # it takes many files at once

    def start(self, run: Any) -> list[subprocess.Popen[bytes]]:
        """Its own servers, ended after the run."""
        return []

    def url(self, run: Any, files: int = 1) -> str:
        return f"{run.web.origin}/{self.page}" + (f"?many={files}" if files > 1 else "")

    def ready(self, page: Any) -> None:
        """Waits until the page takes files; not timed."""

    def notes(self, page: Any, since: float) -> dict[str, Any]:
        """What else is written down once the meter has stopped."""
        return {}


class SeaweedTus(BrowserPeer):
    """tus-js-client against the store's own tus endpoint, which sends no CORS headers: its page is served there too."""

    def url(self, run: Any, files: int = 1) -> str:
        origin = run.store.tus_endpoint.rsplit("/", 1)[0]
        for name, kind in (("tus.html", "text/html"), ("tus.js", "text/javascript")):
            body = urllib.request.urlopen(f"{run.web.origin}/{name}").read()
            put = urllib.request.Request(f"{origin}/bench/{name}", body, {"Content-Type": kind}, method="PUT")
            urllib.request.urlopen(put)
        return f"{origin}/bench/tus.html?endpoint=/.tus/buckets/{BUCKET}/{{name}}{self.page}"


CARD = "document.querySelector('[data-testid=file-card]')?.dataset.state"


class Ours(BrowserPeer):
    """This checkout with its default settings; over when the card says that all parts are confirmed."""

    input = "[data-testid=file-input]"
    done = (
        f"(s => ['failed', 'blocked', 'cancelled', 'expired'].includes(s) ? 'ERROR ' + s"
        f" : ['verifying', 'scanning', 'ready'].includes(s) && s)({CARD})"
    )
    script = f"""
        window.benchStates = [];
        new BroadcastChannel("smartupload-1").onmessage = ({{ data }}) => (window.benchWelcomed ||= data.type === "welcome");
        new MutationObserver(() => {{
            const state = {CARD};
            if (state && benchStates.at(-1)?.[0] !== state) benchStates.push([state, performance.now()]);
        }}).observe(document, {{ subtree: true, childList: true, attributes: true }});
    """

    def __init__(self, *hosts: str) -> None:
        super().__init__(crowds=not hosts)
        self.hosts = hosts

    PORT = 28600  # fixed, since the pages are built for an address

    def start(self, run: Any) -> list[subprocess.Popen[bytes]]:
        data = os.path.join(run.workdir, "data")
        shutil.rmtree(data, ignore_errors=True)
        values = {
            "PORT": str(self.PORT),
            "PUBLIC_URL": f"http://{run.ip}:{self.PORT}",
            "DATA_DIR": data,
            "S3_ENDPOINT_URL": run.store.endpoint,
            "S3_PUBLIC_ENDPOINT_URL": ",".join(run.store.addresses(self.hosts)),
            "S3_BUCKET": BUCKET,
            "S3_REGION": REGION,
            "S3_ACCESS_KEY_ID": ACCESS_KEY,
            "S3_SECRET_ACCESS_KEY": SECRET_KEY,
        }
        env = {name: value for name, value in os.environ.items() if not name.startswith("SMARTUPLOAD_")}
        env |= {f"SMARTUPLOAD_{name}": value for name, value in values.items()}
        env["REFLEX_WEB_WORKDIR"] = f"build/peers/web-{run.ip}"  # a build for each address
        with open(os.path.join(run.workdir, "smartupload.log"), "wb") as log:
            command = [sys.executable, "-m", "smartupload", "run"]
            server = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_until_ready(server, run.ip, self.PORT, 600)  # the first start builds the pages
        except BaseException:
            server.terminate()
            server.wait()
            raise
        return [server]

    def url(self, run: Any, files: int = 1) -> str:
        return f"http://{run.ip}:{self.PORT}/"

    def ready(self, page: Any) -> None:
        react = f"Object.keys(document.querySelector('{self.input}') ?? {{}}).some(k => k.startsWith('__react'))"
        # The engine has its settings, the page takes files, and has loaded what it fetches ahead.
        rests = (
            "performance.now() - Math.max(...performance.getEntriesByType('resource').map(e => e.responseEnd)) > 1000"
        )
        page.wait_for(f"window.benchWelcomed && {react} && {rests}", 60)

    def notes(self, page: Any, since: float) -> dict[str, Any]:
        page.wait_for("benchStates.some(([state]) => state === 'ready')", 60)
        states: dict[str, float] = {}
        for state, at in page.evaluate("benchStates"):
            states.setdefault(state, round((at - since) / 1000, 3))
        over = min(at for state, at in states.items() if state in ("verifying", "scanning", "ready"))
        return {"first_card_s": min(states.values()), "ready_after_s": round(states["ready"] - over, 3)}


def wait_until_ready(server: subprocess.Popen[bytes], ip: str, port: int, seconds: float) -> None:
    """Until the app answers that it is ready."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((ip, port), 1).close()
            with urllib.request.urlopen(f"http://{ip}:{port}/readyz", timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline or server.poll() is not None:
                raise
            time.sleep(0.1)


class CommandPeer(BrowserPeer):
    """boto3's own upload with its defaults."""

    CODE = "import sys, boto3; boto3.client('s3', endpoint_url=sys.argv[1]).upload_file(*sys.argv[2:5])"

    def argv(self, run: Any, path: str) -> list[str]:
        return [sys.executable, "-c", self.CODE, run.store.endpoint, path, BUCKET, os.path.basename(path)]

    def env(self) -> dict[str, str]:
        keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "AWS_DEFAULT_REGION": REGION}
        return {**os.environ, **keys, "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull}


PEERS: dict[str, BrowserPeer] = {
    "smartupload": Ours(),
    "smartupload-hosts": Ours("s3-1.bench", "s3-2.bench"),
    "uppy5": BrowserPeer("uppy5.html", crowds=True),
    "uppy6": BrowserPeer("uppy6.html", crowds=True),
    "tus": SeaweedTus("&parallel=4"),
    "put": BrowserPeer("xhr.html"),
    "loop": BrowserPeer("floor.html?parallel=4&part=8"),
    "loop-sha-opfs": BrowserPeer("floor.html?parallel=4&part=8&hash=1&opfs=1"),
    "boto3": CommandPeer(),
}
