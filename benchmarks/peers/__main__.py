"""`make bench PEERS=1 [ONLY=50/40/0] [PEER=uppy5,smartupload] [RUNS=5]`: appends results, writes their tables into docs/performance.md."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from benchmarks.peers import ROOT, WORK
from benchmarks.peers.catalog import PEERS
from benchmarks.peers.crowd import crowd_of, random_files, run_crowd
from benchmarks.peers.install import install
from benchmarks.peers.measure import Setting, one_run
from benchmarks.peers.plot import bars
from benchmarks.peers.table import Line, between, grouped, plot_name, tables, title_of

# From a line (Mbit/s, ms there and back, percent lost on the way up) to the size of its file in MiB.
# A number of small files goes over loopback.
SIZES = {
    "1000x64KiB": 0,
    "loopback": 1024,
    "20/40/0": 64,
    "50/40/0": 128,
    "500/10/0": 256,
    "50/40/0.5": 200,
    "50/40/1": 200,
}


def chosen(name: str, known: dict[str, object]) -> list[str]:
    """The names in a variable, parted by commas; all without it."""
    names = [word for word in os.environ.get(name, "").split(",") if word] or list(known)
    if unknown := {one for one in names if one not in known and not crowd_of(one)}:
        sys.exit(f"{name}: unknown {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    return names


def random_file(mib: int) -> str:
    """A file of random bytes, read once so that it lies in memory."""
    path = Path(WORK) / f"random-{mib}MiB.bin"
    if not path.exists() or path.stat().st_size != mib << 20:
        with path.open("wb") as file:
            for _ in range(mib):
                file.write(os.urandom(1 << 20))
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass
    return str(path)


def measure(name: str, peers: list[str], runs: int, results: Path) -> None:
    """All runs on one line; peers take turns, so that a slow minute of the machine hits all of them."""
    if crowd := crowd_of(name):
        many, each = crowd
        paths, setting, size = random_files(many, each), Setting("loopback"), many * each
        peers = [peer for peer in peers if PEERS[peer].crowds]
    else:
        mib = int(os.environ.get("MIB") or SIZES[name])
        paths, setting, size = [random_file(mib)], Setting(name), mib << 20
    try:
        for number in range(runs):
            for peer in peers:
                line = {"setting": name, "bytes": size, "peer": peer, "run": number + 1}
                try:
                    line |= run_crowd(setting, PEERS[peer], paths) if crowd else one_run(setting, PEERS[peer], paths[0])
                except Exception as error:
                    line["error"] = f"{type(error).__name__}: {error}"[:300]
                with results.open("a") as file:
                    file.write(json.dumps(line) + "\n")
                print(json.dumps(line), flush=True)
    finally:
        setting.close()


def report(lines: list[Line]) -> None:
    """The tables of the document and its plots."""
    document = Path(ROOT) / "docs" / "performance.md"
    document.write_text(between(document.read_text(), tables(lines)))
    plots = document.with_suffix("")
    plots.mkdir(exist_ok=True)
    for (setting, size), peers in grouped(lines).items():
        seconds = {peer: [run["seconds"] for run in runs if "error" not in run] for peer, runs in peers.items()}
        (plots / plot_name(setting, size)).write_text(bars(f"{title_of(setting, size)}: seconds", seconds))


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers and namespaces go too
    settings, peers = chosen("ONLY", dict(SIZES)), chosen("PEER", dict(PEERS))
    install()
    results = Path(WORK) / "results.jsonl"
    for name in settings:
        if "/" in name and (os.geteuid() != 0 or not os.path.exists("/dev/net/tun")):
            print(f"{name} is left out: a shaped line needs root and /dev/net/tun.")
            continue
        measure(name, peers, int(os.environ.get("RUNS") or 5), results)
    if results.exists():
        report([json.loads(line) for line in results.read_text().splitlines()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
