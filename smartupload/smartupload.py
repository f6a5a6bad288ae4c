"""The wiring: settings, database, store, service, API and pages become one ASGI app."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator

import reflex as rx
from reflex.utils.prerequisites import get_web_dir

from smartupload import pages, state
from smartupload.adapters.live import LiveQueue
from smartupload.api.app import layers, make_api
from smartupload.errors import StoreUnavailable
from smartupload.outside import SWEEP_SECONDS, every, opened, own_store
from smartupload.service import expire, reconcile, remind, remove
from smartupload.service.context import Context
from smartupload.settings import load

RECONCILE_SECONDS = 5
REMIND_SECONDS = 300

settings = load()
live = LiveQueue()
_contexts: list[Context] = []


def context() -> Context:
    """The app's context; it is there before the first request is taken."""
    if not _contexts:
        raise StoreUnavailable
    return _contexts[0]


@contextlib.asynccontextmanager
async def serve() -> AsyncIterator[None]:
    """Everything that lives as long as the app."""
    async with opened(settings, live, own_store(settings), runs=settings.finishing == "web") as ctx:
        _contexts[:] = [ctx]
        state.bind(ctx, live)
        stop = threading.Event()
        tasks = [
            asyncio.create_task(every(SWEEP_SECONDS, remove.sweep, ctx)),
            asyncio.create_task(every(SWEEP_SECONDS, expire.expire, ctx)),
            asyncio.create_task(every(REMIND_SECONDS, remind.remind, ctx)),
            asyncio.create_task(every(RECONCILE_SECONDS, reconcile.reconcile, ctx, reconcile.LOOKS, stop)),
        ]
        try:
            yield
        finally:
            stop.set()  # a thread cannot be cancelled
            for task in tasks:
                task.cancel()
            _contexts.clear()


api = make_api(context, get_web_dir() / "build" / "client")
app = rx.App(api_transformer=[api, *layers(settings.origins, settings.site_url.startswith("https://"))])
app.register_lifespan_task(serve)
app.register_lifespan_task(state.push_changes)
pages.register(app)
