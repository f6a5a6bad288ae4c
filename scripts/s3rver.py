"""Finds s3rver, an S3 server for tests that can little, or gets it, and prints its path: `python scripts/s3rver.py`.

Tried in turn: $TEST_S3RVER, what lies in `build/s3rver`, npm's registry, into that folder.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

VERSION = "3.7.1"
HERE = Path(__file__).resolve().parent.parent / "build" / "s3rver"


@functools.cache
def get() -> str:
    """The path of its program, for node. Raises SystemExit with what to do when it could not be had."""
    if named := os.environ.get("TEST_S3RVER"):
        return named
    program = HERE / "node_modules" / "s3rver" / "bin" / "s3rver.js"
    npm = shutil.which("npm")
    if not program.exists() and npm:
        HERE.mkdir(parents=True, exist_ok=True)
        given = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(HERE), f"s3rver@{VERSION}"]
        done = subprocess.run([npm, *given], cwd=HERE, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            raise SystemExit(f"s3rver: npm could not install it: {done.stderr[-600:]}")
    if program.exists():
        return str(program)
    raise SystemExit("s3rver: npm is missing, which would get it; or name its program in TEST_S3RVER")


if __name__ == "__main__":
    print(get())
