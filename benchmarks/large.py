"""A file four times as large as what the browser keeps: memory while it goes, closed half-way, one click to go on, byte for byte.

`LARGE_MIB` makes the file smaller, and the browser's room with it; the file lies on this disk twice.
"""

from __future__ import annotations

import os
import statistics
from itertools import pairwise

from smartupload_testing.browser.chromium import always_allow
from smartupload_testing.browser.page import CARD, ZONE
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import outage, wait_for

from benchmarks.memory import Sampler
from benchmarks.stage import Stage

SIZE = int(os.environ.get("LARGE_MIB", str(12 * 1024))) * MIB
ROOM = SIZE // 4
LIMITS = {"browser": 300 * MIB, "server": 50 * MIB}
"""Over what they take at rest; whatever the size of the file."""
REST_SECONDS = 8

# As Chromium answers a site that it has not been asked about since it was started.
NOT_ASKED = "FileSystemHandle.prototype.queryPermission = async () => 'prompt'"
SHOW = "[...document.querySelectorAll('CARD button')].find(one => one.innerText.startsWith('Show me'))".replace(
    "CARD", CARD
)
STATE = f"document.querySelector('{CARD}')?.dataset.state"


def run(stage: Stage) -> bool:
    """Whether memory stays within its limits and nothing that was confirmed goes twice."""
    stage.upload(stage.file(16 * MIB, seed=1))  # what is loaded once does not count as growth
    file = stage.file(SIZE, seed=2)
    with Sampler(stage) as rest:
        outage(REST_SECONDS)
    with Sampler(stage) as busy:
        stage.tools.drop(ZONE, file.path)
        wait_for(lambda: confirmed(stage, file) > SIZE // 2, 1200, "half of it to be confirmed", every=1)
    kept = flat("until it was closed", rest, busy)

    stage.close_browser()
    always_allow(stage.chromium.profile, stage.server.url, file.path)
    stage.start_browser()
    stage.open(NOT_ASKED)
    before = confirmed(stage, file)
    wait_for(lambda: stage.tools.evaluate(f"Boolean({SHOW})"), 60, "the card to ask for its file")
    with Sampler(stage) as busy:
        stage.tools.send("Runtime.evaluate", expression=f"{SHOW}.click()", userGesture=True)
        wait_for(lambda: stage.tools.evaluate(STATE) == "ready", 1200, "the file to be ready", every=1)
    kept = flat("after one click", rest, busy) and kept
    stage.verify(file)
    print(
        f"{SIZE / MIB:.0f} MiB with room for {ROOM / MIB:.0f} MiB; closed with {before / SIZE:.0%} confirmed; byte-exact"
    )
    return kept


def confirmed(stage: Stage, file: Original) -> int:
    return next((one["confirmed_bytes"] for one in stage.uploads() if one["name"] == file.name), 0)


def flat(when: str, rest: Sampler, busy: Sampler) -> bool:
    """Whether no program grew by more than its limit; the medians of four quarters of the time show where it tends to."""
    kept = True
    for name, limit in LIMITS.items():
        idle = statistics.median(rest.samples[name])
        samples = busy.samples[name]
        growth = max(samples) - idle
        kept = kept and growth < limit
        cuts = [len(samples) * quarter // 4 for quarter in range(5)]
        quarters = [statistics.median(samples[a:b]) - idle for a, b in pairwise(cuts)]
        tends = ", ".join(f"{one / MIB:.0f}" for one in quarters)
        print(f"{when}: {name} grows by {growth / MIB:.0f} MiB (below {limit / MIB:.0f}); by quarters {tends}")
    return kept
