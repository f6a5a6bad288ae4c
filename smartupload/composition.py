"""SmartUpload: settings, store, database, API and what goes on by itself, put together as one object that an app mounts."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Scope

from smartupload import private
from smartupload.adapters.live import LiveHub
from smartupload.api import drops
from smartupload.api.addresses import Beside
from smartupload.api.app import layers, make_api
from smartupload.api.cookie import OwnerCookie, Signing
from smartupload.api.errors import note_at_the_door
from smartupload.api.gate import Gate
from smartupload.api.identity import Identify, Identity
from smartupload.api.languages import Languages
from smartupload.api.limits.address import sender_of
from smartupload.api.limits.connections import Connections
from smartupload.api.login import Login, is_page
from smartupload.api.origins import OwnSockets
from smartupload.api.shared_files import SharedFiles
from smartupload.api.tokens import Tokens
from smartupload.errors import Problem, StoreUnavailable
from smartupload.hooks import Hook, checked
from smartupload.runtime import SWEEP_SECONDS, every, opened, own_store
from smartupload.service import owner
from smartupload.service.access import sessions, tokens
from smartupload.service.context import Context
from smartupload.service.drops import links
from smartupload.service.housekeeping import expire, reconcile, remove
from smartupload.service.links import groups
from smartupload.service.notify import reminders
from smartupload.service.uploads import change_poller, library
from smartupload.settings import Settings, WrongSetting, load
from smartupload.signals import at_the_signal
from smartupload.words import Sentence

if TYPE_CHECKING:
    import reflex as rx
    import reflex_smartupload as su

RECONCILE_SECONDS = 5
REMIND_SECONDS = 300
FORGET_SECONDS = 3600
POLL_SECONDS = 0.5

Transformer = Starlette | Callable[[ASGIApp], ASGIApp]
"""What Reflex wraps around an app's backend."""

_NO_SIGN_IN = (
    "sign_in is where people sign in with identify=…: a path such as /login, or an address with http:// or https://."
)
_TWO_LOGINS = "SMARTUPLOAD_OIDC_ISSUER signs people in, but this app says itself who somebody is (identify=…): leave one of them out."


