"""How soon a killed browser that is opened again sends the first new byte, and how much goes twice."""

from __future__ import annotations

import time

from smartupload_testing.browser.page import BOOTED, CARD, INPUT
from smartupload_testing.files import MIB
from smartupload_testing.wait import wait_for

from benchmarks.stage import Stage

SIZE = 1024 * MIB
PACES = {"return": 80 * MIB, "continues": 100e6 / 8}
"""Bytes/s of the line for each promise of the card: a fast line is not worth a handover."""
FORMS = MIB
"""Bytes that the fields of all its forms have at most: each is some hundred bytes longer than its part."""
LIMIT = 2.0
"""Seconds from the opening of the page to the first new byte."""
LEAVE = f"document.querySelector('{CARD} [data-testid=leave]')?.dataset.leave"


def run(stage: Stage) -> bool:
    """Whether both limits are kept."""
    kept = True
    for seed, promise in enumerate(PACES, 1):
        kept = killed_at_half(stage, promise, seed) and kept
    return kept


def killed_at_half(stage: Stage, promise: str, seed: int) -> bool:
    """Whether the first new byte comes soon enough and no more than what was in flight goes twice."""
    line = stage.server.line
    # A killed browser has only written down cookies that are older than 30 s: it is closed once before.
    stage.close_browser()
    stage.start_browser()
    stage.open()
    line.reset()
    line.shape(PACES[promise])
    file = stage.file(SIZE, seed)
    stage.tools.pick(INPUT, file.path)
    wait_for(lambda: stage.tools.evaluate(LEAVE) == promise, 60, f"the card to say {promise}")
    wait_for(lambda: line.received + line.posted > SIZE // 2, 120, "half of it sent")
    stage.chromium.kill()
    flying = line.unconfirmed
    sent = line.received + line.posted

    stage.start_browser()
    opened = time.monotonic()
    stage.tools = stage.chromium.tools(stage.chromium.open_tab(stage.server.url))
    wait_for(lambda: line.received + line.posted > sent, 60, "the first new byte", every=0.01)
    first = time.monotonic() - opened
    wait_for(lambda: stage.tools.evaluate(BOOTED), 30, "the page to take files")

    def ready() -> bool:
        return any(one["name"] == file.name and one["state"] == "ready" for one in stage.uploads())

    wait_for(ready, 300, "the file to be ready", every=0.5)
    twice = line.received + line.posted - line.repeated - SIZE
    stage.verify(file)
    print(
        f"{promise}: first new byte {first:.2f} s after the page was opened (at most {LIMIT}), "
        f"sent twice {twice / MIB:.1f} MiB of {flying / MIB:.1f} in flight, "
        f"and {line.repeated / MIB:.1f} by Chromium itself, which begins anew what is on its way 30 s after a page was loaded"
    )
    return first <= LIMIT and twice <= flying + FORMS
