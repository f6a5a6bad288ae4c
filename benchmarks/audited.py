"""What the audit log costs a create: processor time of batches with its entries, as a ratio to the same without, in turns in one run."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any
from unittest import mock

from benchmarks import server
from benchmarks.server import Unasked, cpu, created, forget
from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.db import Database
from smartupload.service.audit import doer
from smartupload.service.context import Context
from smartupload.service.uploads import create
from smartupload.settings import load

ROUNDS = int(os.environ.get("ROUNDS", "60"))
LIMIT = 1.05


def run() -> bool:
    """Prints the ratio; whether the limit is kept."""
    with tempfile.TemporaryDirectory(prefix="smartupload-bench-") as folder:
        settings = load({"SMARTUPLOAD_DATABASE_URL": f"sqlite:///{folder}/audited.sqlite"})
        store = Unasked()
        with closing(Database(settings.database)) as db, closing(store):
            db.upgrade()
            ctx = Context(settings, db, store, NoLive(), SystemClock())
            doer.came_from("203.0.113.1")
            doer.turned_out(server.OWNER)
            return told(ctx)


def told(ctx: Context) -> bool:
    none: Callable[..., None] = lambda *given, **named: None  # noqa: E731
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * ROUNDS):
        with_entries = number % 2 == 0
        change: Any = mock.patch.object(create.entries, "write", create.entries.write if with_entries else none)
        with change:
            seconds, ids = cpu(lambda: created(ctx, server.BATCH))
        forget(ctx, ids)
        took[with_entries].append(seconds)
    ratio = best(took[True]) / best(took[False])
    each = (best(took[True]) - best(took[False])) / server.BATCH * 1e6
    print(
        f"a create with its entry in the audit log takes {ratio:.3f} of one without (at most {LIMIT}): {each:.1f} µs more"
    )
    return ratio <= LIMIT


def best(seconds: Sequence[float]) -> float:
    """The median of the faster half: what else the machine does only adds to it."""
    return statistics.median(sorted(seconds)[: len(seconds) // 2])
