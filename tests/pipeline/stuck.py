"""A process that begins an upload's finishing and gets no further than its first step: `stuck.py UPLOAD`."""

from __future__ import annotations

import sys
import threading

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.adapters.memory import MemoryStore
from smartupload.db import Database
from smartupload.pipeline.finishing import Finishing
from smartupload.service.context import Context
from smartupload.service.finishing import finish
from smartupload.settings import load


def main(upload_id: str) -> None:
    never = threading.Event()

    def hang(ctx: Context, upload_id: str, epoch: int) -> None:
        never.wait()

    finish.STEPS["verify"] = hang
    settings = load()
    ctx = Context(settings, Database(settings.database), MemoryStore(), NoLive(), SystemClock())
    Finishing(ctx).start(upload_id, 1)
    never.wait()


if __name__ == "__main__":
    main(sys.argv[1])
