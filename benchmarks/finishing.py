"""What finishing costs the server: Python's time a file, and how long many small ones take, over a store in memory and over the real one."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlmodel import col, func, select

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.adapters.memory import MemoryStore
from smartupload.db import Database
from smartupload.devstack import DevStack
from smartupload.models import READY, Upload
from smartupload.pipeline.finishing import Finishing
from smartupload.ports import SignedRequest
from smartupload.service.context import Context
from smartupload.service.finishing import complete
from smartupload.settings import load
from tests.fixtures_store import send
from tests.unit.person import Person

MANY = int(os.environ.get("MANY", "200"))
SIZE = 64 * 1024
OWNER = "anna"
CALLERS = 8
PATIENCE = 60.0


def run() -> bool:
    """Prints figures, compares them with nothing."""
    with tempfile.TemporaryDirectory(prefix="smartupload-bench-") as folder:
        over("memory", MemoryStore(), Path(folder))
        stack = DevStack(load({"SMARTUPLOAD_DATA_DIR": folder}))
        stack.start()
        try:
            over("real store", stack.store, Path(folder))
        finally:
            stack.stop()
    return True


def over(name: str, store: Any, folder: Path) -> None:
    settings = load({"SMARTUPLOAD_DATABASE_URL": f"sqlite:///{folder}/{name.replace(' ', '-')}.sqlite"})
    with closing(Database(settings.database)) as db:
        db.upgrade()
        ctx = Context(settings, db, store, NoLive(), SystemClock())
        # What is completed here is never finished: its database is one of its own.
        alone = load({"SMARTUPLOAD_DATABASE_URL": f"sqlite:///{folder}/alone-{name.replace(' ', '-')}.sqlite"})
        with closing(Database(alone.database)) as other:
            other.upgrade()
            base = measured(f"{name}, completed only", replace(ctx, settings=alone, db=other), 0)
        for each in store.list_objects("uploads/"):
            store.delete(each.key)
        with closing(Finishing(ctx)) as finisher:
            ctx = replace(ctx, finisher=finisher)
            print(
                f"{name}, finishing alone: {measured(f'{name}, nobody waits', ctx, 0) - base:.1f} ms of Python a file"
            )
            print(
                f"{name}, finishing alone: {measured(f'{name}, all wait', ctx, PATIENCE) - base:.1f} ms of Python a file"
            )
            before = time.process_time()
            threading.Event().wait(5)
            print(f"{name}, at rest: {(time.process_time() - before) / 5:.1%} of a core")


def measured(title: str, ctx: Context, patience: float) -> float:
    """ms of Python a file, from `complete` on."""
    ids = [arrived(ctx) for _ in range(MANY)]
    before = ready(ctx)
    cpu, wall = time.process_time(), time.monotonic()
    with ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(lambda upload_id: complete.complete_upload(ctx, OWNER, upload_id, patience), ids))
    if ctx.finisher is not None:
        until_ready(ctx, before + MANY)
    cpu, wall = (time.process_time() - cpu) / MANY * 1000, time.monotonic() - wall
    print(f"{title}: {cpu:.1f} ms of Python a file, {wall / MANY * 1000:.1f} ms, all after {wall:.2f} s")
    return cpu


def arrived(ctx: Context) -> str:
    """An upload whose bytes are all there."""
    person = Person(ctx, OWNER)
    upload = person.creates(size=SIZE)
    bodies = person.cut(upload)
    (part,) = person.signs(upload, person.claims(bodies)).parts
    assert send(ctx.store, SignedRequest(part.url, part.headers or {}), bodies[0]) == 200
    return upload.id


def ready(ctx: Context) -> int:
    with ctx.db.read() as session:
        return session.exec(select(func.count()).where(Upload.state == READY)).one()


def until_ready(ctx: Context, many: int) -> None:
    """Ready, and nothing left to do for them."""
    rest = threading.Event()
    while ready(ctx) < many:
        rest.wait(0.05)
    while unfinished(ctx):
        rest.wait(0.05)


def unfinished(ctx: Context) -> int:
    with ctx.db.read() as session:
        return session.exec(select(func.count()).where(col(Upload.due_at).is_not(None))).one()
