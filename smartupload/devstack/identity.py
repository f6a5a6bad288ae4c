"""What the embedded store is known by between two starts: credentials, ports, and the process that was left."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil
import structlog

log = structlog.get_logger("smartupload.devstack")

LOOPBACK = "127.0.0.1"
_PORTS = (
    "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc",
    "s3.port", "s3.port.grpc", "admin.port", "admin.port.grpc",
)  # fmt: skip
# Below the range from which systems hand out ports for outgoing connections, so that they stay free while we are down.
_RANGE = range(20_000, 32_000)
_STOP_SECONDS = 5


class StoreFailed(Exception):
    """The embedded store did not come up; the message is one line for a person."""


class StoreEnded(StoreFailed):
    """Its process ended while we waited for it."""


@dataclass
class Identity:
    """What is remembered between starts, in DATA_DIR/store.json, readable by its user only."""

    access_key_id: str = field(default_factory=lambda: secrets.token_hex(10))
    secret_access_key: str = field(default_factory=lambda: secrets.token_hex(32))
    inner_key: str = field(default_factory=lambda: secrets.token_hex(32))
    ports: dict[str, int] = field(default_factory=dict)
    pid: int = 0
    pid_created: float = 0.0

    @classmethod
    def remembered(cls, file: Path) -> Identity:
        """The one of the last start, or a new one. Raises StoreFailed."""
        try:
            return cls(**json.loads(file.read_text()))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, TypeError) as error:
            raise StoreFailed(f"{file} cannot be read ({error}). Delete it; new credentials are made.") from error

    def remember(self, file: Path) -> None:
        """Write it down, readable by its user only."""
        draft = file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(asdict(self), out, indent=2)
        draft.replace(file)

    def settle_ports(self) -> None:
        """Keep the ports when all are free, else choose new ones."""
        if self.ports and all(_free(port) for port in self.ports.values()):
            return
        if self.ports:
            log.warning("a port of the store was taken meanwhile; new ones are chosen")
        draw, chosen = secrets.SystemRandom(), dict[str, int]()
        for name in _PORTS:
            while (port := draw.choice(_RANGE)) in chosen.values() or not _free(port):
                continue
            chosen[name] = port
        self.ports = chosen

    def end_stale(self) -> None:
        """End a store that an earlier app left behind; the create time tells it from a stranger with the same id."""
        if not self.pid:
            return
        with contextlib.suppress(psutil.Error):
            stale = psutil.Process(self.pid)
            if abs(stale.create_time() - self.pid_created) > 1.0:
                return
            log.warning("ending the store that an earlier run left behind", pid=stale.pid)
            stale.terminate()
            try:
                stale.wait(_STOP_SECONDS)
            except psutil.TimeoutExpired:
                stale.kill()
                stale.wait(_STOP_SECONDS)

    def sweep_sockets(self) -> None:
        """Take away sockets that the store names itself, after its ports, and does not always remove."""
        for port in self.ports.values():
            for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
                with contextlib.suppress(OSError):
                    left.unlink()


def _free(port: int) -> bool:
    with socket.socket() as probe:
        # As the store itself binds: a port that only waits out old connections is free.
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
