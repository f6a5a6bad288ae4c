"""How many uploads the server begins and signs a second on one core, and whether that stays so with 10, 1,000 and 10,000 running ones, and 100,000 ready ones of the same owner.

Counted is the service with its database and the signer: without HTTP, and without a store, which neither step asks.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import col, select

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.adapters.s3.store import S3Store
from smartupload.db import Database
from smartupload.errors import Problem
from smartupload.models import READY, Event, Part, Upload
from smartupload.ports import SINGLE_PUT
from smartupload.service.context import Context
from smartupload.service.parts import sign
from smartupload.service.parts.part_claims import PartClaim, Terms, Wanted
from smartupload.service.uploads import create
from smartupload.settings import load

RUNNING = tuple(int(number) for number in os.environ.get("RUNNING", "10,1000,10000").split(","))
READY_TOO = int(os.environ.get("READY", "100000"))
DATABASE = os.environ.get("DATABASE_URL", "")
"""An empty one; a new file of SQLite when it is not given."""
ROUNDS = 7
BATCH = 100
SIZE = 64 * 1024
DIGEST = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
OWNER = "anna"
QUOTA = "1TiB"
"""With one, it is looked up what the owner has before an upload begins."""


class Unasked(S3Store):
    """Signs; no store is there."""

    def __init__(self) -> None:
        super().__init__(
            endpoint_url="http://127.0.0.1:9",
            bucket="benchmark",
            access_key_id="benchmark",
            secret_access_key="benchmark",
            region="us-east-1",
        )

    def open_multipart(self, key: str, content_type: str, parts: int) -> str:
        return SINGLE_PUT


def run() -> bool:
    """Prints figures, compares them with nothing."""
    with tempfile.TemporaryDirectory(prefix="smartupload-bench-") as folder:
        url = DATABASE or f"sqlite:///{folder}/server.sqlite"
        settings = load({"SMARTUPLOAD_DATABASE_URL": url})
        limited = load({"SMARTUPLOAD_DATABASE_URL": url, "SMARTUPLOAD_OWNER_QUOTA": QUOTA})
        store = Unasked()
        with closing(Database(settings.database)) as db:
            db.upgrade()
            ctx = Context(settings, db, store, NoLive(), SystemClock())
            measure(ctx, replace(ctx, settings=limited))
        store.close()
    return True


def measure(ctx: Context, limited: Context) -> None:
    there = 0
    for running in RUNNING:
        while there < running:
            there += len(signed(ctx, created(ctx, min(BATCH, running - there))))
        print(f"{running} running uploads: {told(ctx, limited)}")
    if READY_TOO:
        are_ready(ctx, READY_TOO)
        print(f"{there} running uploads, {READY_TOO} ready: {told(ctx, limited)}")


def told(ctx: Context, limited: Context) -> str:
    begun: list[float] = []
    with_quota: list[float] = []
    asked: list[float] = []
    for _ in range(ROUNDS):
        seconds, ids = cpu(lambda: created(ctx, BATCH))
        begun.append(seconds)
        asked.append(cpu(lambda ids=ids: signed(ctx, ids))[0])
        forget(ctx, ids)
        seconds, ids = cpu(lambda: created(limited, BATCH))
        with_quota.append(seconds)
        forget(ctx, ids)
    return f"{rate(begun)} begin a second on one core ({rate(with_quota)} with a quota), {rate(asked)} are signed"


def are_ready(ctx: Context, many: int) -> None:
    """So many more of the owner's, all like one that is there."""
    with ctx.db.write() as session:
        like = session.exec(select(Upload).limit(1)).one().model_dump() | {"state": READY}
        for at in range(0, many, 1000):
            own = ("id", "idempotency_key", "share_token")
            rows = [like | dict.fromkeys(own, f"ready-{number}") for number in range(at, min(at + 1000, many))]
            session.connection().execute(insert(Upload), rows)


def forget(ctx: Context, ids: Sequence[str]) -> None:
    """So that as many run as before."""
    with ctx.db.write() as session:
        session.exec(delete(Event).where(col(Event.upload_id).in_(ids)))
        session.exec(delete(Part).where(col(Part.upload_id).in_(ids)))
        session.exec(delete(Upload).where(col(Upload.id).in_(ids)))


def rate(seconds: Sequence[float]) -> str:
    return f"{BATCH / statistics.median(seconds):.0f}"


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of this process's CPU, and what came of it."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def created(ctx: Context, many: int) -> list[str]:
    files = [(create.NewFile("a.bin", SIZE), os.urandom(16).hex()) for _ in range(many)]
    made = create.create_uploads(ctx, OWNER, files)
    ids = [one.id for one in made if not isinstance(one, Problem)]
    assert len(ids) == many
    return ids


def signed(ctx: Context, ids: Sequence[str]) -> Sequence[str]:
    terms = Terms("v", 1)
    answers = sign.sign_uploads(ctx, OWNER, [Wanted(one, [PartClaim(1, SIZE, DIGEST)], terms) for one in ids])
    assert not any(isinstance(one, Problem) for one in answers)
    return ids
