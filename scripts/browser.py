"""Finds a Chromium for the tests, or gets one, and prints its path.

Tried in turn: $TEST_CHROMIUM, one on PATH, Playwright's own, the distribution's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def works(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name)) and works(found)), None)


def playwrights() -> str | None:
    """The path that Playwright would put its Chromium at; it may not be there."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).exists() and works(path) else None


def attempt(*command: str, timeout: float = 600) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"browser: {command[0]}: {error}", file=sys.stderr)
        return False
    if done.returncode:
        print(f"browser: `{' '.join(command)}` did not work:\n{done.stderr[-600:]}", file=sys.stderr)
    return done.returncode == 0


def find() -> str | None:
    named = os.environ.get("TEST_CHROMIUM")
    if named:
        return named if works(named) else None
    return on_path() or playwrights()


def get() -> str:
    """The path of a Chromium that runs here.

    Raises SystemExit with what to do when there is none and none could be installed.
    """
    if found := find():
        return found
    if attempt(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium") and (found := playwrights()):
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempt("apt-get", "update", "-qq")
        if attempt("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium") and (found := on_path()):
            return found
    raise SystemExit("browser: no Chromium here; install one, or name it in TEST_CHROMIUM")


if __name__ == "__main__":
    print(get())
