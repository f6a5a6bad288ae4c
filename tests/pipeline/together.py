"""A process that is killed while it publishes several uploads together: `together.py done|written`, before it is written down or after."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

from smartupload.models import Upload
from smartupload.pipeline.delivering import Bell
from smartupload.pipeline.finishing import Finishing
from smartupload.service.context import Context
from smartupload.service.finishing import finish
from tests.pipeline.program import make_context


def main(moment: str) -> None:
    publish_all = finish.publish_all

    def deadly(ctx: Context, rows: Sequence[Upload]) -> Any:
        if moment == "written":
            publish_all(ctx, rows)
        os.kill(os.getpid(), signal.SIGKILL)

    finish.publish_all = deadly
    Finishing(make_context(Bell()))
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
