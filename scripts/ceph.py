"""Finds Ceph's programs for the tests, or gets them, and prints where they are: `python -m scripts.ceph`.

Tried in turn: the folder $TEST_CEPH, what is on PATH, Debian's packages. They are started by the tests alone, as one small cluster in memory.
"""

from __future__ import annotations

import functools
import os
import shutil

from scripts import packages

PROGRAMS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")


def found(places: str) -> dict[str, str] | None:
    """Each program's path; None unless all are there."""
    there = {name: shutil.which(name, path=places) or "" for name in PROGRAMS}
    return there if all(there.values()) else None


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
    packages.install(*packages.CEPH)
    if there := found(places):
        return there
    raise SystemExit(
        f"ceph: not here; install {', '.join(packages.CEPH)}, or name the folder of its programs in TEST_CEPH"
    )


if __name__ == "__main__":
    print("\n".join(get().values()))
