"""Finds an nginx for the tests, or gets it, and prints its path: `python -m scripts.nginx`.

Tried in turn: $TEST_NGINX, one on PATH or where distributions put it, Debian's package, unpacked into `build/nginx`: nothing is installed or started.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import packages

HERE = Path(__file__).resolve().parent.parent / "build" / "nginx"
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))


def works(path: str) -> bool:
    try:
        return subprocess.run([path, "-v"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def download() -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["apt-get", "download", "-qq", "nginx"], cwd=HERE, capture_output=True, text=True, check=False
    )


def unpacked() -> str | None:
    """Debian's own, without its service."""
    program = HERE / "usr" / "sbin" / "nginx"
    if not program.exists() and shutil.which("apt-get") and shutil.which("dpkg"):
        HERE.mkdir(parents=True, exist_ok=True)
        done = download()
        if done.returncode and packages.can_install():
            packages.refresh()
            done = download()
        if done.returncode:
            print(f"nginx: {done.stderr[-600:]}", file=sys.stderr)
        for package in HERE.glob("nginx_*.deb"):
            subprocess.run(["dpkg", "-x", package, HERE], check=True)
    return str(program) if works(str(program)) else None


@functools.cache
def get() -> str:
    """The path of an nginx that runs here.

    Raises SystemExit with what to do when there is none and none could be had.
    """
    if named := os.environ.get("TEST_NGINX"):
        if works(named):
            return named
        raise SystemExit(f"nginx: TEST_NGINX names {named}, which does not run")
    found = shutil.which("nginx", path=PLACES)
    if found and works(found):
        return found
    if found := unpacked():
        return found
    raise SystemExit("nginx: no nginx here; install one, or name it in TEST_NGINX")


if __name__ == "__main__":
    print(get())
