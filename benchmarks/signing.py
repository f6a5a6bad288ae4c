"""What the store's adapter costs Python a file: presigned PUTs, a HEAD and a ranged GET, each beside boto3's own in the same run."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from smartupload.devstack import DevStack
from smartupload.ports import SINGLE_PUT
from smartupload.settings import load

ROUNDS = 9
SIZE = 64 * 1024
HEAD = 4096
DIGEST = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
SIGNATURES = int(os.environ.get("SIGNATURES", "100"))
CALLS = int(os.environ.get("CALLS", "30"))


def run() -> bool:
    """Prints figures, compares them with nothing but boto3."""
    with tempfile.TemporaryDirectory(prefix="smartupload-bench-") as folder:
        stack = DevStack(load({"SMARTUPLOAD_DATA_DIR": str(Path(folder))}))
        store = stack.start()
        try:
            measure(store)
        finally:
            stack.stop()
    return True


def measure(store: Any) -> None:
    client, bucket, key = store._client, store.bucket, "uploads/benchmark/1"
    named = {"Bucket": bucket, "Key": key}
    put = named | {"ContentLength": SIZE, "ChecksumSHA256": DIGEST, "ServerSideEncryption": "AES256"}
    client.put_object(**named, Body=bytes(SIZE))

    def boto3_reads() -> None:
        client.get_object(**named, Range=f"bytes=0-{HEAD - 1}")["Body"].read()

    compared(
        "presigned PUT",
        SIGNATURES,
        lambda: store.sign_part(key, SINGLE_PUT, 1, SIZE, DIGEST, 900),
        lambda: client.generate_presigned_url("put_object", Params=put, ExpiresIn=900),
    )
    compared("HEAD", CALLS, lambda: store.head(key), lambda: client.head_object(**named, ChecksumMode="ENABLED"))
    compared(f"GET of {HEAD} bytes", CALLS, lambda: b"".join(store.read(key, 0, HEAD)), boto3_reads)


def compared(title: str, times: int, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    """In turns, so that what else the machine does meets both."""
    taken: list[tuple[float, float]] = []
    for work in (ours, theirs):
        cpu(work, 3)  # the first ones open connections
    for _ in range(ROUNDS):
        taken.append((cpu(ours, times), cpu(theirs, times)))
    mine, other = (statistics.median(column) for column in zip(*taken, strict=True))
    print(
        f"{title}: {mine * 1000:.3f} ms of Python, {1 / mine:.0f} a second on one core; "
        f"boto3 {other * 1000:.3f} ms; {other / mine:.1f} times less"
    )


def cpu(work: Callable[[], object], times: int) -> float:
    """Seconds of this process's CPU for one."""
    before = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - before) / times
