"""How soon a person's second device and a visitor see what the store has and that a file is ready; and what looking on costs while nothing happens."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import statistics
import time
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
from smartupload_testing.browser.devtools import DevTools
from smartupload_testing.browser.page import CARD, INPUT
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import outage, wait_for

from benchmarks.stage import Stage
from smartupload.service.owner import COOKIE

SIZE = 64 * MIB
ROUNDS = 3
PACE = 8e6
"""Bytes/s of the line while it is measured."""
CRAWL = 64e3
"""Bytes/s while everybody takes their seat."""
LIMIT = 2.0
ON_THE_LINE = "first device's own percentage"
IDLE = 30
IDLE_LIMIT = 4.0
"""Percent of a core."""

ARRIVED = ("verifying", "scanning", "ready")
ROW, SHARED = "[data-testid=file-row]", "[data-testid=shared-file]"
# What a page shows of a file, each change with its moment.
WATCH = """
window.seen = []
const look = () => {
    const one = [...document.querySelectorAll('WHERE')].find(one => one.textContent.includes(window.wanted ?? 'NAME'))
    if (!one) return
    const bar = one.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? one.textContent.match(/(\\d+) %/)?.[1]
    const said = {state: one.dataset.state, percent: Number(bar ?? 0)}
    const last = window.seen.at(-1)
    if (last?.state !== said.state || last?.percent !== said.percent) window.seen.push({at: Date.now() / 1000, ...said})
}
new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true, characterData: true})
"""


@dataclass
class Seat:
    """A tab in which somebody looks on."""

    tools: DevTools
    where: str

    def begin(self, name: str) -> None:
        self.tools.evaluate(f"void (window.wanted = {json.dumps(name)}, window.seen = [])")

    def seen(self) -> list[dict[str, Any]]:
        return self.tools.evaluate("window.seen")

    def moment(self, percent: int) -> float:
        """When it showed so much of the file, or that all of it is there. Raises StopIteration while it does not."""
        return next(one["at"] for one in self.seen() if one["percent"] >= percent or one["state"] in ARRIVED)

    def ready(self) -> float:
        return next(one["at"] for one in self.seen() if one["state"] == "ready")

    def shows(self, *states: str) -> bool:
        return any(one["state"] in states for one in self.seen())


class Audience:
    """The person's second browser with the first page and with Files, and a visitor's; each with a store and cookies of its own."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.browser = DevTools(stage.chromium.browser_url)
        self.cookies = {
            one["name"]: one["value"]
            for one in self.browser.send("Storage.getCookies")["cookies"]
            if one["name"] == COOKIE
        }
        second = self._context()
        cookies = [{"name": name, "value": value, "url": stage.server.url} for name, value in self.cookies.items()]
        self.browser.send("Storage.setCookies", cookies=cookies, browserContextId=second)
        self.visitors = self._context()
        self.seats = {"card": self.open(second, "/", CARD), "files": self.open(second, "/files", ROW)}

    def _context(self) -> str:
        return self.browser.send("Target.createBrowserContext")["browserContextId"]

    def open(self, context: str, path: str, where: str) -> Seat:
        # A window of its own: a tab in the background is slowed down by the browser.
        target = self.browser.send("Target.createTarget", url="about:blank", browserContextId=context, newWindow=True)
        tools = self.stage.chromium.tools(target["targetId"])
        tools.send("Page.enable")
        tools.send("Page.addScriptToEvaluateOnNewDocument", source=WATCH.replace("WHERE", where).replace("NAME", ""))
        tools.send("Page.navigate", url=self.stage.server.url + path)
        return Seat(tools, where)

    def close(self) -> None:
        for seat in self.seats.values():
            seat.tools.close()
        self.browser.close()


