"""Who is behind what is done now: whoever sent the request, or else the server itself."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from contextvars import ContextVar
from dataclasses import dataclass, replace

OWNER, TOKEN, VISITOR, NOBODY, ADMIN, SERVER = "owner", "token", "visitor", "nobody", "admin", "server"
"""What they are to the upload: its owner, a program with the owner's token, another owner, somebody without an id, an admin, the server."""

_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Doer:
    """`who`: an owner's id, empty for nobody and for the server. `address`: the network address of the request."""

    who: str = ""
    address: str = ""
    is_server: bool = False
    is_admin: bool = False
    has_token: bool = False

    def by(self, owner: str) -> str:
        """What they are to an upload of this owner."""
        if self.is_server:
            return SERVER
        if self.is_admin:
            return ADMIN
        if not self.who:
            return NOBODY
        if self.who != owner:
            return VISITOR
        return TOKEN if self.has_token else OWNER


THE_SERVER = Doer(is_server=True)
_doer: ContextVar[Doer] = ContextVar("doer", default=THE_SERVER)


def current() -> Doer:
    """Whoever it is; the server where no request is."""
    return _doer.get()


def came_from(address: str) -> None:
    """What follows in this context is for a request from there, of somebody who is not known yet."""
    _doer.set(Doer(address=address[:_LONGEST]))


def turned_out(who: str, has_token: bool = False) -> None:
    """It is this owner who asks, by a program that has a token of theirs or not, or nobody (empty)."""
    _doer.set(replace(_doer.get(), who=who[:_LONGEST], is_server=False, has_token=has_token))


def turned_out_admin() -> None:
    """It is an admin who asks."""
    _doer.set(replace(_doer.get(), is_admin=True, is_server=False))


@contextlib.contextmanager
def acting(doer: Doer) -> Generator[None]:
    """What is done in this block is theirs."""
    token = _doer.set(doer)
    try:
        yield
    finally:
        _doer.reset(token)
