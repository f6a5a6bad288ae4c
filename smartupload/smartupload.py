"""The wiring: settings, database, store, service, API and pages become one ASGI app."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

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
from smartupload.service import cancel
from smartupload.service.context import Context
from smartupload.settings import Settings, load

log = structlog.get_logger("smartupload")

SWEEP_SECONDS = 300

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
        sweeping = asyncio.create_task(_sweep(ctx))
        try:
            yield
        finally:
            sweeping.cancel()
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


async def _sweep(ctx: Context) -> None:
    while True:
        try:
            await asyncio.to_thread(cancel.sweep, ctx)
        except Exception:
            log.exception("sweeping failed; it is tried again")
        await asyncio.sleep(SWEEP_SECONDS)


api = make_api(context, get_web_dir() / "build" / "client")
app = rx.App(api_transformer=[api, *layers(settings.origins, settings.site_url.startswith("https://"))])
app.register_lifespan_task(serve)
app.register_lifespan_task(state.push_changes)
pages.register(app)
