"""Finds the virus scanner's daemon for the tests, or gets it, and prints its path: `python -m scripts.clamd`.

Tried in turn: $TEST_CLAMD, one on PATH or where distributions put it, Debian's package.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess

from scripts import packages

# Programs for the administrator are not on everybody's PATH.
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))


def works(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def on_path() -> str | None:
    found = shutil.which("clamd", path=PLACES)
    return found if found and works(found) else None


@functools.cache
def get() -> str:
    """The path of a clamd that runs here.

    Raises SystemExit with what to do when there is none and none could be installed.
    """
    if named := os.environ.get("TEST_CLAMD"):
        if works(named):
            return named
        raise SystemExit(f"clamd: TEST_CLAMD names {named}, which does not run")
    if found := on_path():
        return found
    packages.install(*packages.CLAMD)
    if found := on_path():
        return found
    raise SystemExit("clamd: no clamd here; install ClamAV's daemon, or name it in TEST_CLAMD")


if __name__ == "__main__":
    print(get())
