"""Which service the states call: handed in at the start, so that tests can hand in their own."""

import asyncio
import dataclasses
from typing import Protocol

import reflex as rx

from smartupload.service.context import Context
from smartupload.service.owner import owner_from_cookies


class Changes(Protocol):
    """Where the owners come from whose uploads have changed."""

    async def next(self) -> str:
        """Wait for the next owner."""
        ...


@dataclasses.dataclass(frozen=True)
class Bound:
    """What `bind` was given."""

    context: Context
    changes: Changes


_bound: Bound | None = None
_there = asyncio.Event()


def bind(context: Context, changes: Changes) -> None:
    """Hand the states what they call.

    Args:
        context: goes to every service function.
        changes: names the owners whose uploads have changed.
    """
    global _bound
    _bound = Bound(context, changes)
    _there.set()


def bound() -> Bound:
    """What `bind` was given; a RuntimeError before that."""
    if _bound is None:
        raise RuntimeError("smartupload.state.bind() has not been called")
    return _bound


async def bound_later() -> Bound:
    """`bound` for tasks that start beside the service: waits for it."""
    await _there.wait()
    return bound()


def owner_of(state: rx.State) -> str:
    """The visitor behind a state, empty before the browser has its cookie.

    The cookie is the one of the websocket's handshake.
    """
    return owner_from_cookies(state.router.headers.cookie or "")
