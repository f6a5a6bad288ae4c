"""How long a start of the server takes whose pages are built, beside Python's import of what it serves with."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

import httpx

from benchmarks.stage import Stage
from tests.browser.server import ROOT

ROUNDS = 5
LIMIT = 8.0


def run(stage: Stage) -> bool:
    """Whether the limit is kept."""
    starts: list[float] = []
    imports: list[float] = []
    for _ in range(ROUNDS):
        stage.server.stop()
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", "import reflex, boto3, sqlmodel"], cwd=ROOT, check=True)
        imports.append(time.monotonic() - began)
        began = time.monotonic()
        stage.server.start()
        assert httpx.get(stage.server.url, timeout=10).status_code == 200
        starts.append(time.monotonic() - began)
    ratio = statistics.median(starts) / statistics.median(imports)
    print(
        f"a start takes {statistics.median(starts):.1f} s, {ratio:.1f} times the import (at most {LIMIT}); "
        f"{min(starts):.1f} to {max(starts):.1f} s"
    )
    return ratio <= LIMIT
