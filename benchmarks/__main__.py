"""`python -m benchmarks [page|resume|start|throughput|memory|leaving|large|many|devices|finishing]`: runs the benchmarks, prints figures, ends with 1 when a limit is missed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import devices, finishing, large, leaving, many, memory, page, resume, start, throughput
from benchmarks.stage import Stage

ALL: dict[str, Callable[[Stage], bool]] = {
    "page": page.run,
    "resume": resume.run,
    "start": start.run,
    "throughput": throughput.run,
    "memory": memory.run,
    "leaving": leaving.run,
    "large": large.run,
    "many": many.run,
    "devices": devices.run,
}
PACES = {"page": page.PACE, "resume": resume.PACES["return"], "leaving": leaving.PACE, "devices": devices.PACE}
ROOMS = {"large": large.ROOM}


def main() -> int:
    wanted = sys.argv[1:] or [*ALL, "finishing"]
    kept = True
    for name in wanted:
        if name == "finishing":
            print(f"== {name}", flush=True)
            finishing.run()
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
