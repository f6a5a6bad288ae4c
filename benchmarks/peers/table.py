"""Medians and spread of measured runs, as Markdown tables."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Any

Line = dict[str, Any]
COLUMNS = {
    "seconds": "seconds",
    "utilisation": "line use",
    "cpu_s": "CPU client",
    "server_cpu_s": "CPU servers",
    "pss_mb": "memory MB",
    "wire_mb": "on the wire MB",
    "longtasks_ms": "long tasks ms",
    "ready_after_s": "last byte to ready s",
}
CROWD = {
    "stored_s": "all stored s",
    "seconds": "all done s",
    "client_ms": "CPU client ms a file",
    "server_ms": "CPU server ms a file",
    "cpu_s": "CPU client",
    "server_cpu_s": "CPU servers",
    "pss_mb": "memory MB",
    "longtasks_ms": "long tasks ms",
    "longtask_max_ms": "longest ms",
}
MOST_NOISE = 0.2


def cell(values: list[float]) -> str:
    """The median, and the range where runs differ."""
    if not values:
        return ""
    low, high = min(values), max(values)
    return f"{statistics.median(values):.4g}" + (f" ({low:.4g}–{high:.4g})" if low != high else "")


Groups = dict[tuple[str, int], dict[str, list[Line]]]


def grouped(lines: Iterable[Line]) -> Groups:
    """The runs of each peer, for each line and size."""
    groups: Groups = {}
    for line in lines:
        groups.setdefault((line["setting"], line["bytes"]), {}).setdefault(line["peer"], []).append(line)
    return groups


def tables(lines: Iterable[Line]) -> str:
    """One table for each line and size, the fastest peer first; `*` marks peers of which a run was disturbed."""
    return "\n".join(table(setting, size, peers) for (setting, size), peers in grouped(lines).items())


def plot_name(setting: str, size: int) -> str:
    """The file of the plot of one line and size."""
    return f"{setting.replace('/', '-')}-{size >> 20}.svg"


def title_of(setting: str, size: int) -> str:
    """A number of files says how large they are."""
    return setting if "x" in setting else f"{setting}, {size >> 20} MiB"


def is_measured(line: Line, name: str) -> bool:
    """Memory is sampled once a second, so a shorter run says only what there was before it."""
    return line.get(name) is not None and (name != "pss_mb" or line["seconds"] >= 1)


def table(setting: str, size: int, peers: dict[str, list[Line]]) -> str:
    """The table of one line and size."""
    rows: list[tuple[float, str]] = []
    columns = CROWD if any("stored_s" in line for lines in peers.values() for line in lines) else COLUMNS
    for peer, lines in peers.items():
        good = [line for line in lines if "error" not in line]
        disturbed = "*" if any(line.get("noise", 0) > MOST_NOISE for line in good) else ""
        cells = [cell([line[name] for line in good if is_measured(line, name)]) for name in columns]
        first = statistics.median(line["seconds"] for line in good) if good else float("inf")
        rows.append((first, f"| {peer}{disturbed} | {len(good)} of {len(lines)} | {' | '.join(cells)} |"))
    head = f"| peer | runs | {' | '.join(columns.values())} |\n|---|{'---:|' * (len(columns) + 1)}"
    title = title_of(setting, size)
    image = f"![Seconds of each peer, {title}](performance/{plot_name(setting, size)})\n"
    return "\n".join([f"### {title}\n", image, head, *(row for _, row in sorted(rows)), ""])


def between(document: str, text: str) -> str:
    """The document with a text between its two markers."""
    head, start, rest = document.partition("<!-- results -->\n")
    _, end, tail = rest.partition("<!-- /results -->")
    if not start or not end:
        raise ValueError("the document has no markers for results")
    return f"{head}{start}{text}{end}{tail}"
