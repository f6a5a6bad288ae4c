"""The wiring: settings, database, store, service, API and pages become one ASGI app."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import replace
from types import FrameType

import reflex as rx
from reflex.utils.prerequisites import get_web_dir

from smartupload import pages, state
from smartupload.adapters.live import LiveHub
from smartupload.api.app import layers, make_api
from smartupload.errors import StoreUnavailable
from smartupload.runtime import SWEEP_SECONDS, every, opened, own_store
from smartupload.service.context import Context
from smartupload.service.housekeeping import expire, reconcile, remove
from smartupload.service.notify import reminders
from smartupload.service.uploads import change_poller
from smartupload.settings import load

RECONCILE_SECONDS = 5
REMIND_SECONDS = 300
POLL_SECONDS = 0.5

settings = load()
live = LiveHub()
_contexts: list[Context] = []


def context() -> Context:
    """The app's context; it is there before the first request is taken."""
    if not _contexts:
        raise StoreUnavailable
    return _contexts[0]


@contextlib.asynccontextmanager
async def serve() -> AsyncIterator[None]:
    """Everything that lives as long as the app."""
    async with opened(settings, live, own_store(settings), runs=settings.finishing == "web") as runtime:
        ctx = replace(runtime, streams=live)
        _contexts[:] = [ctx]
        state.bind(ctx, live)
        stop = threading.Event()
        tasks = [
            asyncio.create_task(every(SWEEP_SECONDS, remove.sweep, ctx)),
            asyncio.create_task(every(SWEEP_SECONDS, expire.expire, ctx)),
            asyncio.create_task(every(POLL_SECONDS, change_poller.ChangePoller(ctx, live).poll)),
            asyncio.create_task(every(REMIND_SECONDS, reminders.remind, ctx)),
            asyncio.create_task(every(RECONCILE_SECONDS, reconcile.reconcile, ctx, reconcile.LOOKS, stop)),
        ]
        try:
            with _at_the_signal(live.close):
                yield
        finally:
            live.close()
            stop.set()  # a thread cannot be cancelled
            for task in tasks:
                task.cancel()
            _contexts.clear()


@contextlib.contextmanager
def _at_the_signal(work: Callable[[], None]) -> Generator[None]:
    """Do this as soon as the server is told to stop: it waits for what streams, and says so to the app only afterwards."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}

    def told(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(work)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for one in before:
        signal.signal(one, told)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


api = make_api(context, get_web_dir() / "build" / "client")
app = rx.App(api_transformer=[api, *layers(settings.origins, settings.site_url.startswith("https://"))])
app.register_lifespan_task(serve)
app.register_lifespan_task(state.push_changes)
pages.register(app)
