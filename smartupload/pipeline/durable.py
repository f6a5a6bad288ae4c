"""How work survives the process that does it: dbos over the database its workflows are kept in, quiet and alone."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Collection
from typing import Any, Protocol

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, SetWorkflowID, WorkflowStatus
from sqlalchemy.engine import make_url

from smartupload.pipeline.seats import Seats

APPLICATION = "smartupload"
VERSION = "1"
"""Of the order of steps. Workflows of another version are not recovered, so it grows only when the order changes."""
LIVE = ("ENQUEUED", "DELAYED", "PENDING")
ENDED = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
KEPT_SECONDS = 7 * 86400
"""For so long it can be seen how a workflow ended."""
STRANDED_SECONDS = 60
_EXECUTOR = "seat-"
_TIDIED_AT_ONCE = 500


class Workflows(Protocol):
    """Workflows by their ids, whether this process runs them or only hands them over."""

    def status(self, workflow_id: str) -> str | None:
        """As dbos words it (`ENQUEUED`, `PENDING`, `SUCCESS` …), None when there is none."""
        ...

    def enqueue(self, workflow_id: str, *arguments: Any) -> None:
        """Have it run when its turn comes. Nothing happens when there is one with this id."""
        ...

    def again(self, workflow_id: str) -> None:
        """Have one that ended run again from its first step, under the same id."""
        ...

    def trouble(self) -> str:
        """What keeps workflows from going on, in words; empty when nothing does."""
        ...

    def close(self) -> None:
        """Give everything back; what is unfinished stays written down."""
        ...


class Enqueuing:
    """Workflows that other processes run. Costs no thread and no polling."""

    def __init__(self, url: str, workflow: str, queue: str) -> None:
        _quiet()
        _prepare(url)
        DBOS.migrate(url)
        self._workflow, self._queue = workflow, queue
        self._seats = Seats(url)
        self._client = DBOSClient(
            system_database_url=url, application_name=APPLICATION, retry_connection_errors=False, lazy=True
        )

    def status(self, workflow_id: str) -> str | None:
        """See Workflows."""
        found = self._client.list_workflows(workflow_ids=[workflow_id], load_input=False, load_output=False)
        return found[0].status if found else None

    def enqueue(self, workflow_id: str, *arguments: Any) -> None:
        """See Workflows."""
        self._client.enqueue(_options(self._workflow, self._queue, workflow_id), *arguments)

    def again(self, workflow_id: str) -> None:
        """See Workflows."""
        self._client.rewind_workflow(workflow_id, queue_name=self._queue)

    def trouble(self) -> str:
        """See Workflows."""
        self._client.check_connection()
        return "" if self._seats.anybody() else "no worker runs: start one with `python -m smartupload worker`"

    def close(self) -> None:
        """See Workflows."""
        self._client.destroy()
        self._seats.close()


class Running:
    """Workflows that this process runs. dbos is one per process, so there is one of these at a time."""

    def __init__(self, url: str, workflow: str, queue: str, at_once: int, polling_seconds: float) -> None:
        self._workflow, self._queue = workflow, queue
        self._seats = Seats(url)
        _quiet()
        _prepare(url)
        try:
            DBOS(config=_config(url, f"{_EXECUTOR}{self._seats.sit()}"))
            DBOS.listen_queues([queue])
            DBOS.launch()
            DBOS.register_queue(
                queue,
                worker_concurrency=at_once,
                polling_interval_sec=polling_seconds,
                on_conflict="always_update",
            )
        except BaseException:
            self.close()
            raise

    def status(self, workflow_id: str) -> str | None:
        """See Workflows."""
        found = DBOS.get_workflow_status(workflow_id)
        return found.status if found is not None else None

    def run(self, workflow_id: str, workflow: Any, *arguments: Any) -> bool:
        """Run it here and now, in a thread of its own; False when somebody else already does."""
        with SetWorkflowID(workflow_id):
            handle = DBOS.start_workflow(workflow, *arguments)
        return hasattr(handle, "future")

    def enqueue(self, workflow_id: str, *arguments: Any) -> None:
        """See Workflows."""
        DBOS.enqueue_workflow_with_options(_options(self._workflow, self._queue, workflow_id), *arguments)

    def again(self, workflow_id: str) -> None:
        """See Workflows."""
        DBOS.rewind_workflow(workflow_id, queue_name=self._queue)

    def trouble(self) -> str:
        """See Workflows."""
        DBOS.list_workflows(workflow_ids=["none"])
        return "" if self._seats.keep() else "another process took this one's seat: start it again"

    def take_over(self, working: Collection[str]) -> int:
        """Enqueue what dead processes left half done, and what nobody works on here; how many workflows that were.

        `working`: ids of those that run in this process.
        """
        self._seats.keep()
        taken = 0
        seats = {flow.executor_id or "" for flow in _pending()} - {f"{_EXECUTOR}{self._seats.mine}"}
        for seat in seats:
            number = int(seat.removeprefix(_EXECUTOR)) if seat.removeprefix(_EXECUTOR).isdigit() else -1
            if number >= 0 and not self._seats.hold(number):
                continue
            try:
                # Looked up again now that nobody can sit down there.
                taken += self._resume(_pending(seat))
            finally:
                self._seats.let_go(number)
        before = (time.time() - STRANDED_SECONDS) * 1000
        ours = _pending(f"{_EXECUTOR}{self._seats.mine}")
        stranded = [flow for flow in ours if flow.workflow_id not in working and (flow.updated_at or 0) < before]
        return taken + self._resume(stranded)

    def tidy(self) -> int:
        """Forget workflows that ended long ago; how many they were."""
        before = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - KEPT_SECONDS))
        old = DBOS.list_workflows(
            status=list(ENDED), completed_before=before, limit=_TIDIED_AT_ONCE, load_input=False, load_output=False
        )
        if old:
            DBOS.delete_workflows([flow.workflow_id for flow in old])
        return len(old)

    def close(self) -> None:
        """See Workflows."""
        DBOS.destroy()
        self._seats.close()

    def _resume(self, flows: list[WorkflowStatus]) -> int:
        for flow in flows:
            DBOS.resume_workflow(flow.workflow_id, queue_name=self._queue)
        return len(flows)


def _pending(executor: str | None = None) -> list[WorkflowStatus]:
    return DBOS.list_workflows(status="PENDING", executor_id=executor, load_input=False, load_output=False)


def _options(workflow: str, queue: str, workflow_id: str) -> EnqueueOptions:
    return {"workflow_name": workflow, "queue_name": queue, "workflow_id": workflow_id, "app_version": VERSION}


def _config(url: str, executor: str) -> DBOSConfig:
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": url,
        "application_version": VERSION,
        "executor_id": executor,
        "log_level": "WARNING",
        "enable_otlp": False,
        "max_executor_threads": 64,
        "scheduler_polling_interval_sec": 3600,
    }
    path = make_url(url).database
    if url.startswith("sqlite") and path:
        config["db_engine_kwargs"] = {"creator": lambda: _connect(path)}
    return config


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False)
    # What a power cut takes away is swept up; a killed process loses nothing.
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _prepare(url: str) -> None:
    path = make_url(url).database
    if url.startswith("sqlite") and path:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA busy_timeout = 15000")
            connection.execute("PRAGMA journal_mode = WAL")  # stays so for the file


def _quiet() -> None:
    """Without a handler of its own dbos would add one; its records go where all others go."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.WARNING)
