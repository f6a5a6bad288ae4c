"""Tokens of the visitor's programs: which there are, a new one, which is shown once, and the end of one."""

import contextlib
import dataclasses
from collections.abc import Callable
from typing import Any

import reflex as rx

from smartupload.errors import NotFound, Problem
from smartupload.service.access import tokens

from .bound import bound, in_thread, owner_of
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


_GOOD_FOR = {("upload",): "Upload", ("read",): "Read", ("upload", "read"): "Upload and read"}


class TokensState(rx.State):
    """The page at ``/account``."""

    rows: list[TokenRow] = []
    loaded: bool = False
    #: the one that was made just now, until it is put away
    made: str = ""
    error: str = ""
    #: the one of which it is asked whether it is to be revoked
    asked: str = ""

    @rx.event
    @bounds()
    async def open(self) -> None:
        """The page is opened: nothing of before is shown."""
        self.reset()
        await self._does(lambda _owner: "")

    @rx.event
    @bounds(form=FORM)
    async def make(self, form: dict[str, Any]) -> None:
        """A new one, as the form says."""
        scopes = [one for one in tokens.SCOPES if form.get(one)]
        days = str(form.get("days", ""))
        context = bound().context

        def work(owner: str) -> str:
            name = str(form.get("name", ""))
            return tokens.make(context, owner, name, scopes, int(days) if days.isdecimal() else 0)[1]

        await self._does(work)

    @rx.event
    @bounds()
    def put_away(self) -> None:
        """It was copied."""
        self.made = ""

    @rx.event
    @bounds(token_id=ID)
    def ask(self, token_id: str) -> None:
        """Whether it is to be revoked; empty for none after all."""
        self.asked = token_id

    @rx.event
    @bounds(token_id=ID)
    async def revoke(self, token_id: str) -> None:
        """It opens nothing from now on."""
        context = bound().context

        def work(owner: str) -> str:
            with contextlib.suppress(NotFound):  # it was revoked elsewhere
                tokens.revoke(context, owner, token_id)
            return ""

        await self._does(work)

    async def _does(self, work: Callable[[str], str]) -> None:
        context = bound().context

        def done(owner: str) -> tuple[str, list[tokens.TokenView]]:
            return (work(owner), tokens.all_of(context, owner)) if owner else ("", [])

        self.error = self.asked = ""
        try:
            made, found = await in_thread(done, await owner_of(self))
        except Problem as problem:
            self.error = problem.detail
            return
        self.made = made or self.made
        self.rows = [_row(one) for one in found]
        self.loaded = True


def _row(one: tokens.TokenView) -> TokenRow:
    used = one.used_at.isoformat() if one.used_at else ""
    return TokenRow(one.id, one.name, _GOOD_FOR.get(one.scopes, ""), one.expires_at.isoformat(), used, one.is_over)
