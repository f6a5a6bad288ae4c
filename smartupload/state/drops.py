"""The visitor's drop links: which there are, a new one, and the end of one."""

import contextlib
import dataclasses
from collections.abc import Callable
from typing import Any

import reflex as rx

from smartupload.errors import NotFound, Problem
from smartupload.service.context import Context
from smartupload.service.drops import links, names
from smartupload.service.drops.links import Limits, NewDrop
from smartupload.words import Size, say

from .asking import Asking
from .bound import bound
from .bounds import FORM, ID, bounds
from .drop import limit_texts

_MB = 1_000_000


@dataclasses.dataclass(frozen=True)
class DropRow:
    """What the page shows of one; moments in ISO 8601."""

    id: str
    title: str
    url: str
    limits: str
    arrived: str
    ends: str
    is_open: bool


class DropsState(Asking, rx.State):
    """The panel at ``/account``."""

    rows: list[DropRow] = []
    #: whether this site has them
    exist: bool = False
    #: how many were made here: with each the form is a new one
    made: int = 0
    #: the field of the form that is wrong, empty for none
    wrong: str = ""

    @rx.event
    @bounds()
    async def open(self) -> None:
        """The page is opened: nothing of before is shown."""
        self.reset()
        self.exist = names.exist(bound().context)
        await self.load()

    @rx.event
    @bounds()
    async def load(self) -> None:
        """Look again."""
        await self._changes(_found)

    @rx.event
    @bounds(form=FORM)
    async def make(self, form: dict[str, Any]) -> None:
        """A new one, as the form says."""
        context = bound().context

        def work(owner: str) -> list[links.DropView]:
            if owner:
                links.make(context, owner, _read(form))
            return _found(owner)

        if await self._changes(work):
            self.made += 1

    @rx.event
    @bounds(drop_id=ID)
    async def close(self, drop_id: str) -> None:
        """It takes nothing new from now on."""
        await self._ends(links.close, drop_id)

    @rx.event
    @bounds(drop_id=ID)
    async def delete(self, drop_id: str) -> None:
        """The same, and it is forgotten."""
        await self._ends(links.remove, drop_id)

    async def _ends(self, verb: Callable[[Context, str, str], object], drop_id: str) -> None:
        context = bound().context

        def work(owner: str) -> list[links.DropView]:
            with contextlib.suppress(NotFound):  # it was deleted elsewhere
                if owner:
                    verb(context, owner, drop_id)
            return _found(owner)

        await self._changes(work)

    async def _changes(self, work: Callable[[str], list[links.DropView]]) -> bool:
        found = await self._does(work) if names.exist(bound().context) else None
        if found is None:
            return False
        self.rows, self.wrong = [_row(one) for one in found], ""
        return True

    def _failed(self, problem: Problem) -> None:
        super()._failed(problem)
        self.wrong = problem.field if isinstance(problem, links.WrongDrop) else ""


def _found(owner: str) -> list[links.DropView]:
    return links.all_of(bound().context, owner) if owner else []


def _row(one: links.DropView) -> DropRow:
    some = say("state-arrived", count=one.files, size=Size(one.bytes))
    arrived = some if one.files else say("state-arrived-none")
    return DropRow(
        one.id, one.title, one.url, ", ".join(limit_texts(one.limits)), arrived, one.until.isoformat(), one.is_open
    )


def _read(form: dict[str, Any]) -> NewDrop:
    """Raises InvalidRequest."""
    types = tuple(one for one in str(form.get("types", "")).lower().replace(",", " ").split() if one)
    size, total = (_number(form, name) for name in ("size", "bytes"))
    limits = Limits(
        _number(form, "files"), None if size is None else size * _MB, None if total is None else total * _MB, types
    )
    days = _number(form, "days") or 0
    return NewDrop(str(form.get("title", "")), str(form.get("asker", "")), days, limits)


def _number(form: dict[str, Any], name: str) -> int | None:
    text = str(form.get(name, "")).strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise links.WrongDrop(name, links.NO_LIMIT)
    return int(text)
