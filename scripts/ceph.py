"""Finds Ceph's programs for the tests, or gets them, and prints where they are: `python scripts/ceph.py`.

Tried in turn: the folder $TEST_CEPH, what is on PATH, Debian's packages. They are started by the tests alone, as one small cluster in memory.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys

PROGRAMS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
PACKAGES = ("ceph-mon", "ceph-osd", "radosgw")


def found(places: str) -> dict[str, str] | None:
    """Each program's path; None unless all are there."""
    there = {name: shutil.which(name, path=places) or "" for name in PROGRAMS}
    return there if all(there.values()) else None


def attempt(*command: str) -> bool:
    # A package must not ask anything, and nothing of it needs to run.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=600, check=False, env=environment, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"ceph: {command[0]}: {error}", file=sys.stderr)
        return False
    if done.returncode:
        print(f"ceph: `{' '.join(command)}` did not work:\n{done.stderr[-600:]}", file=sys.stderr)
    return done.returncode == 0


@functools.cache
def get() -> dict[str, str]:
    """The path of each program. Raises SystemExit with what to do when they are not here and could not be installed."""
    if named := os.environ.get("TEST_CEPH"):
        if there := found(named):
            return there
        raise SystemExit(f"ceph: TEST_CEPH names {named}, which has not all of {', '.join(PROGRAMS)}")
    places = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    if there := found(places):
        return there
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempt("apt-get", "update", "-qq")
        if attempt("apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES) and (
            there := found(places)
        ):
            return there
    raise SystemExit(f"ceph: not here; install {', '.join(PACKAGES)}, or name the folder of its programs in TEST_CEPH")


if __name__ == "__main__":
    print("\n".join(get().values()))
