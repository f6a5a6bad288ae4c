"""A real Ceph in memory: one monitor, one disk and the gateway that speaks S3, up in seconds, with an empty account."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import psutil
from smartupload_testing.wait import wait_for

from scripts import ceph as programs

# Nobody has to log in to a cluster that only this machine reaches; what it writes down is agreed on at once, with nobody else to ask.
# A disk that has commands for the monitor at its start may give them before it knows the cluster's fsid, and ends then: it has none.
_CONF = """
[global]
fsid = {fsid}
mon host = [v1:127.0.0.1:{monitor}]
public addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
keyring = {folder}/keyring
run dir = {folder}
crash dir = {folder}
admin socket = {folder}/$name.asok
pid file = {folder}/$name.pid
log file = {folder}/$name.log
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 4000
mon data avail warn = 1
mon data avail crit = 1
paxos propose interval = 0.02
paxos min wait = 0.01
[mon]
mon data = {folder}/mon
[osd]
osd data = {folder}/osd
osd class update on start = false
osd crush update on start = false
osd objectstore = memstore
memstore device bytes = 1073741824
[client.rgw]
rgw data = {folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw thread pool size = 32
rgw crypt require ssl = false
rgw crypt default encryption key = {key}
"""


@dataclass(frozen=True)
class Ceph:
    """One that runs. `pid`: that of its gateway."""

    port: int
    pid: int
    access_key_id: str
    secret_access_key: str

    @property
    def endpoint_url(self) -> str:
        """Where it is reached, by path."""
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def running() -> Generator[Ceph]:
    """Started, and gone afterwards. Raises SystemExit with what to do where it cannot be had."""
    paths = programs.get()
    folder = Path(tempfile.mkdtemp(prefix="ceph-"))
    conf, fsid = folder / "ceph.conf", str(uuid.uuid4())
    monitor, port = _free_ports(2)
    for name in ("mon", "osd", "rgw"):
        (folder / name).mkdir()
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    conf.write_text(_CONF.format(folder=folder, fsid=fsid, monitor=monitor, port=port, key=key))
    started: list[subprocess.Popen[bytes]] = []

    def run(name: str, *more: str, conf_too: bool = True) -> str:
        given = [paths[name], *(["-c", str(conf)] if conf_too else []), *more]
        done = subprocess.run(given, capture_output=True, text=True, check=False, timeout=60, env=_environment())
        assert done.returncode == 0, f"{name}: {(done.stderr or done.stdout)[-1500:]}"
        return done.stdout

    def start(name: str, *more: str) -> int:
        with (folder / f"{name}.out").open("wb") as out:
            given = [paths[name], "-c", str(conf), "-f", *more]
            started.append(
                subprocess.Popen(given, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=_environment())
            )
        return started[-1].pid

    def run_all() -> None:
        for one in started:
            assert one.poll() is None, "\n".join(path.read_text()[-1500:] for path in folder.glob("*.out"))

    def has_disk() -> bool:
        run_all()
        return "1 up" in run("ceph", "osd", "stat")

    def answers() -> bool:
        run_all()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        return False

    try:
        everything = ["--cap", "mon", "allow *", "--cap", "osd", "allow *", "--cap", "mgr", "allow *"]
        ring = str(folder / "keyring")
        for create, who in ((["--create-keyring"], "mon."), ([], "client.admin"), ([], "osd.0"), ([], "client.rgw")):
            run("ceph-authtool", *create, ring, "--gen-key", "-n", who, *everything, conf_too=False)
        there = f"[v1:127.0.0.1:{monitor}]"
        run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", there, str(folder / "map"), conf_too=False)
        run("ceph-mon", "--mkfs", "-i", "a", "--monmap", str(folder / "map"))
        start("ceph-mon", "-i", "a")
        disk = str(uuid.uuid4())
        run("ceph", "osd", "new", disk)  # waits for the monitor
        run("ceph", "osd", "crush", "add", "osd.0", "1", "root=default", "host=here")
        run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk)
        start("ceph-osd", "-i", "0")
        made = Ceph(port, 0, "CEPH", "ceph-secret")
        keys = ["--access-key", made.access_key_id, "--secret-key", made.secret_access_key]
        wait_for(has_disk, 60, "Ceph's disk")
        run("radosgw-admin", "-n", "client.rgw", "user", "create", "--uid=site", "--display-name=site", *keys)
        pid = start("radosgw", "-n", "client.rgw")
        wait_for(answers, 60, "Ceph to answer")
        yield Ceph(port, pid, made.access_key_id, made.secret_access_key)
    finally:
        for one in reversed(started):
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
            one.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _environment() -> dict[str, str]:
    """Its programs in Python are the system's, with the system's packages."""
    left = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "CEPH_"))
    }
    path = [
        one for one in os.environ.get("PATH", "").split(os.pathsep) if not (Path(one).parent / "pyvenv.cfg").exists()
    ]
    return left | {"PATH": os.pathsep.join([*path, "/usr/bin", "/bin"])}


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as all_at_once:
        probes = [all_at_once.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [probe.getsockname()[1] for probe in probes]
