"""A server that is killed when a receiver has taken something and nothing of it is written down: `forgetful.py CHANNEL`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import replace
from typing import Any

from smartupload.pipeline.delivering import Bell, delivering
from smartupload.service.outbox import deliver
from smartupload.service.records.recipients import MAIL, PUSH, WEBHOOK
from tests.pipeline.program import make_context

WAYS = {WEBHOOK: "webhook", PUSH: "pusher", MAIL: "mailer"}


class Deadly:
    """Any of the ways; the first who has taken something is the last."""

    def __init__(self, way: Any) -> None:
        self._way = way

    def send(self, *given: Any) -> None:
        self._way.send(*given)
        os.kill(os.getpid(), signal.SIGKILL)


async def main(channel: str) -> None:
    bell = Bell()
    ctx = make_context(bell)
    ctx = replace(ctx, **{WAYS[channel]: Deadly(getattr(ctx, WAYS[channel]))})
    limits = {each: int(each == channel) for each in deliver.channels(ctx)}
    async with delivering(ctx, bell, limits):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
