"""Which service the states call: that of the Reflex app whose event they handle, so that several apps in one process do not meet."""

import contextlib
import dataclasses
from collections.abc import Awaitable, Callable, Generator
from typing import Any, Protocol, TypeVar

import reflex as rx
from anyio import CapacityLimiter, to_thread
from reflex_base.registry import RegistrationContext
from starlette.requests import HTTPConnection

from smartupload.service.audit import doer
from smartupload.service.context import Context

from .connection import handshake
from .tabs import Tab, Tabs, is_connected

#: Threads of handlers that ask the store, or the mail server: one that hangs keeps none of those that only ask the database.
ASKING_AT_ONCE, MAILING_AT_ONCE = 32, 8

_Answer = TypeVar("_Answer")

#: the attribute of a Reflex app that holds it
_NAME = "_smartupload"


class Changes(Protocol):
    """Where the owners come from whose uploads have changed."""

    async def next(self) -> str:
        """Wait for the next owner."""
        ...


@dataclasses.dataclass(frozen=True)
class Bound:
    """What the states of one app call: `context` goes to every service function, `owner` says who is behind a connection, `address` where they are, `sender` who sends by a drop link, where there are any."""

    context: Context
    owner: Callable[[HTTPConnection], Awaitable[str]]
    address: Callable[[HTTPConnection], str]
    sender: Callable[[HTTPConnection], Awaitable[str]] | None = None
    asking: CapacityLimiter = dataclasses.field(default_factory=lambda: CapacityLimiter(ASKING_AT_ONCE), init=False)
    mailing: CapacityLimiter = dataclasses.field(default_factory=lambda: CapacityLimiter(MAILING_AT_ONCE), init=False)
    tabs: Tabs = dataclasses.field(default_factory=Tabs, init=False)


@contextlib.contextmanager
def binding(app: rx.App, given: Bound) -> Generator[None]:
    """The states of this app call that, as long as the block lasts."""
    holder: Any = app
    setattr(holder, _NAME, given)
    try:
        yield
    finally:
        delattr(holder, _NAME)


def bound() -> Bound:
    """What the app at hand was given; a RuntimeError for one that was given nothing."""
    found = getattr(RegistrationContext.get().app, _NAME, None)
    if found is None:
        raise RuntimeError(
            "Nothing is mounted in this Reflex app: call `SmartUpload().mount(app)` where the app is made."
        )
    return found


async def in_thread(work: Callable[..., _Answer], *given: Any) -> _Answer:
    """Do in a thread what asks the database and nobody else."""
    return await to_thread.run_sync(work, *given, abandon_on_cancel=True)


async def asking_store(work: Callable[..., _Answer], *given: Any) -> _Answer:
    """Do in a thread what may ask the store."""
    return await to_thread.run_sync(work, *given, abandon_on_cancel=True, limiter=bound().asking)


async def sending_mail(work: Callable[..., _Answer], *given: Any) -> _Answer:
    """Do in a thread what may send a mail."""
    return await to_thread.run_sync(work, *given, abandon_on_cancel=True, limiter=bound().mailing)


def shows(state: rx.State, owner: str, file: str = "", seen: str = "") -> None:
    """The page of this state's tab shows this from now on, and is told when it changes. The state has a `revision`."""
    app = RegistrationContext.get().app
    tab = Tab(state.router.session.client_token, type(state), owner, file, seen)
    bound().tabs.show(tab, lambda ident: is_connected(app, ident))


async def owner_of(state: rx.State) -> str:
    """The visitor behind a state, empty for nobody. Raises IdentityUnavailable.

    Asked anew at each event, of the handshake of the tab's websocket: whoever logs out is nobody from then on.
    """
    return await _who(state, bound().owner)


async def sender_of(state: rx.State) -> str:
    """The same for the page of a drop link, to which whoever holds the browser's cookie is somebody."""
    return await _who(state, bound().sender or bound().owner)


async def _who(state: rx.State, ask: Callable[[HTTPConnection], Awaitable[str]]) -> str:
    scope = handshake(state)
    if scope is None:
        return ""
    connection = HTTPConnection(scope)
    owner = await ask(connection)
    # What the handler at hand does is theirs.
    doer.came_from(bound().address(connection))
    doer.turned_out(owner)
    return owner
