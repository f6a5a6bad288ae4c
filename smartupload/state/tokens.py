"""Tokens of the visitor's programs: which there are, a new one, which is shown once, and the end of one."""

import contextlib
import dataclasses
from typing import Any

import reflex as rx

from smartupload.errors import NotFound
from smartupload.service.access import tokens
from smartupload.words import say

from .asking import Asking
from .bound import bound
from .bounds import FORM, ID, bounds


@dataclasses.dataclass(frozen=True)
class TokenRow:
    """What the page shows of one; moments in ISO 8601."""

    id: str
    name: str
    scopes: str
    ends: str
    used: str
    is_over: bool


#: the token that was made, and all there are
_Found = tuple[str, list[tokens.TokenView]]

#: scopes of a token -> key of what it is good for
_GOOD_FOR = {("upload",): "upload", ("read",): "read", ("upload", "read"): "both"}


class TokensState(Asking, rx.State):
    """The page at ``/account``."""

    rows: list[TokenRow] = []
    loaded: bool = False
    #: the one that was made just now, until it is put away
    made: str = ""

    @rx.event
    @bounds()
    async def open(self) -> None:
        """The page is opened: nothing of before is shown."""
        self.reset()
        await self.load()

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Look again; the one that was made stays."""
        self._shows(await self._does(_found))

    @rx.event
    @bounds(form=FORM)
    async def make(self, form: dict[str, Any]) -> None:
        """A new one, as the form says."""
        scopes = [one for one in tokens.SCOPES if form.get(one)]
        days = str(form.get("days", ""))
        context = bound().context

        def work(owner: str) -> _Found:
            name, most = str(form.get("name", "")), int(days) if days.isdecimal() else 0
            made = tokens.make(context, owner, name, scopes, most)[1] if owner else ""
            return made, _found(owner)[1]

        self._shows(await self._does(work))

    @rx.event
    @bounds()
    def put_away(self) -> None:
        """It was copied."""
        self.made = ""

    @rx.event
    @bounds(token_id=ID)
    async def revoke(self, token_id: str) -> None:
        """It opens nothing from now on."""
        context = bound().context

        def work(owner: str) -> _Found:
            with contextlib.suppress(NotFound):  # it was revoked elsewhere
                if owner:
                    tokens.revoke(context, owner, token_id)
            return _found(owner)

        self._shows(await self._does(work))

    def _shows(self, found: _Found | None) -> None:
        if found is None:
            return
        self.made = found[0] or self.made
        self.rows = [_row(one) for one in found[1]]
        self.loaded = True


def _found(owner: str) -> _Found:
    return "", tokens.all_of(bound().context, owner) if owner else []


def _row(one: tokens.TokenView) -> TokenRow:
    used = one.used_at.isoformat() if one.used_at else ""
    scopes = say(f"state-token-{_GOOD_FOR[one.scopes]}") if one.scopes in _GOOD_FOR else ""
    return TokenRow(one.id, one.name, scopes, one.expires_at.isoformat(), used, one.is_over)
