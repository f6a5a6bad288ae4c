"""`python -m benchmarks [page|frames|resume|start|throughput|memory|leaving|large|many|devices|finishing|small|signing|server|client|neighbour|audited|archive]`: runs the benchmarks, prints figures, ends with 1 when a limit is missed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    archive,
    audited,
    client,
    devices,
    finishing,
    frames,
    large,
    leaving,
    many,
    memory,
    neighbour,
    page,
    resume,
    server,
    signing,
    small,
    start,
    throughput,
)
from benchmarks.stage import Stage

ALL: dict[str, Callable[[Stage], bool]] = {
    "page": page.run,
    "frames": frames.run,
    "resume": resume.run,
    "start": start.run,
    "throughput": throughput.run,
    "memory": memory.run,
    "leaving": leaving.run,
    "large": large.run,
    "many": many.run,
    "devices": devices.run,
}
ALONE: dict[str, Callable[[], bool]] = {
    "finishing": finishing.run,
    "small": small.run,
    "signing": signing.run,
    "server": server.run,
    "client": client.run,
    "neighbour": neighbour.run,
    "audited": audited.run,
    "archive": archive.run,
}
"""Without a browser."""
PACES = {
    "page": page.PACE,
    "frames": frames.PACE,
    "resume": resume.PACES["return"],
    "leaving": leaving.PACE,
    "devices": devices.PACE,
}
ROOMS = {"large": large.ROOM}


def main() -> int:
    wanted = sys.argv[1:] or [*ALL, *ALONE]
    kept = True
    for name in wanted:
        if name in ALONE:
            print(f"== {name}", flush=True)
            kept = ALONE[name]() and kept
            continue
        with (
            tempfile.TemporaryDirectory(prefix="smartupload-bench-") as folder,
            Stage(Path(folder), PACES.get(name), ROOMS.get(name)) as stage,
        ):
            print(f"== {name}", flush=True)
            kept = ALL[name](stage) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
