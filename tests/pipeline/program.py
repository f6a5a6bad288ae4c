"""Servers that finish one upload each, tell of it, and are killed on the way, as a line says: `["UPLOAD", "STEP:MOMENT", "WAY", "EARLIER"]`.

MOMENT is `done`, when the step has had its effect and nothing of it is written down, or `written`; with `-` for
STEP:MOMENT nothing kills it. WAY is `silent`, which tells nobody, or `telling`: whatever there is to tell has been
told before it dies. What EARLIER, an upload that another one left undone, still needs comes first; it may be missing.

Each is a process of its own, forked from one that has imported everything; the answer is its exit code.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from smartupload_testing.wait import wait_for
from sqlalchemy import update
from sqlmodel import col, select

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.s3.store import S3Store
from smartupload.db import Database
from smartupload.models import WAITING, Delivery, Upload
from smartupload.notifiers import open_notifiers
from smartupload.pipeline.delivering import Bell, delivering
from smartupload.pipeline.finishing import Finishing
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, finish
from smartupload.service.records import rows
from smartupload.settings import load

SECONDS = 120


def make_context(bell: Bell) -> Context:
    settings = load()
    given: dict[str, Any] = {
        "endpoint_url": settings.s3_endpoint_url,
        "bucket": settings.s3_bucket,
        "region": settings.s3_region,
        "access_key_id": settings.s3_access_key_id,
        "secret_access_key": settings.s3_secret_access_key,
    }
    ways = vars(open_notifiers(settings))
    return Context(settings, Database(settings.database), S3Store(**given), bell, SystemClock(), **ways)


class Clean:
    """A scanner that reads everything and finds nothing."""

    def scan(self, chunks: Iterable[bytes]) -> None:
        assert b"".join(chunks)

    def ping(self) -> None:
        """Always there."""


def deadly(upload_id: str, point: str, die: Callable[[], None]) -> None:
    """Put the end where it is wanted."""
    name, _, moment = point.partition(":")
    if name == "claim":
        _deadly_claim(upload_id, die)
    elif name == "clear" and moment == "written":
        _deadly_end(upload_id, die)
    elif name in finish.STEPS:
        finish.STEPS[name] = _deadly_step(finish.STEPS[name], upload_id, moment, die)


def _deadly_step(step: Callable[..., Upload], upload_id: str, moment: str, die: Callable[[], None]) -> Any:
    def deadly_write(real: Callable[..., Upload | None]) -> Any:
        def write(ctx: Context, row: Upload, *more: Any, **values: Any) -> Upload | None:
            if row.id == upload_id:
                die()
            return real(ctx, row, *more, **values)

        return write

    def run(ctx: Context, row: Upload) -> Upload:
        if row.id != upload_id:
            return step(ctx, row)
        if moment == "done":
            # A step that writes nothing down dies at its end.
            rows.change, rows.move = deadly_write(rows.change), deadly_write(rows.move)
        left = step(ctx, row)
        die()
        return left

    return run


def _deadly_claim(upload_id: str, die: Callable[[], None]) -> None:
    real = backlog.claim

    def claim(*given: Any) -> list[Upload]:
        claimed = real(*given)
        if any(row.id == upload_id for row in claimed):
            die()
        return claimed

    backlog.claim = claim


def _deadly_end(upload_id: str, die: Callable[[], None]) -> None:
    real = backlog.done

    def done(ctx: Context, ended: Sequence[Upload]) -> None:
        real(ctx, ended)
        if any(row.id == upload_id for row in ended):
            die()

    backlog.done = done


def work(ctx: Context, upload_id: str, point: str, telling: bool, earlier: str) -> None:
    def told() -> None:
        def all_sent() -> bool:
            with ctx.db.read() as session:
                return session.exec(select(Delivery.id).where(Delivery.state == WAITING)).first() is None

        if telling:
            wait_for(all_sent, SECONDS, "everything to be told")

    def die() -> None:
        # Never between an answer and its being written down: what was sent then is rightly sent again.
        told()
        os.kill(os.getpid(), signal.SIGKILL)

    def ended(finished: str) -> None:
        def is_over() -> bool:
            row = rows.find(ctx, finished)
            return row is not None and row.due_at is None

        wait_for(is_over, SECONDS, f"{finished} to be finished")
        told()

    def keep(**values: Any) -> None:
        with ctx.db.write() as session:
            session.exec(update(Upload).where(col(Upload.id) == upload_id).values(**values))

    deadly(upload_id, point, die)
    now = ctx.clock.now()
    keep(due_at=now + timedelta(minutes=10), holder="the test")
    finisher = Finishing(ctx)
    if earlier:
        ended(earlier)
    keep(due_at=now, holder="")
    finisher.start(upload_id, 1)
    ended(upload_id)
    finisher.close()


async def main(upload_id: str, point: str, way: str, earlier: str = "") -> None:
    bell = Bell()
    ctx = replace(make_context(bell), scanner=Clean())
    async with delivering(ctx, bell) if way == "telling" else contextlib.nullcontext():
        await asyncio.to_thread(work, ctx, upload_id, point, way == "telling", earlier)


def one_a_line() -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            code = 1
            try:
                os.dup2(2, 1)  # what it logs is no answer
                asyncio.run(main(*json.loads(line)))
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    one_a_line()
