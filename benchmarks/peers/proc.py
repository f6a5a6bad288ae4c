"""Programs of this room, and CPU time and memory of process trees, read from /proc."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

from benchmarks.peers import ROOT

_TICK, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


def started(module: str, *args: str) -> subprocess.Popen[str]:
    """A module as a program, once it has said that it is ready."""
    command = [sys.executable, "-m", module, *args]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    if process.stdout.readline().strip() != "ready":
        process.kill()
        process.wait()
        raise RuntimeError(f"{module} did not start")
    return process


def _all() -> dict[int, tuple[int, float, int]]:
    """pid -> (parent, CPU seconds, resident bytes)"""
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as f:
                    fields = f.read().rpartition(b")")[2].split()
            except OSError:
                continue
            found[int(name)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICK, int(fields[21]) * _PAGE)
    return found


def _tree(pid: int, processes: dict) -> set[int]:
    tree, more = set(), {pid}
    while more:
        tree |= more
        more = {p for p, (parent, _, _) in processes.items() if parent in more} - tree
    return tree


def busy_seconds() -> float:
    """CPU seconds all processes and the kernel have used since boot."""
    with open("/proc/stat") as f:
        user, nice, system, _, _, irq, softirq, steal = map(int, f.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / _TICK


def cpu_of(pid: int) -> float:
    """CPU seconds of one process; its children have meters of their own."""
    return _all()[pid][1]


class Tree:
    """A process and its descendants: CPU seconds used since it was made, and the peak of their summed memory.

    Resident memory counts a page that two processes share twice; PSS, sampled once a second, counts it once.
    """

    def __init__(self, pid: int, interval: float = 0.1):
        self.pid, self.interval = pid, interval
        self.cpu: dict[int, float] = {}
        self.peak_rss = self.peak_pss = 0
        self._next_pss = 0.0
        self._stop = threading.Event()
        self._sample()
        self._base, self.idle_rss, self.idle_pss = sum(self.cpu.values()), self.peak_rss, self.peak_pss
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _sample(self) -> None:
        processes = _all()
        live = [p for p in _tree(self.pid, processes) if p in processes]
        for p in live:
            self.cpu[p] = processes[p][1]
        self.peak_rss = max(self.peak_rss, sum(processes[p][2] for p in live))
        if time.monotonic() >= self._next_pss:
            self._next_pss = time.monotonic() + 1
            self.peak_pss = max(self.peak_pss, sum(map(_pss, live)))

    def _run(self) -> None:
        while not self._stop.wait(self.interval):
            self._sample()

    def close(self) -> Tree:
        self._stop.set()
        self._thread.join()
        self._sample()
        return self

    @property
    def cpu_s(self) -> float:
        return sum(self.cpu.values()) - self._base


def _pss(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup") as f:
            return next((int(line.split()[1]) * 1024 for line in f if line.startswith("Pss:")), 0)
    except OSError:
        return 0
