"""How uploads are finished whatever happens: taken from their rows under a lease, and tried again for as long as it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from queue import SimpleQueue

import structlog
from sqlalchemy.exc import OperationalError

from smartupload.errors import HookFault, ScannerUnavailable, StoreUnavailable
from smartupload.pipeline import processes
from smartupload.pipeline.breaker import Breaker
from smartupload.pipeline.gathering import Gathering, Waiting
from smartupload.pipeline.steps import AFTER, BEFORE, Steps
from smartupload.pipeline.stoppable import Interrupted, Stoppable
from smartupload.pipeline.waiters import Waiters
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, finish, workers
from smartupload.service.finishing.backlog import Taken

log = structlog.get_logger("smartupload.pipeline")

AT_ONCE = 8
"""Uploads that one process works on, each in a thread."""
TAKEN = 64
"""Uploads that one process has at most. Where they are scanned only as many as it works on, since others have time for the rest."""
WAITING_AT_ONCE = 4
"""So many callers may wait for the end; they are threads."""
PASSING = (ScannerUnavailable, StoreUnavailable, OperationalError)
"""What goes by itself: it is tried again."""
SHORTEST, LONGEST, LONGEST_AFTER_A_FAULT = 0.5, 30.0, 600.0
"""Seconds between two tries, doubled each time; the last is for hooks, and for faults that nobody foresaw."""
LOOK_SECONDS = 0.25
"""What became due, or was written or ended by another process, is noticed within this time."""
BEAT_SECONDS = 4.0
"""Between two words that this process lives and keeps what it has taken."""
STOPPING_SECONDS = 5.0
_STILL_SECONDS = 60.0


class Finishing:
    """Finisher over the rows themselves. With `runs` this process works on them, else it only waits for those who do."""

    def __init__(self, ctx: Context, runs: bool = True) -> None:
        self.ctx = ctx if ctx.scanner is None else replace(ctx, scanner=Stoppable(ctx.scanner, self._check))
        self.name = processes.new_name()
        self.runs = runs
        self._stop, self._woken = threading.Event(), threading.Event()
        self._guard = threading.Condition()
        self._held: dict[str, Taken] = {}
        self._done: list[Taken] = []
        self._more = False
        self._left: set[str] = set()
        self._breaker = Breaker(SHORTEST, LONGEST)
        self._jobs = SimpleQueue[Callable[[], None] | None]()
        self._most = AT_ONCE if ctx.settings.scans else TAKEN
        self._gathered = Gathering(self.ctx, self._go_on)
        self._waiters, self._places = Waiters(), threading.Semaphore(WAITING_AT_ONCE)
        self._steps = Steps(self._check, self._waiters.wake)
        self._fault, self._looked_at, self._beat_at = "", time.monotonic(), 0.0
        self._looking = threading.Thread(target=self._look, name="finishing", daemon=True)
        self._looking.start()
        # Daemons, since a scan of many GiB keeps no process from ending: it is done again.
        for _ in range(AT_ONCE if runs else 0):
            threading.Thread(target=self._work, name="finish", daemon=True).start()

    # -- as the service sees it

    def start(self, upload_id: str, epoch: int) -> None:
        """See ports.Finisher. Its row says that it waits, so it only has to be looked at."""
        if self.runs:
            self._woken.set()

    def wait(self, upload_id: str, epoch: int, seconds: float) -> None:
        """See ports.Finisher. Returns at once when enough others wait already."""
        if self._stop.is_set() or not self._places.acquire(blocking=False):
            return
        try:
            if not self.runs:
                self._woken.set()
            self._waiters.wait(upload_id, seconds)
        finally:
            self._places.release()

    def trouble(self) -> str:
        """See ports.Finisher."""
        if self.runs:
            still = time.monotonic() - self._looked_at > _STILL_SECONDS
            return self._fault or ("finishing stands still: start it again" if still else "")
        try:
            living = workers.anybody(self.ctx)
        except Exception as error:
            return _away(error)
        return "" if living else "no worker runs: start one with `python -m smartupload worker`"

    def close(self) -> None:
        """Stop: what is being done is interrupted and given back, so that somebody else goes on with it at once."""
        self._stop.set()
        self._woken.set()
        self._waiters.wake_all()
        self._looking.join(STOPPING_SECONDS)
        if not self.runs:
            return
        for _ in range(AT_ONCE):
            self._jobs.put(None)
        with self._guard:
            self._guard.wait_for(lambda: not self._held, STOPPING_SECONDS)
        try:
            self._write_done()
            backlog.give_back(self.ctx, self.name)
            workers.left(self.ctx, self.name)
        except Exception:
            log.exception("what was begun could not be given back; it is taken when its lease has run out")

    # -- one thread that looks what there is to do

    def _look(self) -> None:
        first = self.runs
        while not self._stop.is_set():
            self._woken.clear()
            try:
                if first:
                    self._take_over()
                    first = False
                self._round()
                self._fault = ""
            except Exception as error:
                if not self._fault:
                    log.exception("what is to be finished could not be looked for; it is tried again")
                self._fault = _away(error)
            self._looked_at = time.monotonic()
            self._woken.wait(LOOK_SECONDS if self.runs or self._waiters.ids() else None)

    def _round(self) -> None:
        if self.runs:
            self._beat()
            self._gathered.publish_if_late(self._jobs.put)
            self._write_done()
            self._claim()
        with self._guard:
            elsewhere = self._waiters.ids() - self._held.keys()
        if elsewhere:
            for upload_id in elsewhere - backlog.waiting(self.ctx, elsewhere):
                self._waiters.wake(upload_id)

    def _take_over(self) -> None:
        """What a process of this machine held when it was killed need not wait for the end of its lease."""
        for holder in filter(processes.is_dead, backlog.holders(self.ctx)):
            taken = backlog.give_back(self.ctx, holder)
            workers.left(self.ctx, holder)
            log.info("took over what a dead process left unfinished", uploads=taken)

    def _beat(self) -> None:
        now = time.monotonic()
        if now < self._beat_at:
            return
        workers.beat(self.ctx, self.name)
        with self._guard:
            held = list(self._held.values())
        backlog.extend(self.ctx, held, self.name)
        self._beat_at = now + BEAT_SECONDS
        left = backlog.lacking(self.ctx)
        for row in left:
            if row.id not in self._left:
                log.warning("left to a process that has its hooks", upload=row.id, why=finish.lacks(self.ctx, row))
        self._left = {row.id for row in left}

    def _claim(self) -> None:
        with self._guard:
            held = list(self._held.values())
        room = self._breaker.room(len(held), self._most)
        if room <= 0 or len(held) >= 2 * AT_ONCE:
            self._more = True
            return
        claimed = backlog.claim(self.ctx, self.name, room, held)
        with self._guard:
            self._more = len(claimed) == room
            self._held |= {row.id: row for row in claimed}
        for row in claimed:
            self._jobs.put(partial(self._start, row))

    def _write_done(self) -> None:
        with self._guard:
            done, self._done = self._done, []
        if not done:
            return
        try:
            backlog.done(self.ctx, done)
        except Exception:
            with self._guard:
                self._done += done
            raise

    # -- as many threads as may work at once

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            if self._jobs.empty():
                self._gathered.publish()
        self._gathered.publish()

    def _start(self, row: Taken) -> None:
        self._try(row, lambda: self._begin(row))

    def _begin(self, row: Taken) -> Taken | None:
        """All steps, or those before it is published when it can be together with others: None then."""
        left = self._steps.take(self.ctx, row, BEFORE)
        if not finish.is_unscanned(left):
            return self._steps.take(self.ctx, left, AFTER)
        if self._gathered.add(Waiting(row, left)):
            self._gathered.publish()
        return None

    def _go_on(self, waiting: Waiting, published: Taken | Exception | None) -> None:
        def end() -> Taken:
            if isinstance(published, Exception):
                raise published
            if published is None:
                return self._steps.take(self.ctx, waiting.left, AFTER)
            self._waiters.wake(published.id)
            return self._steps.take(self.ctx, published, AFTER[1:])

        self._try(waiting.taken, end)

    def _try(self, row: Taken, act: Callable[[], Taken | None]) -> None:
        """Go on with it; it has ended with what this gives, is put off when this raises, and else goes on later."""
        done, again = None, None
        try:
            done = act()
            if done is None:
                return
            self._breaker.over()
        except Interrupted:
            again = 0.0
        except finish.LeaseLost:
            log.info("somebody else finishes it now", upload=row.id)
        except HookFault as fault:
            # It may be about this one file, so that others do not wait for it.
            log.error("a file waits for a hook", upload=row.id, cause=str(fault), exc_info=fault)
            again = _wait(row, LONGEST_AFTER_A_FAULT)
        except PASSING as fault:
            again = _wait(row, LONGEST)
            self._breaker.because(row.id, fault)
        except Exception:
            log.exception("finishing failed in a way that nobody foresaw; it is tried again", upload=row.id)
            again = _wait(row, LONGEST_AFTER_A_FAULT)
        self._ended(row, done, again)

    def _ended(self, row: Taken, done: Taken | None, again: float | None) -> None:
        with self._guard:
            # Somebody else may have had it since, and this process once more: that one is still being worked on.
            if self._held.get(row.id) is row:
                del self._held[row.id]
            if done is not None:
                self._done.append(done)
        if again is not None:
            try:
                backlog.put_off(self.ctx, row, again)
            except Exception as error:
                log.warning("its lease has to run out first", upload=row.id, cause=str(error)[:200])
        with self._guard:
            self._guard.notify_all()
            few = len(self._held) < 2 * AT_ONCE
        if self._more and few:
            self._woken.set()

    def _check(self) -> None:
        if self._stop.is_set():
            raise Interrupted


def _wait(row: Taken, longest: float) -> float:
    return min(SHORTEST * 2 ** min(row.attempts - 1, 20), longest)


def _away(error: Exception) -> str:
    return f"the database does not answer: {type(error).__name__}"
