"""A process that begins to finish whatever there is and gets no further than its first step."""

from __future__ import annotations

import signal
import threading

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.adapters.memory import MemoryStore
from smartupload.db import Database
from smartupload.models import Upload
from smartupload.pipeline.finishing import Finishing
from smartupload.service.context import Context
from smartupload.service.finishing import finish
from smartupload.settings import load


def main() -> None:
    never = threading.Event()

    def hang(ctx: Context, row: Upload) -> Upload:
        never.wait()
        return row

    finish.STEPS["verify"] = hang
    settings = load()
    ctx = Context(settings, Database(settings.database), MemoryStore(), NoLive(), SystemClock())
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    finisher = Finishing(ctx)
    stop.wait()
    finisher.close()


if __name__ == "__main__":
    main()
