"""What a process is called in the leases that it takes, and whether the one of a name is dead for certain."""

from __future__ import annotations

import itertools
import os
import socket

import psutil

_numbers = itertools.count(1)


def new_name() -> str:
    """A name that nobody else has or had: machine, process, when that one began, and a number within it."""
    return f"{socket.gethostname()}:{os.getpid()}:{psutil.Process().create_time():.2f}:{next(_numbers)}"


def is_dead(name: str) -> bool:
    """Whether the process of this name was on this machine and is no more; False when that cannot be known here."""
    try:
        host, pid, began, _ = name.rsplit(":", 3)
        if host != socket.gethostname():
            return False
        return abs(psutil.Process(int(pid)).create_time() - float(began)) > 1
    except psutil.NoSuchProcess:
        return True
    except (ValueError, psutil.Error):
        return False
