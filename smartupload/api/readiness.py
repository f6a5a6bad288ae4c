"""When the app says that it can do its work: one probe of everything at a time, its answer kept for a moment, however many ask."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future

from smartupload.errors import Problem, ScannerFault
from smartupload.service.context import Context

OK, OFF = "ok", "off"
KEPT = 2.0
"""Seconds for which an answer is given again: anybody may ask, and each probe costs a connection to every server."""
PATIENCE = 5.0
"""Seconds that a caller waits. What has not answered by then is said not to; the probe itself goes on, and no other begins."""


class Readiness:
    """The last probe, and the one that runs."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._guard = threading.Lock()
        self._probe: _Probe | None = None

    async def checks(self, ctx: Context) -> Mapping[str, str]:
        """What each part answered: `ok`, `off`, or what is wrong with it."""
        with self._guard:
            probe = self._probe
            if probe is None or (probe.done.done() and self._now() - probe.began >= KEPT):
                probe = self._probe = _Probe(ctx, self._now())
                threading.Thread(target=probe.run, name="readiness", daemon=True).start()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(probe.done)), PATIENCE)
        silent = f"does not answer within {PATIENCE:g} seconds"
        return {name: probe.answers.get(name, silent) for name in PROBES}


class _Probe:
    def __init__(self, ctx: Context, began: float) -> None:
        self.began = began
        self.answers: dict[str, str] = {}
        self.done: Future[None] = Future()
        self._ctx = ctx

    def run(self) -> None:
        """Ask them all at the same time: one that hangs says nothing of the others."""
        threads = [threading.Thread(target=self._ask, args=(name,), daemon=True) for name in PROBES]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.done.set_result(None)

    def _ask(self, name: str) -> None:
        try:
            self.answers[name] = PROBES[name](self._ctx)
        except Problem as problem:
            self.answers[name] = problem.detail
        except Exception as error:
            self.answers[name] = f"does not answer: {type(error).__name__}"


def _database(ctx: Context) -> str:
    ctx.db.ping()
    return OK if ctx.db.has_room() else "its disk is full: what is to be written waits"


def _store(ctx: Context) -> str:
    ctx.store.ping()
    return next((trouble.what for trouble in ctx.store.troubles if trouble.stops), OK)


def notes(ctx: Context) -> Sequence[str]:
    """What whoever runs the site is to mend although everything works."""
    with contextlib.suppress(Problem):
        return [trouble.what for trouble in ctx.store.troubles if not trouble.stops]
    return []


def _scanner(ctx: Context) -> str:
    """Off where nothing is scanned; where something is, nothing is published without it."""
    if not ctx.settings.scans:
        return OFF
    if ctx.scanner is None:
        return "there is none, so nothing is published"
    try:
        ctx.scanner.ping()
    except ScannerFault as fault:
        return f"does not answer, so nothing is published: {fault}"
    return OK


def _finishing(ctx: Context) -> str:
    return (ctx.finisher.trouble() or OK) if ctx.finisher is not None else OFF


PROBES: Mapping[str, Callable[[Context], str]] = {
    "database": _database,
    "store": _store,
    "scanner": _scanner,
    "finishing": _finishing,
}
