"""A real clamd of the tests' own: one signature, a socket and a port, no updates."""

from __future__ import annotations

import getpass
import io
import shutil
import socket
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO

import pytest

from scripts import programs
from smartupload.adapters.clamd import Clamd
from smartupload.errors import ScannerUnavailable
from tests.fixtures_store import MIB, noise

# Put together here, so that no scanner stumbles over this file. https://www.eicar.org/download-anti-malware-testfile/
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
FOUND = "Eicar-Test-Signature.UNOFFICIAL"
"""What clamd calls it when the signature is not from ClamAV's own database."""
_SECONDS = 60


class ClamdServer:
    """clamd, started and stopped as often as a test likes. `unix` and `tcp` are its addresses."""

    def __init__(self, folder: Path, stream_max: str = "2000M", scan_max: str = "2000M") -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        # The path of a socket may have about 100 characters.
        self._sockets = Path(tempfile.mkdtemp(prefix="clamd-"))
        self.unix = f"unix://{self._sockets}/clamd.sock"
        self.tcp = f"tcp://127.0.0.1:{port}"
        self.process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        for name in ("database", "scratch"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "database" / "eicar.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
        settings = {
            "LocalSocket": f"{self._sockets}/clamd.sock",
            "FixStaleSocket": "yes",
            "TCPSocket": str(port),
            "TCPAddr": "127.0.0.1",
            "DatabaseDirectory": str(folder / "database"),
            "TemporaryDirectory": str(folder / "scratch"),
            "User": getpass.getuser(),
            "Foreground": "yes",
            "StreamMaxLength": stream_max,
            "MaxFileSize": "2000M",
            "MaxScanSize": scan_max,
            "AlertExceedsMax": "yes",
        }
        (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))

    def start(self) -> None:
        """Returns once it answers."""
        if self._log is None:
            self._log = (self.folder / "clamd.log").open("ab")
        self.process = subprocess.Popen(
            [programs.get("clamd"), f"--config-file={self.folder / 'clamd.conf'}"], stdout=self._log, stderr=self._log
        )
        deadline = time.monotonic() + _SECONDS
        while True:
            try:
                for url in (self.unix, self.tcp):
                    Clamd(url).ping()
                return
            except ScannerUnavailable:
                said = (self.folder / "clamd.log").read_text(errors="replace")[-2000:]
                assert self.process.poll() is None, f"clamd ended: {said}"
                assert time.monotonic() < deadline, f"clamd does not answer: {said}"
                time.sleep(0.05)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """End it as an operator would."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def close(self) -> None:
        """For good."""
        self.kill()
        shutil.rmtree(self._sockets, ignore_errors=True)
        if self._log is not None:
            self._log.close()
            self._log = None


@pytest.fixture(scope="session")
def clamd_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[ClamdServer]:
    """One for all tests; whoever stops it uses `clamd`, which starts it again."""
    server = ClamdServer(tmp_path_factory.mktemp("clamd"))
    yield server
    server.close()


@pytest.fixture
def clamd(clamd_server: ClamdServer) -> ClamdServer:
    """It runs, whatever the test before has done with it."""
    if clamd_server.process is None or clamd_server.process.poll() is not None:
        clamd_server.start()
    return clamd_server


def infected_zip(size: int = 50 * MIB) -> bytes:
    """A zip of about this many bytes with EICAR, compressed, behind noise."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(size // (10 * MIB)):
            archive.writestr(f"{number}.bin", noise(10 * MIB, number))
        # Long enough to be compressed for real, so that it cannot be seen without unpacking.
        archive.writestr("folder/eicar.com", EICAR, zipfile.ZIP_DEFLATED)
    assert EICAR not in out.getvalue()
    return out.getvalue()


def bomb(size: int = 64 * MIB) -> bytes:
    """A zip that is a thousand times as large as it looks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.bin", bytes(size))
    return out.getvalue()


def nested(depth: int) -> bytes:
    """EICAR in so many zips, each in the next one."""
    body = EICAR
    for number in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{number}.zip" if number else "eicar.com", body)
        body = out.getvalue()
    return body


def pieces(size: int) -> Iterator[bytes]:
    """So many bytes of noise, MiB by MiB."""
    for number in range(size // MIB):
        yield noise(MIB, number % 8)