class Truth:
    """What the store holds and what the database says, asked past the server: its own API would count anew at each question."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.path = stage.server.data / "smartupload.sqlite"
        wait_for(lambda: self._row(name), 30, "the upload to be known")
        self.id, self.token, self.key, self.multipart = self._row(name)
        self.s3 = stage.server.s3()

    def _row(self, name: str) -> Any:
        return self._ask("SELECT id, share_token, key, multipart_id FROM upload WHERE name = ?", name)

    def _ask(self, question: str, value: str) -> Any:
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=10)) as database:
            return database.execute(question, (value,)).fetchone()

    def state(self) -> str:
        return self._ask("SELECT state FROM upload WHERE id = ?", self.id)[0]

    def confirmed(self) -> int:
        """Bytes, at most one page of parts. -1 once the parts have become an object."""
        try:
            answer = self.s3.list_parts(Bucket="smartupload", Key=self.key, UploadId=self.multipart)
        except self.s3.exceptions.ClientError:
            return -1
        return sum({part["PartNumber"]: part["Size"] for part in answer.get("Parts", [])}.values())


def run(stage: Stage) -> bool:
    """Whether the second device and the visitor were never later than the limit, and looking on costs little."""
    delays: dict[str, list[float]] = {}
    audience = Audience(stage)
    try:
        first = Seat(stage.tools, CARD)
        stage.tools.evaluate(f"void (() => {{{WATCH.replace('WHERE', CARD).replace('NAME', '')}}})()")
        for number in range(1, ROUNDS + 1):
            one_round(stage, audience, first, stage.file(SIZE, seed=number), delays)
        kept = idle(stage)
        trip = statistics.median(round_trips(stage.server.url, audience.cookies))
    finally:
        audience.close()
    line = delays.pop(ON_THE_LINE)
    own = statistics.median(delays.pop("first: ready"))
    print(
        f"one question to the server takes {trip * 1000:.0f} ms; the first device says ready {own:.2f} s after the server"
    )
    print(
        f"{ON_THE_LINE}, which has the bytes on the line in it, is on the second's card after {statistics.median(line):.2f} s,"
        f" at most {max(line):.2f} s: only whole parts are in the store"
    )
    for what, found in delays.items():
        middle, largest = statistics.median(found), max(found)
        beside = f"{middle / trip:.0f} times one question"
        print(f"{what}: median {middle:.2f} s, largest {largest:.2f} s of {len(found)} (at most {LIMIT}), {beside}")
        kept = kept and largest <= LIMIT
    return kept


def one_round(stage: Stage, audience: Audience, first: Seat, file: Original, delays: dict[str, list[float]]) -> None:
    """One upload under everybody's eyes."""
    stage.server.line.shape(CRAWL)
    for seat in (first, *audience.seats.values()):
        seat.begin(file.name)
    stage.tools.pick(INPUT, file.path)
    truth = Truth(stage, file.name)
    visitor = audience.open(audience.visitors, f"/f/{truth.token}", SHARED)
    seats = audience.seats | {"visitor": visitor}
    for name, seat in seats.items():
        wait_for(lambda seat=seat: seat.shows("uploading"), 60, f"{name} to show it")
    stage.server.line.shape(PACE)
    growths, ready = watched(truth)
    for seat in (first, *seats.values()):
        wait_for(lambda seat=seat: seat.shows("ready"), 60, f"{seat.where} to say ready")
    last = growths[-1][0]
    shown = [(one["at"], one["percent"]) for one in first.seen() if one["state"] == "uploading" and one["at"] < last]
    delays.setdefault(ON_THE_LINE, []).extend(max(0.0, seats["card"].moment(percent) - at) for at, percent in shown)
    for name, seat in seats.items():
        late = [max(0.0, seat.moment(min(99, done * 100 // SIZE)) - at) for at, done in growths]
        delays.setdefault(f"{name}: progress", []).extend(late)
        delays.setdefault(f"{name}: ready", []).append(max(0.0, seat.ready() - ready))
    delays.setdefault("first: ready", []).append(max(0.0, first.ready() - ready))
    visitor.tools.close()


def watched(truth: Truth) -> tuple[list[tuple[float, int]], float]:
    """The moment of each growth of what the store has, and of `ready`: the last at which it was not yet so."""
    growths: list[tuple[float, int]] = []
    before, known = time.time(), truth.confirmed()
    while known >= 0:
        at = time.time()
        found = truth.confirmed()
        if found > known:
            growths.append((before, found))
        known, before = found, at
        outage(0.05)
    while truth.state() != "ready":
        before = time.time()
        outage(0.01)
    return growths, before


def idle(stage: Stage) -> bool:
    """Whether the server rests while everybody's tabs stay open and nothing goes on."""
    assert stage.server.process is not None
    outage(5)
    programs = {"server": psutil.Process(stage.server.process.pid), "store": stage.server.store}
    before = {name: used(process) for name, process in programs.items()}
    outage(IDLE)
    shares = {name: (used(process) - before[name]) / IDLE * 100 for name, process in programs.items()}
    print(f"idle with open tabs: {json.dumps({name: round(share, 1) for name, share in shares.items()})} % of a core")
    return shares["server"] <= IDLE_LIMIT


def used(process: psutil.Process | None) -> float:
    """Seconds on a processor."""
    assert process is not None
    times = process.cpu_times()
    return times.user + times.system


def round_trips(url: str, cookies: dict[str, str]) -> list[float]:
    found: list[float] = []
    with httpx.Client(base_url=url, cookies=cookies, timeout=60) as client:
        for _ in range(20):
            began = time.monotonic()
            client.get("/api/uploads").raise_for_status()
            found.append(time.monotonic() - began)
    return found
