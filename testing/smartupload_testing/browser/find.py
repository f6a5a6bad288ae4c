"""Finds a browser for the tests, or gets one, and prints its path: `python scripts/browser.py [chromium|firefox]`.

Tried in turn: $TEST_CHROMIUM or $TEST_FIREFOX, one on PATH, Playwright's own Chromium, the distribution's package. (Playwright's
Firefox is a build of its own; the tests want the one that people have.)
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

# From a browser to its names on PATH, then to the distribution's packages.
NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
PACKAGES = {"chromium": "chromium", "firefox": "firefox-esr"}


def works(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def on_path(browser: str) -> str | None:
    return next((found for name in NAMES[browser] if (found := shutil.which(name)) and works(found)), None)


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


@functools.cache
def get(browser: str = "chromium") -> str:
    """The path of a browser that runs here.

    Raises SystemExit with what to do when there is none and none could be installed.
    """
    variable = f"TEST_{browser.upper()}"
    if named := os.environ.get(variable):
        if works(named):
            return named
        raise SystemExit(f"browser: {variable} names {named}, which does not run")
    if found := on_path(browser):
        return found
    if browser == "chromium":
        if found := playwrights():
            return found
        if attempt(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium") and (
            found := playwrights()
        ):
            return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempt("apt-get", "update", "-qq")
        # Whoever runs tests beside these may be installing it just now, or may have done so.
        waiting = ("-o", "DPkg::Lock::Timeout=300")
        attempt("apt-get", *waiting, "install", "-y", "-qq", "--no-install-recommends", PACKAGES[browser])
        if found := on_path(browser):
            return found
    raise SystemExit(f"browser: no {browser.capitalize()} here; install one, or name it in {variable}")


if __name__ == "__main__":
    print(get(*sys.argv[1:2]))
