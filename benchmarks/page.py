"""How soon the cards are on the screen, beside a plain row of the same page, and how long the page is busy while it sends 1 GiB."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from smartupload_testing.browser.page import CARD, INPUT, ZONE
from smartupload_testing.files import MIB, make_file, make_sparse_file
from smartupload_testing.wait import wait_for

from benchmarks.stage import Stage

TOGETHER = "[data-testid=group-card]"
"""One for all files that were given together."""
LARGE = 2048 * MIB
MANY = 1000
SENT = 1024 * MIB
FIRST_CARD = {"picked": 2.0, "dropped": 2.0, "a thousand": 4.0}
"""Times a plain row, which comes with the first frame that the browser draws after the choice."""
PACE = 400e6
"""Bytes/s of the line: there to be cut, no limit."""
BUSY = 0.01
"""Of the time it sends, what tasks take beyond their first 50 ms each."""

# The first moment at which so many of them are on the screen, counted from the choice of the files.
SEEN = """(() => {
    const seen = window.seen = {given: 0, first: 0, all: 0, plain: 0}
    const given = () => {
        if (seen.given) return
        seen.given = performance.now()
        const row = document.body.appendChild(document.createElement('p'))
        row.textContent = 'a plain row'
        requestAnimationFrame(() => setTimeout(() => { seen.plain = performance.now(); row.remove() }))
    }
    addEventListener('drop', given, {capture: true})
    addEventListener('change', given, {capture: true})
    const look = () => {
        const count = document.querySelectorAll('CARD').length
        if (!count) return
        // The frame after the next one has them on the screen.
        const note = key => requestAnimationFrame(() => setTimeout(() => { seen[key] ||= performance.now() }))
        if (!seen.first) note('first')
        if (count >= WANTED) note('all')
    }
    new MutationObserver(look).observe(document.documentElement, {subtree: true, childList: true})
})()"""

LONG_TASKS = """(() => {
    window.tasks = []
    new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(entry => entry.duration)))
        .observe({type: 'longtask'})
})()"""


def run(stage: Stage) -> bool:
    """Whether the limits are kept."""
    kept = responsive(stage)
    large = make_sparse_file(stage.folder / "large.bin", LARGE)
    notes = [make_file(stage.folder / f"note-{number:04}.txt", 10 * 1024, number).path for number in range(MANY)]
    ways: dict[str, tuple[int, Callable[[], None]]] = {
        "picked": (1, lambda: stage.tools.pick(INPUT, large)),
        "dropped": (1, lambda: stage.tools.drop(ZONE, large)),
        "a thousand": (1, lambda: stage.tools.drop(ZONE, *notes)),
    }
    for way, (wanted, give) in ways.items():
        # Somebody new each time, with an empty list, whose page has come to rest, and a line that takes nothing.
        stage.close_browser()
        shutil.rmtree(stage.chromium.profile)
        stage.start_browser()
        stage.open()
        stage.server.line.cut()
        stage.tools.evaluate("new Promise(done => requestIdleCallback(done))")
        first, every, plain = cards(stage, wanted, give)
        ratio = first / plain
        kept = kept and ratio <= FIRST_CARD[way]
        print(
            f"{way}: first card after {first:.0f} ms, {ratio:.1f} times a plain row (at most {FIRST_CARD[way]}), "
            f"all {wanted} after {every:.0f} ms"
        )
    return kept


def cards(stage: Stage, wanted: int, give: Callable[[], None]) -> tuple[float, float, float]:
    """Milliseconds until the first card, the whole list and a plain row are on the screen."""
    stage.tools.evaluate(SEEN.replace("WANTED", str(wanted)).replace("CARD", f"{CARD}, {TOGETHER}"))
    give()
    seen = wait_for(lambda: (s := stage.tools.evaluate("window.seen"))["all"] and s, 60, f"{wanted} cards")
    return seen["first"] - seen["given"], seen["all"] - seen["given"], seen["plain"] - seen["given"]


def responsive(stage: Stage) -> bool:
    """Whether the page has its hands free while it sends; what tasks take beyond 50 ms is what a person can notice."""
    file = stage.file(SENT, seed=1)
    stage.tools.evaluate(LONG_TASKS)
    took = stage.upload(file)
    tasks = stage.tools.evaluate("window.tasks")
    stage.verify(file)
    busy = sum(task - 50 for task in tasks) / 1000
    print(
        f"{SENT / MIB:.0f} MiB in {took:.1f} s: {len(tasks)} tasks over 50 ms, {busy / took:.2%} of the time beyond that (at most {BUSY:.0%})"
    )
    return busy / took <= BUSY
