"""Whether the page stays alive with ten thousand files in it: frames, long tasks and nodes while it sends and while somebody scrolls, beside a blank page of the same browser."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path
from typing import Any

from smartupload_testing.browser.page import CARD, ZONE
from smartupload_testing.wait import wait_for

from benchmarks.stage import Stage

COUNTS = tuple(int(count) for count in os.environ.get("FILES", "1000 10000").split())
LEAST, MOST = 5, 64 * 1024
"""Bytes of a file: most of them are small, as in a folder of sources."""
SENDING, SCROLLING = 15.0, 5.0
"""Seconds that are looked at."""
FRAME = 20.0
"""ms between two frames, of which 95 % are not longer; or half as much again as in the blank page, where this machine gives no more."""
BESIDE = 1.5
TASKS = 200.0
"""ms that all tasks of more than 50 ms take together, beyond what they take in a blank page that is given the same files."""
NODES = 3000
PACE = 400e6
"""Bytes/s of the line: there to be cut, no limit."""

WATCH = """(() => {
    const seen = window.seen = {frames: [], tasks: [], at: 0}
    new PerformanceObserver(list => seen.tasks.push(...list.getEntries().map(entry => entry.duration))).observe({type: 'longtask'})
    const frame = now => {
        if (seen.at) seen.frames.push(now - seen.at)
        seen.at = now
        requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
})()"""
TAKE = """(() => {
    const {frames, tasks} = window.seen
    Object.assign(window.seen, {frames: [], tasks: []})
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL)
    let nodes = 0
    while (walker.nextNode()) nodes += 1
    return {frames, tasks, nodes, cards: document.querySelectorAll('CARD').length}
})()""".replace("CARD", CARD)
TAKES_DROPS = """(() => {
    addEventListener('dragover', event => event.preventDefault())
    addEventListener('drop', event => { event.preventDefault(); window.dropped = event.dataTransfer.files.length })
})()"""
SCROLLER = "(document.querySelector('[data-scrolls]') ?? document.scrollingElement)"
"""What a person scrolls: the list of the files that were given together, else the page."""


def run(stage: Stage) -> bool:
    """Whether the limits are kept."""
    kept = True
    chance = random.Random(1)
    for count, loose in [(count, loose) for count in COUNTS for loose in (True, False)]:
        folder = stage.folder / f"{count:,} files".replace(",", " ")
        folder.mkdir()
        files = [made(folder / f"note-{number:05}.txt", chance) for number in range(count)]
        # Somebody new each time, with an empty list, whose page has come to rest.
        stage.close_browser()
        shutil.rmtree(stage.chromium.profile)
        stage.start_browser()
        stage.open()
        stage.tools.evaluate("new Promise(done => requestIdleCallback(done))")
        given = files if loose else [folder]
        # The browser itself takes its time to hand over thousands of files.
        handed = beside(stage, given)
        stage.tools.send("Page.bringToFront")
        stage.tools.evaluate(WATCH)
        stage.tools.drop(ZONE, *given)
        sending = looked_at(stage, SENDING)
        unfold(stage)
        stage.tools.evaluate(TAKE)
        scrolling = scrolled(stage)
        blank = beside(stage, [])
        which = f"{count:,} files{'' if loose else ' in a folder'}"
        kept = said(which, "sending", sending, blank | {"tasks": handed["tasks"]}) and kept
        kept = said(which, "scrolling", scrolling, blank) and kept
        shutil.rmtree(folder)
    return kept


def made(path: Path, chance: random.Random) -> Path:
    path.write_bytes(chance.randbytes(int(LEAST * (MOST / LEAST) ** chance.random())))
    return path


def looked_at(stage: Stage, seconds: float) -> dict[str, Any]:
    """What was seen in the page in so many seconds."""
    time.sleep(seconds)
    return stage.tools.evaluate(TAKE)


def unfold(stage: Stage) -> None:
    """Show the list of the files, where there is something to unfold."""
    stage.tools.evaluate("document.querySelector('[data-testid=group-unfold][aria-expanded=false]')?.click()")
    wait_for(lambda: stage.tools.evaluate(f"document.querySelectorAll('{CARD}').length"), 30, "the list of the files")


def scrolled(stage: Stage) -> dict[str, Any]:
    """What was seen while the list went by, in the pace of a person who flings it."""
    stage.tools.evaluate(
        f"""new Promise(done => {{
            const until = performance.now() + {SCROLLING * 1000}
            const step = () => {{
                {SCROLLER}.scrollTop += 60
                if (performance.now() < until) requestAnimationFrame(step)
                else done()
            }}
            step()
        }})""",
    )
    return stage.tools.evaluate(TAKE)


def beside(stage: Stage, files: list[Path]) -> dict[str, Any]:
    """The same of a blank page on which these files are dropped, while the engine sends what it has: what this machine gives just now."""
    tools = stage.chromium.tools(stage.chromium.open_tab("about:blank"))
    try:
        tools.send("Page.bringToFront")
        tools.evaluate(f"{TAKES_DROPS}; {WATCH}")
        if files:
            tools.drop("html", *files)
            wait_for(lambda: tools.evaluate("window.dropped"), 60, "the files to be dropped")
        time.sleep(SCROLLING)
        return tools.evaluate(TAKE)
    finally:
        tools.send("Page.close")
        tools.close()


def said(files: str, what: str, seen: dict[str, Any], blank: dict[str, Any]) -> bool:
    """Prints the figures; whether the limits are kept."""
    frame, at_best = p95(seen["frames"]), p95(blank["frames"])
    tasks, others = sum(seen["tasks"]), sum(blank["tasks"])
    print(
        f"{files}, {what}: 95 % of the frames within {frame:.0f} ms (blank page {at_best:.0f}), "
        f"long tasks {tasks:.0f} ms (blank page {others:.0f}, at most {TASKS:.0f} beyond), "
        f"{seen['nodes']:,} nodes (at most {NODES:,}), {seen['cards']:,} cards",
        flush=True,
    )
    return frame <= max(FRAME, BESIDE * at_best) and tasks - others <= TASKS and seen["nodes"] <= NODES


def p95(frames: list[float]) -> float:
    return sorted(frames)[int(len(frames) * 0.95)] if frames else float("inf")
