"""The client of Python programs beside boto3's `upload_file`: throughput into one store in turns, and what goes twice when the client is killed at half.

The app runs as `make run` does it, so its signing and finishing take their share of the machine; boto3 needs neither.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import psutil
from smartupload_testing.files import MIB, make_file
from smartupload_testing.wait import wait_for

from tests.browser.server import Build, Server

SIZE = int(os.environ.get("MIB", "1024")) * MIB
ROUNDS = int(os.environ.get("RUNS", "5"))
LIMIT = 0.9
PACE = 64 * MIB
"""Bytes a second of the line on which it is killed."""

BOTO3 = """import sys, time
import boto3
from botocore.config import Config
client = boto3.client("s3", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id=sys.argv[2],
    aws_secret_access_key=sys.argv[3], config=Config(s3={"addressing_style": "path"}))
began = time.monotonic()
client.upload_file(sys.argv[4], "smartupload", sys.argv[5], ExtraArgs={"ServerSideEncryption": "AES256"})
print(time.monotonic() - began, time.process_time())
"""
OURS = """import sys, time
from smartupload.client import SmartUploadClient
began = time.monotonic()
with SmartUploadClient(sys.argv[1], state_dir=sys.argv[2]) as client:
    uploaded = client.upload(sys.argv[3], wait=False)
    done = time.monotonic()
    client.wait_ready(uploaded.id)
print(done - began, time.process_time(), time.monotonic() - done, uploaded.id)
"""


def run() -> bool:
    """Prints figures; whether the limits are kept."""
    build = Build()
    try:
        with tempfile.TemporaryDirectory(prefix="smartupload-bench-") as folder:
            data = Path(folder)
            # Straight to the store: the line of the tests is a Python program itself.
            with closing(Server(build, data / "direct", {"S3_PUBLIC_ENDPOINT_URL": ""})) as server:
                server.start()
                fast = throughput(server, data)
            with closing(Server(build, data / "line")) as server:
                server.start()
                little = killed(server, data)
        return fast and little
    finally:
        build.release()


def throughput(server: Server, folder: Path) -> bool:
    """Each with the same file, in turns; both in a process of their own."""
    host, port = server.store_address()
    identity = server.store_identity()
    seconds: dict[str, list[float]] = {"boto3": [], "client": []}
    cpu: dict[str, list[float]] = {"boto3": [], "client": []}
    servers: dict[str, list[float]] = {"boto3": [], "client": []}
    ready: list[float] = []
    for number in range(ROUNDS + 1):
        file = make_file(folder / "file.bin", SIZE, seed=number)
        for way in ("boto3", "client") if number % 2 else ("client", "boto3"):
            before = spent(server)
            if way == "boto3":
                keys = (identity["access_key_id"], identity["secret_access_key"])
                key = f"peer/{number}"
                took, busy = said_by(BOTO3, f"http://{host}:{port}", *keys, str(file.path), key)
            else:
                took, busy, until_ready, upload_id = said_by(OURS, server.url, str(folder / "state"), str(file.path))
                key = f"uploads/{upload_id}/1"
                ready.append(float(until_ready))
            seconds[way].append(float(took))
            cpu[way].append(float(busy))
            servers[way].append(spent(server) - before)
            server.s3().delete_object(Bucket="smartupload", Key=key)
        rates = ", ".join(f"{way} {SIZE / MIB / took[-1]:.0f} MiB/s" for way, took in seconds.items())
        print(f"round {number}{' (warms up)' if not number else ''}: {rates}", flush=True)
        file.path.unlink()
    # Each round beside itself: what else the machine does, it does to both.
    ratios = [boto3 / client for boto3, client in zip(seconds["boto3"][1:], seconds["client"][1:], strict=True)]
    ratio = statistics.median(ratios)
    print(f"client / boto3 = {ratio:.2f}, {min(ratios):.2f} to {max(ratios):.2f} (at least {LIMIT})")
    for way in cpu:
        own, theirs = (statistics.median(all_of[way][1:]) / SIZE * 1024 * MIB for all_of in (cpu, servers))
        print(f"CPU seconds a GiB, {way}: {own:.2f}, of store and app {theirs:.2f}")
    print(f"ready {statistics.median(ready[1:]):.2f} s after the file was made")
    return ratio >= LIMIT


def spent(server: Server) -> float:
    """CPU seconds of the app and its store."""
    assert server.process is not None
    found = [psutil.Process(server.process.pid), *([server.store] if server.store else [])]
    return sum(times.user + times.system for times in (process.cpu_times() for process in found))


def said_by(code: str, *arguments: str) -> list[str]:
    """The words that a program of its own prints."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.split()


def killed(server: Server, folder: Path) -> bool:
    """Killed when half of it has gone over the line, and started again."""
    file = make_file(folder / "killed.bin", SIZE, seed=99)
    server.line.shape(PACE)
    command = [sys.executable, "-m", "smartupload", "put", "--url", server.url, "--state-dir", str(folder / "state")]
    process = subprocess.Popen([*command, str(file.path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    wait_for(lambda: server.line.received >= SIZE // 2, SIZE / PACE + 60, "half of it on the line", every=0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    wait_for(lambda: not server.line.in_flight(), 30, "the line to be empty")
    in_flight = server.line.unconfirmed
    server.line.shape(None)
    again = subprocess.run([*command, str(file.path)], check=True, capture_output=True, text=True)
    twice = server.line.received - SIZE
    size, sha256 = server.downloaded(again.stdout.strip().rpartition("/")[2])
    assert (size, sha256) == (file.size, file.sha256)
    print(f"killed at half: {twice / MIB:.1f} MiB sent twice, {in_flight / MIB:.1f} MiB were in flight")
    return twice <= in_flight
