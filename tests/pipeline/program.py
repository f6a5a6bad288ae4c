"""A server that finishes one upload, tells of it, and is killed on the way: `program.py UPLOAD STEP:MOMENT WAY [EARLIER]`.

MOMENT is `done`, when the step has had its effect and nothing of it is written down, or `written`; with `-` for
STEP:MOMENT nothing kills it. WAY is `silent`, which tells nobody, or `telling`: whatever there is to tell has been
told before it dies. What EARLIER, an upload that another one left undone, still needs comes first.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlmodel import select

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.s3 import S3Store
from smartupload.channels import channels
from smartupload.db import Database
from smartupload.models import WAITING, Delivery
from smartupload.pipeline.delivering import Bell, delivering
from smartupload.pipeline.finishing import Finishing
from smartupload.service.context import Context
from smartupload.service.finishing import finish
from smartupload.settings import load
from tests.browser.wait import wait_for

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
    ways = vars(channels(settings))
    return Context(settings, Database(settings.database), S3Store(**given), bell, SystemClock(), **ways)


def deadly(step: Callable[..., None], upload_id: str, die: Callable[[], None], after: bool) -> Callable[..., None]:
    def run(ctx: Context, given: str, epoch: int) -> None:
        if given == upload_id and not after:
            die()
        step(ctx, given, epoch)
        if given == upload_id and after:
            die()

    return run


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

    step, _, moment = point.partition(":")
    names = list(finish.STEPS)
    for name, following in zip(names, [*names[1:], ""], strict=True):
        if name == step and moment == "done":
            finish.STEPS[name] = deadly(finish.STEPS[name], upload_id, die, after=True)
        elif name == step and following:
            finish.STEPS[following] = deadly(finish.STEPS[following], upload_id, die, after=False)

    class Dying(Finishing):
        def _ended(self, workflow_id: str) -> None:
            if point == f"{names[-1]}:written" and upload_id in workflow_id:
                die()
            super()._ended(workflow_id)

    finisher = Dying(ctx)

    def ended(finished: str) -> None:
        name = f"finish-{finished}-1"
        wait_for(lambda: finisher.workflows.status(name) == "SUCCESS", SECONDS, f"{name} to end")
        told()

    if earlier:
        ended(earlier)
    finisher.start(upload_id, 1)
    ended(upload_id)
    finisher.close()


async def main(upload_id: str, point: str, way: str, earlier: str = "") -> None:
    bell = Bell()
    ctx = make_context(bell)
    async with delivering(ctx, bell) if way == "telling" else contextlib.nullcontext():
        await asyncio.to_thread(work, ctx, upload_id, point, way == "telling", earlier)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
