"""What `python -m smartupload worker` does: it finishes uploads, tells who waits for them, and serves nothing."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence

import structlog

from smartupload.adapters.live import NoLive
from smartupload.devstack import StoreFailed
from smartupload.runtime import neighbour, neighbours_store, opened
from smartupload.service.context import Context
from smartupload.settings import Settings

log = structlog.get_logger("smartupload")

_LOOK_SECONDS = 5


def work(
    settings: Settings, hooks: Sequence[object] = (), opens: Callable[[Context | None], None] = lambda _: None
) -> int:
    """Work until SIGTERM or SIGINT; returns the exit code: 1 when it cannot start.

    `hooks` are those of the app it works for, which hears by `opens` with what they may work, and None once it is closed.
    """
    try:
        asyncio.run(_work(settings, hooks, opens))
    except StoreFailed as failed:
        log.critical(str(failed))
        return 1
    return 0


async def _work(settings: Settings, hooks: Sequence[object], opens: Callable[[Context | None], None]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        known = _address(settings)
        async with opened(settings, NoLive(), neighbours_store(settings), runs=True, hooks=hooks) as ctx:
            opens(ctx)
            log.info("the worker is at work")
            while not stop.is_set() and _address(settings) == known:
                try:
                    await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)
                except TimeoutError:
                    continue
            opens(None)
    log.info("the worker has stopped")


def _address(settings: Settings) -> object:
    """What the embedded store is reached by; it changes when a port was taken while the app was away."""
    if not settings.embedded_store:
        return None
    identity = neighbour(settings)
    return identity.ports["s3.port"], identity.access_key_id
