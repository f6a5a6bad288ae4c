"""Finds programs that tests start, or gets them, and prints the path of one: `python -m scripts.programs clamd`.

Tried in turn: what its setting names ($TEST_CLAMD, $TEST_REDIS), one on PATH or where distributions put it, Debian's package.
"""

from __future__ import annotations

import functools
import os
import shutil
import sys

from smartupload_testing.browser.find import works

from scripts import packages

# Programs for the administrator are not on everybody's PATH.
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
PROGRAMS = {
    "clamd": ("TEST_CLAMD", packages.CLAMD),
    "redis-server": ("TEST_REDIS", packages.REDIS),
}
"""By name: the setting that names another, and the packages it comes in."""


def on_path(name: str) -> str | None:
    found = shutil.which(name, path=PLACES)
    return found if found and works(found) else None


@functools.cache
def get(name: str) -> str:
    """The path of a program of this name that runs here.

    Raises SystemExit with what to do when there is none and none could be installed.
    """
    setting, packed = PROGRAMS[name]
    if named := os.environ.get(setting):
        if works(named):
            return named
        raise SystemExit(f"{name}: {setting} names {named}, which does not run")
    if found := on_path(name):
        return found
    packages.install(*packed)
    if found := on_path(name):
        return found
    raise SystemExit(f"{name}: not here; install it, or name it in {setting}")


if __name__ == "__main__":
    print(get(sys.argv[1]))