class SmartUpload:
    """Everything that an app needs to take uploads. Several in one process share nothing."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        identify: Identify | None = None,
        sign_in: str = "",
        hooks: Iterable[Hook] = (),
    ) -> None:
        """`settings`: those of the environment (SMARTUPLOAD_…), unless given. Raises WrongSetting.

        `identify`: from a request, or the handshake of a websocket, to the owner's id, None for nobody; a cookie of our own
        unless given. `sign_in`: the address of the page where people sign in with that function; it is given `to`, where to come
        back to. Raises ValueError for one that is none. `hooks`: objects with methods of `smartupload.hooks`. Raises TypeError for
        one that is never called.
        """
        self._hooks = checked(hooks)
        self._runs = False
        #: whose pages may open websockets; None for all, while an app is developed
        self._origins: set[str] | None = None
        #: where other apps share files with the pages, once they are installed
        self._share_target = ""
        self._context: Context | None = None
        self._live = LiveHub()
        #: streams of the API and websockets of the pages that are open, by owner and by address
        self._connected: Counter[str] = Counter()
        given = load() if settings is None else settings
        if identify is not None and given.oidc_issuer:
            raise WrongSetting(_TWO_LOGINS)
        if sign_in and not (identify and is_page(sign_in)):
            raise ValueError(_NO_SIGN_IN)
        login = Login(lambda: self.context, lambda: self._secure) if given.oidc_issuer else None
        programs = Tokens(lambda: self.context)
        self._identity = Identity(
            identify,
            login=login,
            anonymous=given.access == "open",
            tokens=programs,
            sign_in=sign_in,
            senders=given.access == "invite",
        )
        self._routes = make_api(lambda: self.context, identity=self._identity)
        self._at(given)

    def _at(self, settings: Settings) -> None:
        """What follows from the address of the site."""
        self.settings = settings
        # Who says itself who somebody is knows nobody by a cookie of ours.
        self._signing = (
            Signing(lambda: private.owner_key(settings), self._knows) if self._identity.reads_cookie else None
        )
        self._secure = settings.site_url.startswith("https://")
        #: the ASGI app of all HTTP routes: for the root of a site, since browsers ask for /api and /f
        self.api: ASGIApp = self._gated(self._routes)
        for layer in layers(settings.origins, self._secure, self._signing, self._mints, [self._limited], self._refused):
            self.api = layer(self.api)

    def _gated(self, app: ASGIApp) -> ASGIApp:
        return app if self.settings.access == "open" else Gate(app, self._identity)

    def _mints(self, scope: Scope) -> bool:
        return self._identity.by_cookie or (self._identity.senders and drops.begins(scope))

    @property
    def context(self) -> Context:
        """What every verb of `smartupload.service` is given first. Raises StoreUnavailable outside of the lifespan."""
        if self._context is None:
            raise StoreUnavailable(Sentence("problem-store_unavailable-not-started"))
        return self._context

    def read(self, upload_id: str, start: int = 0) -> Iterator[bytes]:
        """The bytes of a file that is ready, whoever's it is, in pieces of 1 MiB at most, from `start`. For another thread than the loop's.

        Raises errors.UploadNotFound, also for one that was deleted; errors.NotReady, whose sentence says whether there will be
        a file; ValueError for a negative start; StoreUnavailable where neither the lifespan nor `work()` is under way.
        """
        return library.read(self.context, upload_id, start)

    @contextlib.asynccontextmanager
    async def lifespan(self, app: object = None) -> AsyncGenerator[None]:
        """Store, database, workers and sweeps, for as long as the block lasts; `app` is what frameworks hand to a lifespan."""
        if self._runs:
            raise RuntimeError("This SmartUpload runs already. Each app and each event loop needs one of its own.")
        self._runs = True
        try:
            async with self._running():
                yield
        finally:
            self._runs = False

    @contextlib.asynccontextmanager
    async def _running(self) -> AsyncGenerator[None]:
        settings, live, key = self.settings, LiveHub(), b""
        if self._signing is not None:
            # One that cannot be read stops the start, and no request.
            key = await asyncio.to_thread(private.owner_key, settings)
        async with opened(settings, live, own_store(settings), settings.finishing == "web", self._hooks) as runtime:
            ctx = replace(runtime, streams=live, adopting=self._identity.by_cookie)
            if self._identity.senders:
                ctx = replace(ctx, drop_key=key)
            self._context, self._live = ctx, live
            stop = threading.Event()
            tasks = [
                asyncio.create_task(every(SWEEP_SECONDS, remove.sweep, ctx)),
                asyncio.create_task(every(SWEEP_SECONDS, expire.expire, ctx)),
                asyncio.create_task(every(POLL_SECONDS, change_poller.ChangePoller(ctx, live).poll)),
                asyncio.create_task(every(REMIND_SECONDS, reminders.remind, ctx)),
                asyncio.create_task(every(FORGET_SECONDS, sessions.forget_old, ctx)),
                asyncio.create_task(every(FORGET_SECONDS, tokens.forget_old, ctx)),
                asyncio.create_task(every(FORGET_SECONDS, links.forget_old, ctx)),
                asyncio.create_task(every(FORGET_SECONDS, groups.forget_old, ctx)),
                asyncio.create_task(every(RECONCILE_SECONDS, reconcile.reconcile, ctx, reconcile.LOOKS, stop)),
            ]
            try:
                with at_the_signal(live.close):
                    yield
            finally:
                live.close()
                stop.set()  # a thread cannot be cancelled
                for task in tasks:
                    task.cancel()
                self._context = None

    def mount(self, app: rx.App) -> Sequence[Transformer]:
        """Into a Reflex app: the API beside its pages, the lifespan, and the states of `smartupload.state`.

        What the app wraps around itself with `api_transformer` stays outside, so that its routes and its login come
        first; the answer is what it is now.
        """
        # Only here, so that an app without Reflex does not load it.
        import reflex as rx

        if not isinstance(app, rx.App):
            raise TypeError(
                "mount() is for a Reflex app. In FastAPI or Starlette write `lifespan=uploads.lifespan` "
                'and, after your own routes, `app.mount("/", uploads.api)`.'
            )
        from reflex.utils.exec import is_prod_mode
        from reflex_smartupload import installing

        from smartupload import state

        self._share_target = installing.share_target()
        # In development pages and app have two ports, and names that nobody has told anybody.
        if is_prod_mode():
            config = rx.config.get_config()
            named = [config.deploy_url or "", *(origin for origin in config.cors_allowed_origins if origin != "*")]
            self._origins = {*self.settings.origins, *(origin.rstrip("/") for origin in named)}
        # `reflex run` takes another port when one is in use; where no setting says otherwise the pages are there.
        if port := rx.config.get_config().frontend_port:
            self._at(self.settings.at_port(port))

        @contextlib.asynccontextmanager
        async def uploads() -> AsyncGenerator[None]:
            async with (
                self.lifespan(),
                state.bound_to(
                    app,
                    state.Bound(self.context, self._identity.owner, self._address, self._identity.sender),
                    self._live,
                ),
            ):
                yield

        app.register_lifespan_task(uploads)
        if self.settings.access != "open":
            app.add_middleware(state.EventGate())
        there = app.api_transformer
        around = [] if there is None else there if isinstance(there, Sequence) else [there]
        transformers: list[Transformer] = [self._beside, *around]
        app.api_transformer = transformers
        return transformers

    def _knows(self, whose: str) -> bool | None:
        return None if self._context is None else owner.has_something(self._context, whose)

    def _beside(self, pages: ASGIApp) -> ASGIApp:
        beside: ASGIApp = Beside(self.api, self._limited(self._gated(pages)), self._identity.senders)
        if self._origins is not None:
            beside = OwnSockets(beside, self._origins, self._refused)
        # Also what only shows a page or opens a websocket is somebody's.
        if self._signing is not None:
            beside = OwnerCookie(beside, self._secure, self._signing, self._mints)
        return Languages(SharedFiles(beside, self._share_target))

    def _address(self, connection: HTTPConnection) -> str:
        return sender_of(connection, self.settings.trusted_proxies)

    async def _refused(self, scope: Scope, problem: Problem) -> None:
        await note_at_the_door(self._routes, scope, problem)

    def _limited(self, app: ASGIApp) -> ASGIApp:
        return Connections(app, lambda: self.context, self._identity, self._connected)

    def add_share_page(
        self,
        app: rx.App,
        around: Callable[[rx.Component], rx.Component] | None = None,
        title: str | rx.Var[str] | None = None,
        look: su.Look | None = None,
    ) -> None:
        """The pages behind a share link and the link of a group as pages of this Reflex app; without it links show plain pages.

        `around` puts its content into what your pages have in common; `look` says how it looks, as of the ready-made components.
        """
        import reflex as rx
        import reflex_smartupload as su
        from reflex.utils.prerequisites import get_web_dir

        from smartupload.pages import group, shared

        shared.add(app, around or rx.el.main, su.say("share-title") if title is None else title, look or su.Look())
        group.add(app, around or rx.el.main, look or su.Look())
        self._routes.state.web_root = get_web_dir() / "build" / "client"

    def _use_share_policy(self, policy: Callable[[], str]) -> None:
        """The Content-Security-Policy of the page behind a share link, where it is a page of the app; unless given only that nobody may frame it."""
        self._routes.state.page_policy = policy

    def work(self) -> int:
        """Finish uploads and tell who waits, in a process without pages, until SIGTERM or SIGINT; returns the exit code."""
        from smartupload.worker import work

        return work(self.settings, self._hooks, self._open)

    def _open(self, ctx: Context | None) -> None:
        self._context = ctx
