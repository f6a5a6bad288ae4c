"""The wiring: settings, database, store, service, API and pages become one ASGI app."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable

import reflex as rx
import structlog
from reflex.utils.prerequisites import get_web_dir

from smartupload import pages, state
from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import LiveQueue
from smartupload.adapters.s3 import S3Store
from smartupload.api.app import layers, make_api
from smartupload.db import Database
from smartupload.devstack import DevStack, StoreFailed
from smartupload.errors import StoreUnavailable
from smartupload.ports import Store
from smartupload.service import expire, reconcile, remove
from smartupload.service.context import Context
from smartupload.settings import Settings, load

log = structlog.get_logger("smartupload")

SWEEP_SECONDS = 20
RECONCILE_SECONDS = 5

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
    db = Database(settings.database)
    async with _store(settings) as store:
        await asyncio.to_thread(db.upgrade)
        ctx = Context(settings, db, store, live, SystemClock())
        _contexts[:] = [ctx]
        state.bind(ctx, live)
        stop = threading.Event()
        tasks = [
            asyncio.create_task(_every(SWEEP_SECONDS, remove.sweep, ctx)),
            asyncio.create_task(_every(SWEEP_SECONDS, expire.expire, ctx)),
            asyncio.create_task(_every(RECONCILE_SECONDS, reconcile.reconcile, ctx, reconcile.LOOKS, stop)),
        ]
        try:
            yield
        finally:
            stop.set()  # a thread cannot be cancelled
            for task in tasks:
                task.cancel()
            _contexts.clear()
            db.close()


@contextlib.asynccontextmanager
async def _store(settings: Settings) -> AsyncIterator[Store]:
    if not settings.embedded_store:
        store = S3Store(
            endpoint_url=settings.s3_endpoint_url,
            public_endpoint_url=settings.s3_public_endpoint_url,
            bucket=settings.s3_bucket,
            region=settings.s3_region,
            access_key_id=settings.s3_access_key_id,
            secret_access_key=settings.s3_secret_access_key,
            encryption=settings.encryption,
        )
        try:
            yield store
        finally:
            store.close()
        return
    stack = DevStack(settings)
    try:
        try:
            store = await stack.start_async()
        except StoreFailed as failed:
            log.critical(str(failed))
            raise
        watching = asyncio.create_task(stack.watch())
        yield store
        watching.cancel()
    finally:
        await asyncio.to_thread(stack.stop)


async def _every(seconds: float, work: Callable[..., object], *given: object) -> None:
    while True:
        try:
            await asyncio.to_thread(work, *given)
        except Exception:
            log.exception("work in the background failed; it is tried again", work=work.__name__)
        await asyncio.sleep(seconds)


api = make_api(context, get_web_dir() / "build" / "client")
app = rx.App(api_transformer=[api, *layers(settings.origins, settings.site_url.startswith("https://"))])
app.register_lifespan_task(serve)
app.register_lifespan_task(state.push_changes)
pages.register(app)
