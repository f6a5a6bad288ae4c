"""A process that finishes one upload and is killed on the way: `program.py UPLOAD STEP:MOMENT EARLIER`.

MOMENT is `done`, when the step has had its effect and nothing of it is written down, or `written`. Before that, what
an EARLIER one left undone is finished. With `-` for STEP:MOMENT nothing kills it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.adapters.s3 import S3Store
from smartupload.db import Database
from smartupload.pipeline.finishing import Finishing
from smartupload.service import finish
from smartupload.service.context import Context
from smartupload.settings import load
from tests.browser.wait import wait_for


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(step: Callable[..., None], upload_id: str, before: bool, after: bool) -> Callable[..., None]:
    def run(ctx: Context, given: str, epoch: int) -> None:
        if before and given == upload_id:
            die()
        step(ctx, given, epoch)
        if after and given == upload_id:
            die()

    return run


def main(upload_id: str, point: str, earlier: str) -> None:
    killed, _, moment = point.partition(":")
    names = list(finish.STEPS)
    for name, following in zip(names, [*names[1:], ""], strict=True):
        if name != killed:
            continue
        if moment == "done":
            finish.STEPS[name] = deadly(finish.STEPS[name], upload_id, before=False, after=True)
        elif following:
            finish.STEPS[following] = deadly(finish.STEPS[following], upload_id, before=True, after=False)

    class Dying(Finishing):
        def _ended(self, workflow_id: str) -> None:
            if point == f"{names[-1]}:written" and upload_id in workflow_id:
                die()
            super()._ended(workflow_id)

    settings = load()
    given: dict[str, Any] = {
        "endpoint_url": settings.s3_endpoint_url,
        "bucket": settings.s3_bucket,
        "region": settings.s3_region,
        "access_key_id": settings.s3_access_key_id,
        "secret_access_key": settings.s3_secret_access_key,
    }
    ctx = Context(settings, Database(settings.database), S3Store(**given), NoLive(), SystemClock())
    finisher = Dying(ctx)
    for waited in (earlier, upload_id):
        if waited == upload_id:
            finisher.start(upload_id, 1)
        if waited != "-":
            name = f"finish-{waited}-1"
            wait_for(lambda: finisher.workflows.status(name) == "SUCCESS", 60, f"{name} to end")  # noqa: B023
    finisher.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
