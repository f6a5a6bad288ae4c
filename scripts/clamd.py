"""Finds the virus scanner's daemon for the tests, or gets it, and prints its path: `python scripts/clamd.py`.

Tried in turn: $TEST_CLAMD, one on PATH or where distributions put it, Debian's package.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys

PACKAGE = "clamav-daemon"
# Programs for the administrator are not on everybody's PATH.
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))


def works(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def attempt(*command: str, timeout: float = 600) -> bool:
    # A package must not ask anything, and nothing of it needs to run: the tests start their own.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"clamd: {command[0]}: {error}", file=sys.stderr)
        return False
    if done.returncode:
        print(f"clamd: `{' '.join(command)}` did not work:\n{done.stderr[-600:]}", file=sys.stderr)
    return done.returncode == 0


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
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempt("apt-get", "update", "-qq")
        if attempt("apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE) and (found := on_path()):
            return found
    raise SystemExit("clamd: no clamd here; install ClamAV's daemon, or name it in TEST_CLAMD")


if __name__ == "__main__":
    print(get())
