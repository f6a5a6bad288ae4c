"""The visitor's drop links: which there are, a new one, and the end of one."""

import contextlib
import dataclasses
from collections.abc import Callable
from typing import Any

import reflex as rx

from smartupload.errors import InvalidRequest, NotFound, Problem
from smartupload.service.drops import links, names
from smartupload.service.drops.links import Limits, NewDrop
from smartupload.service.files.sizes import size_text

from .bound import bound, in_thread, owner_of
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


class DropsState(rx.State):
    """The panel at ``/account``."""

    rows: list[DropRow] = []
    #: whether this site has them
    exist: bool = False
    error: str = ""
    #: the one of which it is asked whether it is to be deleted
    asked: str = ""

    @rx.event
    @bounds()
    async def open(self) -> None:
        """The page is opened: nothing of before is shown."""
        self.reset()
        await self._does(lambda _owner: None)

    @rx.event
    @bounds(form=FORM)
    async def make(self, form: dict[str, Any]) -> None:
        """A new one, as the form says."""
        context = bound().context

        def work(owner: str) -> None:
            links.make(context, owner, _read(form))

        await self._does(work)

    @rx.event
    @bounds(drop_id=ID)
    async def close(self, drop_id: str) -> None:
        """It takes nothing new from now on."""
        context = bound().context
        await self._does(lambda owner: links.close(context, owner, drop_id))

    @rx.event
    @bounds(drop_id=ID)
    def ask(self, drop_id: str) -> None:
        """Whether it is to be deleted; empty for none after all."""
        self.asked = drop_id

    @rx.event
    @bounds(drop_id=ID)
    async def delete(self, drop_id: str) -> None:
        """The same, and it is forgotten."""
        context = bound().context
        await self._does(lambda owner: links.remove(context, owner, drop_id))

    async def _does(self, work: Callable[[str], object]) -> None:
        context = bound().context

        def done(owner: str) -> list[links.DropView]:
            if not owner:
                return []
            with contextlib.suppress(NotFound):  # it was deleted elsewhere
                work(owner)
            return links.all_of(context, owner)

        self.error = self.asked = ""
        self.exist = names.exist(context)
        if not self.exist:
            return
        try:
            found = await in_thread(done, await owner_of(self))
        except Problem as problem:
            self.error = problem.detail
            return
        self.rows = [_row(one) for one in found]


def _row(one: links.DropView) -> DropRow:
    files = "1 file" if one.files == 1 else f"{one.files} files"
    arrived = f"{files}, {size_text(one.bytes)}" if one.files else "Nothing has come yet"
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
        raise InvalidRequest("A limit is a number from 1, or empty for none.")
    return int(text)
