"""What a process runs on: what the settings name is opened, handed over as one context, and closed again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

import structlog
from anyio import CapacityLimiter, to_thread
from botocore.exceptions import ProfileNotFound
from sqlalchemy.exc import OperationalError

from smartupload import private
from smartupload.adapters import eml
from smartupload.adapters.clamd import Clamd
from smartupload.adapters.clock import SystemClock
from smartupload.adapters.hook_calls import HookCalls
from smartupload.adapters.rates import Rates
from smartupload.adapters.s3.store import S3Store
from smartupload.db import Database
from smartupload.devstack import DevStack, StoreFailed
from smartupload.devstack.identity import LOOPBACK, Identity
from smartupload.errors import StoreUnavailable
from smartupload.logs import redacted
from smartupload.migrations.history import UnknownVersion
from smartupload.notifiers import Notifiers, mail_folder, open_notifiers
from smartupload.pipeline.delivering import Bell, delivering
from smartupload.pipeline.finishing import Finishing
from smartupload.ports import IdentityProvider, Live, Scanner, Store
from smartupload.service.audit import read, started
from smartupload.service.context import Context
from smartupload.service.files import limits
from smartupload.service.files.sizes import size_text
from smartupload.service.holds import prune as old_holds
from smartupload.service.housekeeping import retention
from smartupload.service.links import visitors
from smartupload.service.notify import stale
from smartupload.service.outbox import prune
from smartupload.settings import Settings, WrongSetting

log = structlog.get_logger("smartupload")

SWEEP_SECONDS = 20
PRUNE_SECONDS = 600
LOOK_PATIENCE = 3.0
"""Seconds that a start waits for what is found at the bucket."""
LOOK_SECONDS = (1.0, 30.0, 300.0)
"""Until the next look: at first while the store is away, at first while something is to be mended, and at most."""


@contextlib.asynccontextmanager
async def opened(
    settings: Settings,
    live: Live,
    store: contextlib.AbstractAsyncContextManager[Store],
    runs: bool,
    hooks: Sequence[object] = (),
) -> AsyncIterator[Context]:
    """A context over everything there is; with `runs` this process finishes uploads, and tells people and programs.

    `hooks` that are async run in the loop of whoever opens it.
    """
    await asyncio.to_thread(private.close_to_others, settings)
    db, rates = Database(settings.database), Rates(settings.redis_url, settings.trusted_file)
    try:
        async with store as opened_store:
            await asyncio.to_thread(_upgrade, db)
            bell = Bell(live.changed)
            notifiers = vars(_notifiers(settings))
            ctx = Context(settings, db, opened_store, bell, SystemClock(), scanner=_scanner(settings), **notifiers)
            ctx = replace(ctx, limiter=rates)
            if settings.oidc_issuer:
                ctx = replace(ctx, provider=_provider(settings))
            if hooks:
                ctx = replace(ctx, hooks=HookCalls(hooks, asyncio.get_running_loop()))
            finisher = await asyncio.to_thread(Finishing, ctx, runs)
            ctx = replace(ctx, finisher=finisher)
            await asyncio.to_thread(started.note, ctx)
            tidying = [asyncio.create_task(every(PRUNE_SECONDS, *work)) for work in _tidying(ctx)] if runs else []
            try:
                async with delivering(ctx, bell) if runs else contextlib.nullcontext():
                    yield ctx
            finally:
                for task in tidying:
                    task.cancel()
                await asyncio.to_thread(finisher.close)
    finally:
        rates.close()
        db.close()


def _tidying(ctx: Context) -> list[tuple[Any, ...]]:
    """What is forgotten now and then."""
    return [
        (prune.prune, ctx),
        (read.prune, ctx),
        (retention.forget_ended, ctx),
        (stale.prune, ctx),
        (old_holds.prune, ctx),
        (visitors.prune, ctx),
        (eml.prune, mail_folder(ctx.settings), ctx.settings.keep_ended_days),
    ]


def _upgrade(db: Database) -> None:
    try:
        db.upgrade()
    except UnknownVersion as unknown:
        log.critical(str(unknown))
        raise
    except OperationalError as error:
        # An address may hold a password, which no driver is kept from writing.
        log.critical("the database cannot be used", cause=redacted(str(error.orig).strip().splitlines()[0]))
        raise


def _notifiers(settings: Settings) -> Notifiers:
    try:
        return open_notifiers(settings)
    except ValueError as wrong:
        log.critical(str(wrong))
        raise


def _provider(settings: Settings) -> IdentityProvider:
    # Only here, so that a site where nobody signs in does not load it.
    from smartupload.adapters.oidc import OidcProvider

    known = (settings.oidc_client_id, settings.oidc_client_secret, settings.oidc_audience)
    return OidcProvider(settings.oidc_issuer, *known, ca_file=settings.trusted_file)


def _scanner(settings: Settings) -> Scanner | None:
    if not settings.scans:
        return None
    taken = limits.max_file_size(settings)
    if taken != settings.max_file_size:
        log.info("larger files are refused, since clamd looks at none of them", above=size_text(taken or 0))
    return Clamd(settings.clamd_url)


async def every(seconds: float, work: Callable[..., object], *given: object) -> None:
    """Do this in a thread of its own, again and again; what goes wrong is written to the log."""
    # Of its own, so that one that waits for the store holds up no other, nor a page.
    place = CapacityLimiter(1)
    while True:
        try:
            await to_thread.run_sync(work, *given, abandon_on_cancel=True, limiter=place)
        except Exception:
            log.exception("work in the background failed; it is tried again", work=work.__name__)
        await asyncio.sleep(seconds)


async def _look_after(store: S3Store, settings: Settings, looked: asyncio.Event) -> None:
    """Look at the bucket until it is as it should be, ever more seldom; the first look is the one that the start waits for."""
    # Where the site has an address, pages of this machine are none of its own.
    origins = settings.origins[:1] if settings.public_url else settings.origins
    given = (origins, settings.second_net_days, settings.abandon_after_days)
    pause = LOOK_SECONDS[0]
    while True:
        with contextlib.suppress(StoreUnavailable):  # which the log has
            await to_thread.run_sync(store.look_at_bucket, *given, abandon_on_cancel=True)
            if not looked.is_set():
                store.takes_single_puts()  # which is found out from now on, so that it is known for the first file
                looked.set()
                pause = LOOK_SECONDS[1]
            if not store.troubles:
                return
        await asyncio.sleep(pause)
        pause = min(2 * pause, LOOK_SECONDS[2])


@contextlib.asynccontextmanager
async def own_store(settings: Settings) -> AsyncIterator[Store]:
    """The store of the settings; the embedded one is started, watched and stopped."""
    if mixed := settings.mixed:
        log.warning(mixed)
    if not settings.embedded_store:
        try:
            named = _named_store(settings)
        except WrongSetting as wrong:
            log.critical(str(wrong))
            raise
        with contextlib.closing(named) as store:
            looked = asyncio.Event()
            looking = asyncio.create_task(_look_after(store, settings, looked))
            try:
                # One that answers is ready for the first file; one that is away holds up nothing.
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(looked.wait(), LOOK_PATIENCE)
                yield store
            finally:
                looking.cancel()
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


@contextlib.asynccontextmanager
async def neighbours_store(settings: Settings) -> AsyncIterator[Store]:
    """The store of the settings; the embedded one is that of the app which runs over the same DATA_DIR. Raises StoreFailed."""
    with contextlib.closing(open_store(settings)) as store:
        yield store


def open_store(settings: Settings) -> S3Store:
    """The store of the settings, to be closed by the caller; the embedded one has to run already. Raises StoreFailed, WrongSetting."""
    if not settings.embedded_store:
        return _named_store(settings)
    identity = neighbour(settings)
    address = f"http://{LOOPBACK}:{identity.ports['s3.port']}"
    return _s3(settings, address, identity.access_key_id, identity.secret_access_key)


def neighbour(settings: Settings) -> Identity:
    """What the app over the same DATA_DIR knows its embedded store by. Raises StoreFailed when there is none."""
    file = settings.data_dir.resolve() / "store.json"
    identity = Identity.remembered(file)
    if "s3.port" not in identity.ports:
        raise StoreFailed(
            f"There is no store in {file.parent}: start `python -m smartupload run` over it first, or set SMARTUPLOAD_S3_ENDPOINT_URL."
        )
    return identity


def _named_store(settings: Settings) -> S3Store:
    """Raises WrongSetting where nobody gives credentials."""
    try:
        store = _s3(settings, settings.s3_endpoint_url, settings.s3_access_key_id, settings.s3_secret_access_key)
    except ProfileNotFound as missing:
        raise WrongSetting(
            f"AWS_PROFILE is for the store's credentials, and there is no such profile: {missing}."
        ) from None
    if not store.has_credentials:
        store.close()
        raise WrongSetting(_NO_CREDENTIALS)
    return store


def check_credentials(settings: Settings) -> None:
    """Before anything is built or started. Raises WrongSetting where a store is named, and nobody gives credentials for it."""
    if settings.s3_endpoint_url and not settings.s3_access_key_id:
        _named_store(settings).close()


_NO_CREDENTIALS = (
    "SMARTUPLOAD_S3_ACCESS_KEY_ID is missing, and there are no credentials elsewhere: not in the environment (AWS_ACCESS_KEY_ID), "
    "not in ~/.aws, and neither container nor machine has a role."
)


def _s3(settings: Settings, endpoint_url: str, access_key_id: str, secret_access_key: str) -> S3Store:
    return S3Store(
        endpoint_url=endpoint_url,
        public_endpoint_urls=settings.s3_public_endpoint_url,
        bucket=settings.s3_bucket,
        region=settings.s3_region,
        access_key_id=access_key_id,
        secret_access_key=secret_access_key,
        addressing=settings.s3_addressing,
        encryption=settings.encryption,
        single_put=None,
        origin=settings.origins[0],
        ca_file=settings.trusted_file,
    )
