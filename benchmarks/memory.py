"""How much memory the browser's processes and the Python process take during a 2 GiB upload, over what they take at rest."""

from __future__ import annotations

import statistics
import threading

from smartupload_testing.files import MIB
from smartupload_testing.wait import outage

from benchmarks.stage import Stage, over

SIZE = 2048 * MIB
LIMITS = {"browser": 150 * MIB, "server": 50 * MIB}
REST_SECONDS = 8
EVERY = 0.3


class Sampler:
    """Takes the memory of each program again and again while the block runs."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.samples: dict[str, list[float]] = {name: [] for name in LIMITS}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._done.is_set():
            processes = self.stage.processes()
            for name, values in self.samples.items():
                values.append(over(processes[name], proportional))
            self._done.wait(EVERY)


def proportional(process) -> float:
    """The proportional set size: shared pages count for each process in its part. RSS where there is none."""
    info = process.memory_full_info()
    return getattr(info, "pss", info.rss)


def run(stage: Stage) -> bool:
    """Whether both limits are kept."""
    # A first small upload, so that what is loaded once does not count as growth.
    warm = stage.file(16 * MIB, seed=1)
    stage.upload(warm)
    file = stage.file(SIZE, seed=2)
    with Sampler(stage) as rest:
        outage(REST_SECONDS)
    with Sampler(stage) as busy:
        took = stage.upload(file, seconds=600)
    stage.verify(file)
    print(f"{SIZE / MIB:.0f} MiB in {took:.1f} s, {len(busy.samples['browser'])} samples")
    kept = True
    for name, limit in LIMITS.items():
        idle = statistics.median(rest.samples[name])
        peak = max(busy.samples[name])
        growth = peak - idle
        kept = kept and growth < limit
        print(
            f"{name}: {idle / MIB:.0f} MiB at rest, at most {peak / MIB:.0f} MiB, grows by {growth / MIB:.0f} (below {limit / MIB:.0f})"
        )
    return kept
