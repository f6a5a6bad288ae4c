"""Gets Debian's packages of programs that tests start: `python -m scripts.packages` gets all of them.

`make setup-dev` begins it beside everything else, since it waits for the line more than it works. Nothing of them is started by the system.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CLAMD = ("clamav-daemon",)
REDIS = ("redis-server",)
CEPH = ("ceph-mon", "ceph-osd", "radosgw")
_LOCK = Path(tempfile.gettempdir()) / "smartupload-packages.lock"
"""Two that install at the same time would get in each other's way, and apt itself does not wait."""


def can_install() -> bool:
    """Whether this is a system with Debian's packages, and who runs it may install them."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def install(*names: str) -> None:
    """Raises nothing: what is not there then is missed by who needs it, and why stands in the errors."""
    if not can_install():
        return
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if all(_is_installed(name) for name in names):
            return
        refresh()
        _apt("install", "-y", "-qq", "--no-install-recommends", *names)


def refresh() -> None:
    """The list of what there is: a machine that was just made has none."""
    _apt("update", "-qq")


def _is_installed(name: str) -> bool:
    done = subprocess.run(["dpkg", "-s", name], capture_output=True, text=True, check=False)
    return "Status: install ok installed" in done.stdout


def _apt(*arguments: str) -> None:
    # A package must not ask anything, and nothing of it needs to run: the tests start their own.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    command = ["apt-get", *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=600, check=False, env=environment, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"packages: {error}", file=sys.stderr)
        return
    if done.returncode:
        print(f"packages: `{' '.join(command)}` did not work:\n{done.stderr[-600:]}", file=sys.stderr)


if __name__ == "__main__":
    install(*CLAMD, *REDIS, *CEPH)
