"""How uploads are finished whatever happens: one durable workflow per upload and epoch, tried again for as long as it takes."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import structlog
from dbos import DBOS
from sqlalchemy.exc import OperationalError

from smartupload.errors import ScannerUnavailable, StoreUnavailable
from smartupload.pipeline.durable import LIVE, Enqueuing, Running, Workflows
from smartupload.service.context import Context, Scanner, Turns
from smartupload.service.finishing import finish

log = structlog.get_logger("smartupload.pipeline")

WORKFLOW, QUEUE = "finish", "finishing"
AT_ONCE = 8
"""Workflows of the queue in one process; as many may run besides that began at once."""
LIMITS = {"scan": 2}
"""Of one step, how many at a time in one process."""
POLLING_SECONDS = 0.5
WAITING_AT_ONCE = 4
"""So many callers may wait for the end; they are threads."""
PASSING = (ScannerUnavailable, StoreUnavailable, OperationalError)
"""What goes by itself: the step is tried again."""
SHORTEST, LONGEST = 0.5, 30.0
"""Seconds between two tries, doubled each time."""
PATIENCE_SECONDS = 3600.0
"""Then the workflow ends with the fault, so that others get its place; a later sweep begins it again."""
STOPPING_SECONDS = 5.0
_LOOK_SECONDS = 0.2
_SAID_EVERY = 20


class Interrupted(BaseException):
    """The process stops. No Exception, so that dbos writes nothing down and the step is done again at the next start."""


class Finishing:
    """Finisher over durable workflows. With `runs` this process works on them, else it only hands them over."""

    def __init__(self, ctx: Context, runs: bool = True) -> None:
        self.ctx = ctx if ctx.scanner is None else replace(ctx, scanner=_Stoppable(ctx.scanner, self._check))
        self._stop = threading.Event()
        self._turns = Turns()
        self._working: set[str] = set()
        self._direct: set[str] = set()
        self._moved = threading.Condition()
        self._waiting = threading.Semaphore(WAITING_AT_ONCE)
        self._limits = {step: threading.Semaphore(limit) for step, limit in LIMITS.items()}
        self.running: Running | None = None
        url = ctx.settings.workflow_database
        if runs:
            _bound[:] = [self]
            self.running = Running(url, WORKFLOW, QUEUE, AT_ONCE, POLLING_SECONDS)
        self.workflows: Workflows = self.running or Enqueuing(url, WORKFLOW, QUEUE)

    # -- as the service sees it

    def start(self, upload_id: str, epoch: int) -> None:
        """See ports.Finisher."""
        try:
            with self._turns.of(upload_id):
                self._start(upload_id, epoch)
        except Exception as error:
            log.warning("finishing cannot be started yet; it is tried again", upload=upload_id, cause=str(error))

    def wait(self, upload_id: str, epoch: int, seconds: float) -> None:
        """See ports.Finisher. Returns at once when enough others wait already."""
        if not self._waiting.acquire(blocking=False):
            return
        try:
            until = time.monotonic() + seconds
            while not self._stop.is_set() and finish.waits(self.ctx, upload_id, epoch):
                left = until - time.monotonic()
                if left <= 0:
                    return
                with self._moved:
                    self._moved.wait(min(left, _LOOK_SECONDS))
        finally:
            self._waiting.release()

    def trouble(self) -> str:
        """See ports.Finisher."""
        try:
            return self.workflows.trouble()
        except Exception as error:
            return f"the workflow database does not answer: {type(error).__name__}"

    # -- from time to time

    def sweep(self) -> None:
        """Take over what dead processes left, and forget what ended long ago."""
        if self.running is None:
            return
        with self._moved:
            working = set(self._working)
        taken = self.running.take_over(working)
        if taken:
            log.info("took over what others left unfinished", workflows=taken)
        self.running.tidy()

    def close(self) -> None:
        """Stop: what is being done is interrupted, and goes on at the next start."""
        self._stop.set()
        until = time.monotonic() + STOPPING_SECONDS
        with self._moved:
            self._moved.notify_all()
            while self._working and (left := until - time.monotonic()) > 0:
                self._moved.wait(left)
        self.workflows.close()
        with contextlib.suppress(ValueError):
            _bound.remove(self)

    # -- inside

    def _start(self, upload_id: str, epoch: int) -> None:
        workflow_id = f"{WORKFLOW}-{upload_id}-{epoch}"
        status = self.workflows.status(workflow_id)
        if status in LIVE:
            return
        if status is not None:
            if finish.waits(self.ctx, upload_id, epoch):
                log.warning("finishing had ended too early; it begins again", upload=upload_id, status=status)
                self.workflows.again(workflow_id)
            return
        if self.running is None or not self._may_begin(workflow_id):
            self.workflows.enqueue(workflow_id, upload_id, epoch)
            return
        # With room for it, it does not wait for the queue to be looked at.
        begun = False
        try:
            begun = self.running.run(workflow_id, _finish, upload_id, epoch)
        finally:
            if not begun:
                self._ended(workflow_id)

    def _may_begin(self, workflow_id: str) -> bool:
        with self._moved:
            if self._stop.is_set() or len(self._direct) >= AT_ONCE:
                return False
            self._direct.add(workflow_id)
            return True

    def _ended(self, workflow_id: str) -> None:
        with self._moved:
            self._direct.discard(workflow_id)
            self._working.discard(workflow_id)
            self._moved.notify_all()

    def work(self, upload_id: str, epoch: int) -> None:
        """The workflow: every step, written down when it is done."""
        workflow_id = f"{WORKFLOW}-{upload_id}-{epoch}"
        with self._moved:
            self._working.add(workflow_id)
        try:
            for name in finish.STEPS:
                self._check()
                DBOS.run_step({"name": name}, self._step, name, upload_id, epoch)
                with self._moved:
                    self._moved.notify_all()
        finally:
            self._ended(workflow_id)

    def _step(self, name: str, upload_id: str, epoch: int) -> None:
        wait, until = SHORTEST, time.monotonic() + PATIENCE_SECONDS
        for tries in itertools.count():
            try:
                with self._limits.get(name) or contextlib.nullcontext():
                    self._check()
                    finish.STEPS[name](self.ctx, upload_id, epoch)
                return
            except PASSING as fault:
                if wait < LONGEST or tries % _SAID_EVERY == 0:
                    log.warning("finishing waits", upload=upload_id, step=name, seconds=wait, cause=str(fault)[:200])
                if time.monotonic() > until:
                    raise
            self._stop.wait(wait)
            self._check()
            wait = min(2 * wait, LONGEST)

    def _check(self) -> None:
        if self._stop.is_set():
            raise Interrupted


class _Stoppable:
    """A scanner whose scan ends between two pieces when the process stops: a large file would take minutes."""

    def __init__(self, scanner: Scanner, check: Callable[[], None]) -> None:
        self._scanner, self._check = scanner, check

    def scan(self, chunks: Iterable[bytes]) -> str | None:
        """See ports.Scanner."""
        return self._scanner.scan(self._checked(chunks))

    def ping(self) -> None:
        """See ports.Scanner."""
        self._scanner.ping()

    def _checked(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._check()
            yield chunk


_bound: list[Finishing] = []


@DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
def _finish(upload_id: str, epoch: int) -> None:
    if not _bound:
        raise Interrupted
    _bound[0].work(upload_id, epoch)
